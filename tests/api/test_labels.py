# SPDX-License-Identifier: Apache-2.0
"""The QR code of a product over HTTP says where its page is."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from filiera.errors import SetupError
from filiera.settings import Settings
from tests.labels.reading import read_png
from tests.support.server import Server
from tests.support.world import GARMENT

PATH = "/v1/passports/01/09520000000028/10/LOT-1"


def test_the_picture_is_of_the_digital_link_on_this_very_server(server: Server) -> None:
    answer = server.client.get(f"{PATH}/qr.png")
    assert answer.headers["content-type"] == "image/png"
    (code,) = read_png(answer.content)
    assert code.text == "http://testserver/01/09520000000028/10/LOT-1"


def test_labels_lead_to_the_site_that_is_set() -> None:
    server = Server(settings=Settings(public_url="https://passports.example/dpp/"))
    (code,) = read_png(server.client.get(f"{PATH}/qr.png").content)
    assert code.text == "https://passports.example/dpp/01/09520000000028/10/LOT-1"
    server.store.close()


def test_the_svg_names_the_same_address(server: Server) -> None:
    answer = server.client.get(f"/v1/passports/{quote(GARMENT, safe='')}/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<title>http://testserver/01/09520000000028/10/LOT-1</title>" in answer.text


def test_a_product_without_a_gtin_leads_to_its_page_by_id(server: Server) -> None:
    product = quote("https://maker.example/coat", safe="")
    answer = server.client.get(f"/v1/passports/{product}/qr.svg")
    assert f"<title>http://testserver/passport?id={product}</title>" in answer.text


@pytest.mark.parametrize(
    ("product", "code"),
    [("01/09520000000027", "gs1-check-digit"), ("414/9520000000004", "gs1-malformed")],
)
def test_what_names_no_product_has_no_label(server: Server, product: str, code: str) -> None:
    answer = server.client.get(f"/v1/passports/{product}/qr.svg")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_site_that_is_none_is_refused_before_anything_starts() -> None:
    with pytest.raises(SetupError) as refusal:
        Settings(public_url="passports.example")
    assert refusal.value.where == "FILIERA_PUBLIC_URL"


def test_a_code_that_leads_where_the_request_said_it_came_is_kept_by_nobody(server: Server) -> None:
    """Else one visitor with a Host of its own decides where everybody's label leads."""
    address = f"/v1/passports/{quote(GARMENT, safe='')}/qr.svg"
    answer = server.client.get(address, headers={"Host": "elsewhere.example"})
    assert "http://elsewhere.example/" in answer.text
    assert answer.headers["cache-control"] == "no-store"
