# SPDX-License-Identifier: Apache-2.0
"""A statement is found by every place and party that it names."""

from __future__ import annotations

from dataclasses import replace

from filiera.model.mentions import glns
from filiera.model.named import Named
from filiera.model.records import statement_of
from filiera.model.statement import OwnProduct, PartyInRole, Place, StatedBy, Step
from filiera.proof.jws import parse_jws
from tests.support.world import World

WORKS = "https://id.gs1.org/414/9520000000004"
MAKER = "https://id.gs1.org/417/9521234000006"


def said(name: str):
    return statement_of(parse_jws(World().jws[name]).payload)


def test_a_step_is_found_by_its_place_and_its_parties():
    statement = said("spin")
    assert isinstance(statement.said, Step)
    assert glns(statement) == (WORKS,)
    parties = (PartyInRole("manufacturer", Named(MAKER, "Filatura")),)
    assert glns(replace(statement, said=replace(statement.said, parties=parties))) == (WORKS, MAKER)


def test_a_dock_of_a_place_is_found_as_the_place():
    statement = said("spin")
    assert isinstance(statement.said, Step)
    dock = replace(statement.said, place=Place(f"{WORKS}/254/DOCK-3", "Dock 3"))
    assert glns(replace(statement, said=dock)) == (WORKS,)


def test_a_product_is_found_by_where_it_was_made_and_an_import_by_whose_words_it_passes_on():
    statement = said("own")
    assert isinstance(statement.said, OwnProduct)
    made = replace(statement.said, place=Place(WORKS, "Works"))
    assert glns(replace(statement, said=made, stated_by=StatedBy(MAKER))) == (WORKS, MAKER)


def test_what_is_no_gln_or_a_wrong_one_is_passed_over():
    statement = said("spin")
    assert isinstance(statement.said, Step)
    for other in ("https://maker.example/works", "https://x.example/414/9520000000005", "words"):
        elsewhere = replace(statement.said, place=Place(other, "Works"))
        assert glns(replace(statement, said=elsewhere)) == ()
