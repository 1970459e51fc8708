# SPDX-License-Identifier: Apache-2.0
"""What every answer of the site says of itself: no cookie, no foreign host, nothing inline."""

from __future__ import annotations

import gzip
import re

import pytest

from filiera.web.answers import POLICY, SAFE
from tests.support.server import Server
from tests.support.site import PAGE, parse, read

PAGES = ("/", PAGE, "/passport?id=09521010000039", "/nothing", "/passport")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_forbids_the_browser_everything_that_it_does_not_need(
    district: Server, address: str
) -> None:
    headers = district.client.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert {name: headers[name] for name in SAFE} == SAFE
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "set-cookie" not in headers
    assert "Accept-Language" in headers["vary"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_nothing_inline_and_loads_nothing_from_elsewhere(
    district: Server, address: str
) -> None:
    page = parse(district.client.get(address).text)
    for element in page.elements:
        assert "style" not in element.attributes
        assert element.name != "style"
        if element.name == "script":
            assert not element.text.strip()
        for name in ("src", "href", "action"):
            target = element.attributes.get(name) or "/"
            assert not re.match(r"[a-z]+:|//", target), target


def test_all_that_a_page_loads_is_there_and_kept_for_ever(district: Server) -> None:
    page = read(district)
    loaded = {
        each.attributes["href"] for each in page.of("link") if each.attributes["rel"] != "alternate"
    }
    loaded |= {(each.attributes["href"] or "").partition("#")[0] for each in page.of("use")}
    loaded |= {each.attributes["src"] for each in page.of("script")}
    assert len(loaded) == 4 + len(page.of("script"))  # there where the verifier is built
    for address in loaded:
        response = district.client.get(address or "")
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["x-content-type-options"] == "nosniff"
    assert district.client.get("/static/site.000000000000.css").status_code == 404


def test_every_icon_that_a_page_shows_is_in_the_sprite(district: Server) -> None:
    for address in ("/", PAGE, "/nothing"):
        for use in parse(district.client.get(address).text).of("use"):
            sprite, _, name = (use.attributes["href"] or "").partition("#")
            assert f'<symbol id="{name}"' in district.client.get(sprite).text


def test_an_unchanged_passport_is_304_and_a_changed_one_is_not(district: Server) -> None:
    first = district.client.get(PAGE)
    tag = first.headers["etag"]
    again = district.client.get(PAGE, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["etag"], again.headers["cache-control"]) == (
        tag,
        first.headers["cache-control"],
    )
    english = district.client.get(PAGE, headers={"If-None-Match": tag, "Accept-Language": "en"})
    assert english.status_code == 200
    district.ledger.mine()
    later = district.client.get(PAGE, headers={"If-None-Match": tag})
    assert later.status_code == 200


def test_a_strong_validator_names_the_bytes_that_are_sent(district: Server) -> None:
    plain = district.client.get(PAGE, headers={"Accept-Encoding": "identity"})
    zipped = district.client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert plain.headers["etag"] != zipped.headers["etag"]
    assert plain.text == zipped.text
    assert len(gzip.compress(plain.content)) < 60_000


def test_an_encoding_that_is_refused_is_not_used(district: Server) -> None:
    for header in ("gzip;q=0", "gzip; q=0.0", "br"):
        response = district.client.get(PAGE, headers={"Accept-Encoding": header})
        assert "content-encoding" not in response.headers


@pytest.mark.parametrize("address", ["/nothing", "/01/09520000000027", "/v1/nothing"])
def test_an_error_for_a_program_is_kept_by_nobody_and_given_to_no_browser(
    district: Server, address: str
) -> None:
    headers = district.client.get(address, headers={"Accept": "application/json"}).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    if not address.startswith("/v1"):
        assert "Accept" in headers["vary"].split(", ")
        page = district.client.get(address, headers={"Accept": "text/html"})
        assert "Accept" in page.headers["vary"].split(", ")


def test_errors_carry_no_validator_and_are_not_kept(district: Server) -> None:
    headers = district.client.get("/nothing").headers
    assert "etag" not in headers
    assert headers["cache-control"] == "no-store"
