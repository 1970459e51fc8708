# SPDX-License-Identifier: Apache-2.0
"""The ways to the page that a demonstration prints: here, and for a phone beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO

import httpx
import pytest
from rich.console import Console

from filiera.demo.ways import open_to_network, public_address, ways_to
from filiera.errors import SetupError
from filiera.settings import Settings
from tests.support.server import Server
from tests.support.world import GARMENT

PATH = "/01/09520000000028/10/LOT-1"
WEB = "http://127.0.0.1:8952"
PHONE = "http://192.168.1.20:8952"


@pytest.fixture
def district() -> Iterator[Server]:
    server = Server()
    server.submit_all()
    server.anchor()
    yield server
    server.store.close()


def shown(ways) -> str:
    out = StringIO()
    ways.show(Console(file=out, width=80))
    return out.getvalue()


def test_without_public_the_page_is_on_this_machine_alone():
    ways = ways_to(GARMENT, WEB, None, Settings(), serves=True)
    assert ways.lines == [f"page: {WEB}{PATH}"]
    assert ways.label == WEB + PATH
    assert shown(ways) == ""


def test_with_public_a_phone_is_shown_its_own_address_as_a_code():
    ways = ways_to(
        GARMENT, WEB, PHONE, Settings(public_url="https://passports.example"), serves=True
    )
    assert ways.lines == [f"page: {WEB}{PATH}", f"phone: {PHONE}{PATH}"]
    assert ways.label == PHONE + PATH
    lines = shown(ways).splitlines()
    assert sum("█" in line for line in lines) > 15
    assert max(map(len, lines)) <= 80


def test_a_demonstration_that_ends_names_no_page_that_nobody_serves():
    ways = ways_to(GARMENT, WEB, PHONE, Settings(), serves=False)
    assert (ways.lines, ways.here, ways.phone) == ([], None, None)
    assert ways.label == PHONE + PATH
    assert shown(ways).startswith("It ends here")
    assert "█" not in shown(ways)


def test_a_product_whose_id_is_too_long_for_a_code_is_shown_by_its_address():
    product = f"https://maker.example/{'x' * 1500}"
    ways = ways_to(product, WEB, PHONE, Settings(), serves=True)
    assert ways.lines[0].startswith(f"page: {WEB}/passport?id=https%3A%2F%2Fmaker.example%2Fxxx")
    assert "█" not in shown(ways)


def test_labels_lead_to_the_site_that_is_set():
    ways = ways_to(
        GARMENT, WEB, None, Settings(public_url="https://passports.example"), serves=True
    )
    assert ways.label == f"https://passports.example{PATH}"


def test_the_network_sees_the_page_at_the_address_that_was_named(district: Server):
    with ExitStack() as held:
        url = open_to_network("127.0.0.1", 0, district.services, district.settings, held)
        assert url.startswith("http://127.0.0.1:")
        with httpx.Client(base_url=url, headers={"Accept": "text/html"}) as phone:
            assert phone.get(PATH).status_code == 200
            item = phone.get(f"{PATH}/21/0007")
            assert (item.status_code, item.headers["location"]) == (307, url + PATH)
            assert phone.post("/v1/records", content=b"x").status_code in (404, 405)
            assert phone.get("/docs").status_code == 404
    with pytest.raises(httpx.ConnectError):
        httpx.get(url + PATH)


def test_an_address_of_another_machine_is_refused_before_anything_starts():
    assert public_address(None) is None
    assert public_address("127.0.0.1") == "127.0.0.1"
    with pytest.raises(SetupError) as refusal:
        public_address("192.0.2.251")
    assert refusal.value.code == "network-missing"
