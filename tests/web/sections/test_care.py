# SPDX-License-Identifier: Apache-2.0
"""Care, repair and end of life are the record's own word, or visibly absent."""

from __future__ import annotations

from typing import Any

import pytest

from filiera.web.sections.care import Topic
from tests.support.server import Server
from tests.support.site import SITUATIONS, anchored, read, without_gap
from tests.support.world import World


def with_characteristics(**stated: Any) -> Server:
    world = without_gap(World())
    payload: dict[str, Any] = world.own()
    subject = {
        **payload["credentialSubject"],
        "characteristics": {"type": ["Characteristics"], **stated},
    }
    world.jws["own"] = world.sign(world.brand, {**payload, "credentialSubject": subject})
    return anchored(world)


def care(server: Server, language: str = "en") -> str:
    return " ".join(read(server, language=language).one("section", id="care").text.split())


def test_what_the_record_says_is_shown_in_the_readers_language_if_it_has_it() -> None:
    server = with_characteristics(careEn="Wash cold.", careIt="Lavare a freddo.", repair="Boh")
    assert "Care Wash cold." in care(server)
    assert "Cura Lavare a freddo." in care(server, "it")
    assert "Repair Boh" in care(server)
    assert "End of life The record does not say." in care(server)


def test_a_language_that_the_record_lacks_falls_back_to_one_that_it_has() -> None:
    topic = Topic("Care", {"it": "Lavare."})
    assert (topic.text("en"), topic.text("it")) == ("Lavare.", "Lavare.")
    assert Topic("Care", {}).text("en") is None


@pytest.mark.parametrize(
    "stated", [{"care": 7}, {"careEn": ["x"]}, {"care": ""}, {}, {"care": "cold \u202ehsaw"}]
)
def test_what_is_no_text_is_not_said(stated: dict[str, Any]) -> None:
    assert "Care The record does not say." in care(with_characteristics(**stated))


def test_nothing_is_repeated_of_a_record_that_is_disproven() -> None:
    server = SITUATIONS["proven"]()
    address = server.world.brand.signer.address
    server.ledger.accounts[address] = server.ledger.accounts[address].__class__(address, None)
    assert "nothing of it is repeated" in care(server)
