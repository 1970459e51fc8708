# SPDX-License-Identifier: Apache-2.0
"""A product that is typed is the same one to both verifiers, or the second one refuses it."""

from __future__ import annotations

import json
from typing import Final

import pytest

from filiera.errors import InputError
from filiera.model.gs1 import product_id
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]

ALIKE: Final = (
    "09520000000028",
    "9520000000028",
    "09520000000028/LOT-1",
    "09520000000028/10/LOT-1",
    "09520000000028/21/S(1)*'!",
    "09520000000028/10/LOT 1",
    "09520000000028/10/A:B;C/21/7",
    "09520000000028/21/7/10/A",
    "09520000000028/22/A",
    "09520000000029",
    "https://id.gs1.org/01/09520000000028/10/LOT-1",
    "https://brand.example/products/7",
    "urn:uuid:5b8a3c1e-0f3e-4a5e-9a52-3f1d2f3c4b5a",
    "a cardigan",
    "",
    "952000000002",
)
REFUSED: Final = (
    "urn:epc:id:sgtin:9520000.000002.7",
    "https://brand.example/01/09520000000028/10/LOT-1",
    "http://id.gs1.org/01/9520000000028",
    "(01)09520000000028(10)LOT-1",
    "09520000000028/235/X",
)


def of_python(text: str) -> str:
    try:
        return product_id(text).uri
    except InputError as error:
        return error.code


def test_what_both_read_is_the_same_product() -> None:
    found = json.loads(run_node("tests/verifier/products.ts", text=json.dumps(ALIKE)))
    differing = {
        text: (one, of_python(text))
        for text, one in zip(ALIKE, found, strict=True)
        if one != of_python(text) and one != "gs1-malformed"
    }
    assert differing == {}
    assert found[2] == "https://id.gs1.org/01/09520000000028/10/LOT-1"
    assert sum(each.startswith(("https:", "urn:")) for each in found) >= 8


def test_what_only_one_reads_the_other_refuses_so_that_nothing_is_disproven_by_a_spelling() -> None:
    found = json.loads(run_node("tests/verifier/products.ts", text=json.dumps(REFUSED)))
    assert set(found) == {"gs1-malformed"}
