# SPDX-License-Identifier: Apache-2.0
"""Every link within a page leads to an element of it, and one to another page to one there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from filiera.web import bounds
from tests.support.gallery import OTHERS, PASSPORTS, SITES
from tests.support.large import large
from tests.support.server import Server
from tests.support.site import AUDIT, PAGE, Document, parse, read
from tests.support.world import GARMENT

VIEWS = PASSPORTS | OTHERS


def within(page: Document) -> set[str]:
    """The places that the page's links name on itself."""
    links = (each.attributes.get("href") or "" for each in page.of("a"))
    return {link.removeprefix("#") for link in links if link.startswith("#")}


def ids(page: Document) -> set[str]:
    """The places that there are; each is there once."""
    found = [each.attributes["id"] for each in page.elements if each.attributes.get("id")]
    assert len(found) == len(set(found))
    return {each for each in found if each}


@pytest.fixture(scope="module")
def long() -> Iterator[Server]:
    server = large(bounds.ROWS + 60)
    yield server
    server.store.close()


@pytest.mark.parametrize("view", VIEWS)
def test_a_link_within_a_page_leads_to_an_element_of_it(view: str) -> None:
    with SITES[VIEWS[view].site]() as app:
        page = parse(TestClient(app).get(VIEWS[view].path).text)
    assert {"main"} <= within(page) <= ids(page)


def test_a_link_within_a_long_page_leads_to_an_element_of_it(long: Server) -> None:
    for address in (PAGE, AUDIT, f"{AUDIT}&sheet=3"):
        page = read(long, address)
        assert {"main"} < within(page) <= ids(page)


def test_what_a_long_page_leaves_out_is_led_to_in_the_auditor_s_view(long: Server) -> None:
    page = read(long)
    view = long.client.get(f"/v1/passports/{GARMENT}").json()
    cut = {str(number) for number in range(1, len(view["steps"]) + 1)}
    cut -= {each.removeprefix("step-") for each in ids(page)}
    led = [each for each in page.of("a") if each.text in cut]
    assert led, "the claim is about a step that has no row"
    for each in led:
        address, _, fragment = (each.attributes["href"] or "").partition("#")
        sheet = parse(long.client.get(address).text)
        told = " ".join(sheet.one("div", id=fragment).text.split())
        assert view["steps"][int(each.text) - 1]["record"] in told
