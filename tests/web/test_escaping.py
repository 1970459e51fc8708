# SPDX-License-Identifier: Apache-2.0
"""What issuers write is text, wherever it appears, and never more."""

from __future__ import annotations

import pytest

from tests.support.server import Server
from tests.support.site import AUDIT, EVIL, PAGE, HostileWorld, anchored, parse, read, visible

PAGES = ("/", PAGE, AUDIT)


@pytest.fixture(scope="module")
def hostile() -> Server:
    return anchored(HostileWorld())


@pytest.mark.parametrize("address", PAGES)
def test_a_script_in_every_field_is_shown_and_not_run(hostile: Server, address: str) -> None:
    page = read(hostile, address)
    for element in page.elements:
        assert element.name not in ("iframe", "object", "style")
        assert element.name != "img" or (element.attributes["src"] or "").startswith("/v1/")
        assert element.name != "script" or (element.attributes["src"] or "").startswith("/static/")
        assert not [name for name in element.attributes if name.startswith("on")]
    assert any(EVIL.split("`")[0] in " ".join(text.split()) for text in visible(page))


def test_no_text_of_a_record_is_read_as_a_template(hostile: Server) -> None:
    page = read(hostile)
    assert "{{7*7}}" in page.text
    assert "49" not in page.text.replace("{{7*7}}", "").split()


def test_what_was_typed_is_shown_as_it_is(district: Server) -> None:
    response = district.client.get("/passport", params={"id": EVIL, "lang": "en"})
    assert response.status_code == 400
    page = parse(response.text)
    assert page.one("input", id="q").attributes["value"] == EVIL
    assert not page.of("img")
    assert not page.of("script")


def test_no_link_leads_off_the_site_whatever_a_record_says(hostile: Server) -> None:
    for address in PAGES:
        for link in read(hostile, address).of("a"):
            target = link.attributes["href"] or ""
            assert target[:1] in ("/", "#", "?", ""), target
            assert not target.startswith("//")


def test_the_switch_of_languages_keeps_path_and_query_and_cannot_be_led_astray(
    district: Server,
) -> None:
    response = district.client.get("//evil.example/x", params={"q": '"><script>', "lang": "it"})
    links = [each.attributes["href"] for each in parse(response.text).of("a", hreflang="en")]
    assert links == ["?q=%22%3E%3Cscript%3E&lang=en"]
