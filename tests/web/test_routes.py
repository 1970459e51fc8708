# SPDX-License-Identifier: Apache-2.0
"""The addresses of the site, and what they lead to."""

from __future__ import annotations

from hashlib import sha256

import pytest

from filiera.model.ids import b64url, ni_uri
from tests.support.server import Server
from tests.support.site import PAGE, parse, read
from tests.support.world import GARMENT, REPORT


def test_the_home_page_says_what_this_is_and_lists_the_products(district: Server) -> None:
    page = read(district, "/")
    assert page.one("h1").text == "What is proven about your garment"
    assert page.one("form", class_="search").attributes["action"] == "/search"
    (label,) = page.of("a", class_="label")
    assert "Garment" in label.text


def test_a_server_without_products_says_so() -> None:
    assert "None yet." in read(Server(), "/").text


@pytest.mark.parametrize(
    "spelling", ["09520000000028/LOT-1", "(01)09520000000028(10)LOT-1", GARMENT, f" {GARMENT} "]
)
def test_a_passport_is_found_by_any_spelling_of_its_product(
    district: Server, spelling: str
) -> None:
    response = district.client.get("/passport", params={"id": spelling})
    assert response.status_code == 200
    assert parse(response.text).one("article").attributes["data-product"] == GARMENT


def test_a_search_leads_to_the_page_of_a_product_or_of_its_record(district: Server) -> None:
    own = ni_uri(district.world.id("own"))
    for typed in ("09520000000028/LOT-1", own, b64url(district.world.id("own"))):
        response = district.client.get(
            "/search", params={"q": typed, "lang": "en"}, follow_redirects=False
        )
        assert response.status_code == 303
        assert response.headers["location"].endswith("lang=en")
        assert "LOT-1" in response.headers["location"]


def test_a_search_leads_to_a_step_s_record_and_to_what_speaks_of_a_place(district: Server) -> None:
    step = b64url(district.world.id("spin"))
    for typed, address in (
        (step, f"/v1/records/{step}"),
        ("https://shop.example/414/9520000000004", "/414/9520000000004"),
        ("urn:epc:id:sscc:0614141.1234567890", "/00/106141412345678908"),
    ):
        response = district.client.get("/search", params={"q": typed}, follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (303, address)


def test_a_document_of_the_passport_opens_and_can_run_nothing(district: Server) -> None:
    (link,) = [
        each
        for each in read(district).of("a")
        if (each.attributes["href"] or "").startswith("/documents/")
    ]
    assert link.attributes["href"] == f"/documents/{b64url(sha256(REPORT).digest())}"
    response = district.client.get(link.attributes["href"] or "")
    assert response.content == REPORT
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert "script-src" not in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["content-disposition"].startswith("inline;")


def test_an_altered_document_is_not_handed_out_and_its_link_is_gone(district: Server) -> None:
    digest = sha256(REPORT).digest()
    stored = district.store.document(digest)
    assert stored is not None
    district.documents.blocks[stored.cid] = b"something else"
    page = read(district, f"/documents/{b64url(digest)}", status=502)
    assert page.one("h1").text.strip() == "Disproven"
    assert not [
        each
        for each in read(district).of("a")
        if (each.attributes["href"] or "").startswith("/documents/")
    ]


def test_the_page_has_the_six_sections_in_their_order(district: Server) -> None:
    names = [each.attributes["id"] for each in read(district).of("section")]
    assert names == ["summary", "criteria", "timeline", "since", "checks", "care"]
    for section in read(district).of("section"):
        title = section.attributes["aria-labelledby"]
        assert [each for each in read(district).elements if each.attributes.get("id") == title]


def test_head_is_answered_like_get(district: Server) -> None:
    for address in ("/", PAGE):
        assert district.client.head(address).status_code == 200
