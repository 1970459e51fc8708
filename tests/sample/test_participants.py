# SPDX-License-Identifier: Apache-2.0
"""Participants and lots of the sample."""

from __future__ import annotations

import pytest

from filiera.model.gs1 import product_id
from filiera.model.gs1_keys import check_key
from filiera.proof.facts import Role, Scope
from filiera.sample import PARTICIPANTS, build_sample, participant
from filiera.sample.goods import BUTTONS, CARDIGAN, ECRU, FIBRE, GREEN, PANELS, SCARF
from tests.sample.signed import NOW

LOTS = (FIBRE, ECRU, GREEN, PANELS, BUTTONS, CARDIGAN, SCARF)


def test_the_founding_association_comes_first() -> None:
    assert PARTICIPANTS[0].roles is Role.ASSOCIATION


def test_only_the_operator_anchors_and_it_does_nothing_else() -> None:
    anchoring = [each.key for each in PARTICIPANTS if each.scopes & Scope.ANCHOR]
    assert anchoring == ["operator"]
    assert participant("operator").scopes == Scope.ANCHOR


def test_keys_names_numbers_and_glns_are_each_used_once() -> None:
    for name in ("key", "registered_name", "registered_id", "gln"):
        values = {getattr(each, name) for each in PARTICIPANTS}
        assert len(values) == len(PARTICIPANTS), name


def test_every_name_and_number_says_that_it_is_a_sample() -> None:
    for each in PARTICIPANTS:
        assert {"Esempio", "Campione"} & set(each.registered_name.split())
        assert each.registered_id.startswith("CAMPIONE-")
        assert "Esempio" in each.street


def test_glns_have_the_demo_prefix_and_right_check_digits() -> None:
    for each in PARTICIPANTS:
        assert each.gln.startswith("952")
        check_key("414", each.gln)


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: lot.number)
def test_lots_have_the_demo_prefix_right_check_digits_and_canonical_ids(lot) -> None:
    assert lot.gtin.startswith("0952")
    read = product_id(f"{lot.gtin}/{lot.number}")
    assert (read.uri, read.gtin, read.lot) == (lot.id, lot.gtin, lot.number)


def test_the_products_are_found_by_what_a_person_types() -> None:
    sample = build_sample(NOW)
    for each in (sample.main, sample.second):
        assert product_id(f"{each.gtin}/{each.lot}").uri == each.id
