# SPDX-License-Identifier: Apache-2.0
"""Links: which ones name a target by digest, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.ids import digest_multibase, ni_uri
from filiera.model.links import (
    LinkType,
    RecordLink,
    document_link,
    link_payload,
    links_of,
    predecessor_of,
    record_link,
)
from filiera.model.records import parse_record
from tests.model import samples

ONE, OTHER = b"\x01" * 32, b"\x02" * 32


def linking(*links: Payload) -> Payload:
    payload = samples.product_statement()
    payload["credentialSubject"]["relatedDocument"] = list(links)
    return payload


@given(st.binary(min_size=32, max_size=32), st.sampled_from(LinkType))
def test_a_link_says_what_it_was_made_from(digest: bytes, kind: LinkType) -> None:
    link = record_link(digest, kind, "A step")
    assert links_of(linking(link_payload(link))) == (link,)


def test_a_link_names_its_target_twice() -> None:
    written = link_payload(document_link(ONE, "Report", "application/pdf"))
    assert written == {
        "linkURL": ni_uri(ONE),
        "linkName": "Report",
        "digestMultibase": digest_multibase(ONE),
        "mediaType": "application/pdf",
        "linkType": "document",
    }


@pytest.mark.parametrize("multibase", [digest_multibase(OTHER), None, "", "uEiA", "zQmWrong"])
def test_two_names_that_differ_are_refused(multibase: str | None) -> None:
    link = link_payload(record_link(ONE, LinkType.STEP, "A step")) | {"digestMultibase": multibase}
    payload = linking({name: value for name, value in link.items() if value is not None})
    for read in (links_of, parse_record):
        with pytest.raises(InputError) as refusal:
            read(payload)
        if multibase != "":
            assert refusal.value.code == "link-digest-mismatch"
        assert refusal.value.where is not None
        assert refusal.value.where.startswith("credentialSubject.relatedDocument[0]")


@pytest.mark.parametrize(
    "url",
    [
        "ni:///sha-256;AQEB",
        "ni:///sha-256;" + "A" * 42 + "B",
        "NI:///sha-256;" + "A" * 43,
        "ni://example.org/sha-256;" + "A" * 43,
        "ni:///sha-256;" + "A" * 43 + "?ct=text",
        "ni:///sha-512;" + "A" * 43,
    ],
)
def test_an_ni_name_has_one_spelling(url: str) -> None:
    payload = linking({"linkURL": url, "linkName": "x", "linkType": "step"})
    with pytest.raises(InputError) as refusal:
        links_of(payload)
    assert refusal.value.code in ("ni-malformed", "base64url-malformed")


@pytest.mark.parametrize("kind", [None, "steps", "STEP", "https://example.org/step"])
def test_a_link_of_ours_has_a_type_from_the_table(kind: str | None) -> None:
    link = link_payload(record_link(ONE, LinkType.STEP, "A step"))
    link = link | {"linkType": kind} if kind else {k: v for k, v in link.items() if k != "linkType"}
    with pytest.raises(InputError, match="linkType must be one of step, claim, input, document"):
        links_of(linking(link))


def test_an_external_reference_is_kept_and_not_returned() -> None:
    link = {"linkURL": "https://example.org/x.pdf", "linkName": "x", "linkType": "anything"}
    payload = linking(link)
    assert links_of(payload) == ()
    parse_record(payload)


def test_a_file_elsewhere_whose_sha_256_is_given_is_a_document() -> None:
    link = {
        "linkURL": "https://example.org/x.pdf",
        "linkName": "x",
        "digestMultibase": digest_multibase(ONE),
        "linkType": "step",
    }
    assert links_of(linking(link)) == (RecordLink(LinkType.DOCUMENT, ONE, "x"),)


@pytest.mark.parametrize("multibase", ["zQmdfTbBqBPQ7VNx", "uAAAA", ""])
def test_a_file_elsewhere_with_a_digest_of_another_kind_is_an_external_reference(
    multibase: str,
) -> None:
    link = {"linkURL": "https://example.org/x", "linkName": "x", "digestMultibase": multibase}
    assert links_of(linking(link)) == ()


def test_a_target_linked_twice_is_one_link() -> None:
    link = link_payload(record_link(ONE, LinkType.STEP, "A step"))
    assert len(links_of(linking(link, link | {"linkName": "Again"}))) == 1


def test_links_are_found_wherever_the_subject_has_them() -> None:
    payload = samples.passport()
    link = link_payload(document_link(ONE, "Data sheet", "application/pdf"))
    payload["credentialSubject"]["materialProvenance"][0]["materialSafetyInformation"] = link
    payload["credentialSubject"]["ofNoSchema"] = [[{"deep": link | {"linkName": "Again"}}]]
    kinds = [(found.kind, found.digest) for found in links_of(payload)]
    assert kinds == [
        (LinkType.STEP, samples.RECORD),
        (LinkType.CLAIM, samples.FILE),
        (LinkType.DOCUMENT, ONE),
    ]


@pytest.mark.parametrize(
    ("record", "kind", "taken"),
    [
        ("passport", LinkType.STEP, True),
        ("passport", LinkType.CLAIM, True),
        ("passport", LinkType.INPUT, False),
        ("make", LinkType.INPUT, True),
        ("make", LinkType.STEP, False),
        ("make", LinkType.CLAIM, False),
        ("certificate", LinkType.STEP, False),
        ("certificate", LinkType.DOCUMENT, True),
        ("identity", LinkType.CLAIM, False),
    ],
)
def test_each_type_of_record_has_its_own_kinds_of_link(
    record: str, kind: LinkType, taken: bool
) -> None:
    payload = samples.BUILT[record]()
    subject: Any = payload["credentialSubject"]
    (subject[0] if isinstance(subject, list) else subject)["seeAlso"] = link_payload(
        record_link(ONE, kind, "A record")
    )
    if taken:
        parse_record(payload)
        return
    with pytest.raises(InputError, match=f"no links of type {kind}") as refusal:
        parse_record(payload)
    assert refusal.value.code == "record-schema"


def test_a_predecessor_must_be_named_by_its_digest() -> None:
    payload = samples.product_statement()
    assert predecessor_of(payload) == samples.RECORD
    payload["predecessor"]["linkURL"] = "https://example.org/old"
    for read in (predecessor_of, parse_record):
        with pytest.raises(InputError) as refusal:
            read(payload)
        assert (refusal.value.code, refusal.value.where) == ("ni-malformed", "predecessor")


def test_what_replaces_nothing_has_no_predecessor() -> None:
    assert predecessor_of(samples.make()) is None
