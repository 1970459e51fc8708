# SPDX-License-Identifier: Apache-2.0
"""The product that a page's address names is the same to the browser and to the server."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlsplit

import pytest

from filiera.domain.resolver.requests import read_request
from filiera.errors import FilieraError
from filiera.model.gs1 import product_id
from tests.support.compressing import compressed
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]

SITE: Final = "http://127.0.0.1:8952"
LINKS: Final = (
    "/01/09520000000028",
    "/01/09520000000028/",
    "/01/09520000000028/10/LOT-1",
    "/01/09520000000028/10/LOT-1?lang=en&17=261231#checks",
    "/01/09520000000028/10/LOT-1?id=09521010000015",
    "/01/09520000000028/21/7",
    "/01/09520000000028/10/LOT-1/21/7",
    "/01/09520000000028/10/A%2FB%20/21/7",
    "/01/09520000000028/10/A%2FB/21/%28x%29",
    "/01/09520000000028/10/10/21/21",
    "/01/09520000000028/10/01",
    "/shop/a/01/09520000000028/10/LOT-1",
    "/01/09521010000015/01/09520000000028",
    "/01/09521010000015/10/01/09520000000028",
    "/01/09520000000029/10/LOT-1",
    "/01/09520000000028/21/7/10/LOT-1",
    "/01/9520000000028",
    "/01/09520000000028/10/%C3%A0",
    "/01/09520000000028/10/%zz",
)
IDS: Final = (
    "09520000000028%2FLOT-1",
    "9520000000028",
    "https%3A%2F%2Fid.gs1.org%2F01%2F09520000000028%2F10%2FLOT-1",
    "https://brand.example/products/7%3Fsize=M",
    "urn:uuid:5b8a3c1e-0f3e-4a5e-9a52-3f1d2f3c4b5a",
    "+09520000000028+",
)
READ_BY_THE_SERVER_ALONE: Final = (
    "/passport?id=urn:epc:id:sgtin:9520000.000002.7",
    "/passport?id=(01)09520000000028(10)LOT-1",
    "/passport?id=https://brand.example/01/09520000000028",
    "/01/09520000000028/22/A",
    f"/{compressed([('01', '09520000000028'), ('10', 'LOT-1')])}",
    f"/01/09520000000028/{compressed([('10', 'LOT-1')])}",
)
NAME_NONE: Final = ("/", "/search?q=09520000000028", "/passport", "/v1/passports")


def of_browser(addresses: tuple[str, ...]) -> list[str]:
    given = json.dumps([SITE + each for each in addresses])
    found: list[str] = json.loads(run_node("tests/verifier/addresses.ts", text=given))
    return found


def of_server(address: str) -> str:
    parts = urlsplit(address)
    try:
        return product_id(read_request(parts.path, parts.query).link.uri).uri
    except FilieraError as error:
        return error.code


def test_a_digital_link_is_the_same_product_to_both() -> None:
    found = dict(zip(LINKS, of_browser(LINKS), strict=True))
    assert found == {each: of_server(each) for each in LINKS}
    assert found["/01/09520000000028/10/A%2FB/21/%28x%29"].endswith("/10/A%2FB/21/%28x%29")
    assert sum(each.startswith("https:") for each in found.values()) >= 12


def test_an_id_in_the_query_is_the_same_product_to_both() -> None:
    found = of_browser(tuple(f"/passport?lang=it&id={each}" for each in IDS))
    assert found[0] == "https://id.gs1.org/01/09520000000028/10/LOT-1"
    assert found == [
        found[0],
        product_id("9520000000028").uri,
        found[0],
        "https://brand.example/products/7?size=M",
        IDS[4],
        product_id("09520000000028").uri,
    ]


def test_what_only_the_server_reads_is_refused_so_that_nothing_is_disproven_by_a_spelling() -> None:
    assert set(of_browser(READ_BY_THE_SERVER_ALONE)) == {"gs1-malformed"}


def test_an_address_without_a_product_names_none() -> None:
    assert set(of_browser(NAME_NONE)) == {"gs1-malformed"}
