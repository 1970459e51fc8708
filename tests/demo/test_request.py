# SPDX-License-Identifier: Apache-2.0
"""What a demonstration is asked for reaches it whole, or is refused with the known values."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.demo.request import FIND_ADDRESS, DemoRequest, Tamper, read_request
from filiera.errors import InputError


def test_nothing_given_is_the_sample_that_serves() -> None:
    assert read_request({}) == DemoRequest()
    assert read_request({"TAMPER": "", "ONCE": " ", "OUT": "", "EPCIS": ""}) == DemoRequest()


def test_a_path_may_hold_spaces_quotes_and_parentheses() -> None:
    name = 'my "events" (it\'s 2026), $HOME `x`'
    request = read_request({"EPCIS": name, "PRODUCT": "a b", "OUT": f"/nowhere/{name}"})
    assert request.epcis == name
    assert request.product == "a b"
    assert request.out == Path("/nowhere") / name


@pytest.mark.parametrize("word", ["record", "document", "proof", "chain-down"])
def test_every_way_to_tamper_is_known(word: str) -> None:
    assert read_request({"TAMPER": word}).tamper is Tamper(word)


@pytest.mark.parametrize(("word", "once"), [("1", True), ("yes", True), ("0", False)])
def test_once_is_yes_or_no(word: str, once: bool) -> None:
    assert read_request({"ONCE": word}).once is once


@pytest.mark.parametrize(
    ("value", "public"),
    [("1", FIND_ADDRESS), ("yes", FIND_ADDRESS), ("0", None), ("192.168.1.20", "192.168.1.20")],
)
def test_the_local_network_sees_the_pages_where_it_is_told_or_found(
    value: str, public: str | None
) -> None:
    assert read_request({"PUBLIC": value}).public == public
    assert read_request({}).public is None


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("TAMPER", "everything", "record, document, proof, chain-down"),
        ("TAMPER", "Record", "record, document, proof, chain-down"),
        ("NETWORK", "mainnet", "dev, clique"),
        ("ONCE", "maybe", "1 or 0"),
        ("PUBLIC", "wlan0", "1, 0 or an IPv4 address"),
        ("PUBLIC", "192.168.1.300", "1, 0 or an IPv4 address"),
        ("PUBLIC", "::1", "1, 0 or an IPv4 address"),
    ],
)
def test_an_unknown_value_is_refused_and_the_known_ones_are_named(
    name: str, value: str, known: str
) -> None:
    with pytest.raises(InputError) as error:
        read_request({name: value})
    assert error.value.code == "usage"
    assert error.value.hint is not None
    assert known in error.value.hint


def test_out_must_be_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(InputError) as error:
        read_request({"OUT": str(file)})
    assert error.value.code == "usage"
