# SPDX-License-Identifier: Apache-2.0
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.model.spelling import check_spelling

LOT = "https://id.gs1.org/01/09520000000028/10/LOT-1"


def about(kind: str, identifier: str) -> dict[str, Any]:
    inner = {"type": [kind], "id": identifier}
    return {"credentialSubject": [{"outputProduct": [{"product": inner}]}]}


@pytest.mark.parametrize(
    ("kind", "identifier"),
    [
        ("Product", LOT),
        ("Product", "https://shop.example/jacket"),
        ("Facility", "https://id.gs1.org/414/9520000000004"),
        ("Facility", "https://example.com/414/9520000000004"),
        ("Party", "did:web:brand.example"),
    ],
)
def test_right_identifiers_pass(kind: str, identifier: str) -> None:
    check_spelling(about(kind, identifier))


@pytest.mark.parametrize("kind", ["Product", "Facility", "Party"])
def test_a_wrong_check_digit_is_named_with_its_field(kind: str) -> None:
    wrong = "https://id.gs1.org/414/9520000000005"
    if kind == "Product":
        wrong = "https://id.gs1.org/01/09520000000027/10/LOT-1"
    with pytest.raises(InputError) as refused:
        check_spelling(about(kind, wrong))
    assert refused.value.code == "gs1-check-digit"
    assert refused.value.where == "credentialSubject[0].outputProduct[0].product.id"


@pytest.mark.parametrize(
    "spelled",
    [
        "https://shop.example/01/09520000000028/10/LOT-1",
        "https://id.gs1.org/01/9520000000028/10/LOT-1".replace("/9520", "/09520") + "?17=271231",
        "urn:epc:id:sgtin:9520000.000002.7",
    ],
)
def test_another_spelling_of_a_product_is_refused_with_the_canonical_one(spelled: str) -> None:
    with pytest.raises(InputError) as refused:
        check_spelling(about("Product", spelled))
    assert refused.value.code == "gs1-malformed"
    assert "https://id.gs1.org/01/" in str(refused.value.hint)
