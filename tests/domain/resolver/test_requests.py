# SPDX-License-Identifier: Apache-2.0
"""What is asked at a Digital Link is read as GS1 says (Digital Link URI, Resolver 1.0)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from filiera.domain.resolver.links import GS1_TERMS, OUR_TERMS
from filiera.domain.resolver.requests import LINKSET, SERVED_KEYS, read_request
from filiera.errors import InputError, NotFoundError
from filiera.model.gs1_link import parse_digital_link
from tests.standards import standard_json

VECTORS = "gs1/digital-link-uri-vectors.json"
GTIN = "/01/09521234000112"
# The syntax has no slash at the end; a resolver is to tolerate one.
SLASH_AT_THE_END = "https://a/stem/00/006141411234567890/"
# Without a scheme and host, or with wrong ones, it is never sent to this server.
UNSENT = ("", "http://", "HtTp://a/b/00/006141411234567890", "https://$a/006141411234567890")


def asked(uri: str):
    parts = urlsplit(uri)
    return read_request(parts.path, parts.query)


def test_every_valid_vector_is_read_or_its_key_is_named():
    valid = [v["uri"] for v in standard_json(VECTORS)["parse"] if v["valid"]]
    assert len(valid) == 29
    served = [uri for uri in valid if parse_digital_link(uri).key in SERVED_KEYS]
    assert len(served) == 21
    assert all(asked(uri).link == parse_digital_link(uri) for uri in served)
    for uri in set(valid) - set(served):
        with pytest.raises(NotFoundError) as refusal:
            asked(uri)
        assert refusal.value.code == "gs1-key-not-served"
        assert f"AI {parse_digital_link(uri).key})" in refusal.value.message


def test_every_invalid_vector_that_can_be_sent_is_refused():
    invalid = [v["uri"] for v in standard_json(VECTORS)["parse"] if not v["valid"]]
    sent = [uri for uri in invalid if uri not in (*UNSENT, SLASH_AT_THE_END)]
    assert len(sent) == 16
    for uri in sent:
        with pytest.raises(InputError) as refusal:
            asked(uri)
        assert refusal.value.code in ("gs1-malformed", "gs1-check-digit"), uri


def test_every_generated_vector_is_read_back_as_its_elements():
    generated = [v for v in standard_json(VECTORS)["generate"] if v["valid"]]
    for vector in generated:
        try:
            link = asked(vector["uri"]).link
        except NotFoundError:
            assert "/253/" in vector["uri"] or "/8010/" in vector["uri"]
            continue
        for ai, value in ((link.key, link.value), *link.qualifiers):
            assert f"({ai}){value}" in vector["elementString"]


def test_a_slash_at_the_end_changes_nothing():
    assert read_request(f"{GTIN}/10/A/", "") == read_request(f"{GTIN}/10/A", "")


@pytest.mark.parametrize("path", [f"{GTIN}//", f"{GTIN}/foo", f"{GTIN}/10/", "/01/", "/", ""])
def test_a_path_that_only_resembles_one_is_refused(path):
    with pytest.raises(InputError):
        read_request(path, "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gs1:dpp", GS1_TERMS + "dpp"),
        ("gs1%3Adpp", GS1_TERMS + "dpp"),
        ("https://ref.gs1.org/voc/dpp", GS1_TERMS + "dpp"),
        ("https%3A%2F%2Fgs1.org%2Fvoc%2Fdpp", GS1_TERMS + "dpp"),
        ("http://gs1.org/voc/dpp", GS1_TERMS + "dpp"),
        ("filiera:bundle", OUR_TERMS + "bundle"),
        ("linkset", LINKSET),
        ("all", LINKSET),
        ("nonsense", "nonsense"),
    ],
)
def test_a_type_of_link_has_one_meaning_however_it_is_shortened(written, meant):
    assert read_request(GTIN, f"linkType={written}").link_type == meant


def test_no_type_of_link_is_asked_for_by_an_empty_or_foreign_word():
    assert read_request(GTIN, "").link_type is None
    assert read_request(GTIN, "linkType=&linktype=gs1:dpp").link_type is None


def test_the_query_is_passed_on_as_it_was_sent_but_for_the_type_of_link():
    query = "17=261231&linkType=gs1:dpp&utm=a%20b&flag"
    assert read_request(GTIN, query).query == "17=261231&utm=a%20b&flag"
