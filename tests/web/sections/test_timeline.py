# SPDX-License-Identifier: Apache-2.0
"""The way from fibre to shop in words and in a drawing that needs no script and no style."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from filiera.domain.graph import Step
from filiera.domain.timeline import layout
from filiera.model.activities import activity
from filiera.model.builders import make_event
from filiera.model.context import FILIERA_CONTEXT
from filiera.model.links import LinkType
from filiera.model.times import format_instant
from filiera.proof.facts import Role, Status, StatusKind
from filiera.web import bounds
from filiera.web.sections.strands import EDGE, KNOT, LANE, NODE, strands
from tests.support.laboratory import Laboratory
from tests.support.server import Server
from tests.support.site import SITUATIONS, Document, anchored, read, without_gap
from tests.support.world import (
    ANCHORED,
    FABRIC,
    GARMENT,
    YARN,
    Firm,
    World,
    firm_place,
    goods,
)


def rows(document: Document) -> list[str]:
    """The words of each row of the timeline."""
    numbered = [each for each in document.of("li") if _is_row(each.attributes)]
    return [" ".join(each.text.split()) for each in numbered]


def _is_row(attributes: dict[str, str | None]) -> bool:
    classes = (attributes.get("class") or "").split()
    steps = (attributes.get("id") or "").startswith("step-")
    return steps or "is-gap" in classes or "is-product" in classes


class Split(World):
    """The yarn is split: one part is dyed, and joins the other in the garment."""

    def __post_init__(self) -> None:
        super().__post_init__()
        dyeing = make_event(
            self.mill.envelope("Dyeing"),
            date=format_instant(ANCHORED - 5400),
            activity=activity("dyeing"),
            inputs=[goods(YARN, 4)],
            outputs=[goods(FABRIC, 4)],
            place=firm_place(self.mill),
            links=[self.link("spin", LinkType.INPUT)],
        )
        self.jws["dye"] = self.sign(self.mill, dyeing)
        links = [self.link("spin", LinkType.INPUT), self.link("dye", LinkType.INPUT)]
        self.jws["weave"] = self.sign(self.brand, self.weave(links=links))
        self.jws["own"] = self.sign(self.brand, self.own())


def test_rows_stand_from_fibre_to_shop_with_the_gap_above_its_step() -> None:
    spun, gap, woven, product = rows(read(SITUATIONS["gap"]()))
    assert spun.startswith("1 Spinning Filatura")
    assert gap.startswith("FABRIC-1 · 1 kg A gap: nobody states where this comes from")
    assert woven.startswith("2 Weaving Marchio")
    assert product.startswith("Garment")


def test_the_product_s_row_is_never_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "ROWS", 2)
    page = read(SITUATIONS["gap"]())
    spun, product = rows(page)
    assert spun.startswith("1 Spinning")
    assert product.startswith("Garment")
    cut = " ".join(page.one("li", class_="is-cut").text.split())
    assert cut.startswith("2 rows between these are not shown here, among them: gap 1 ·")


def test_a_step_that_is_not_here_is_not_taken_for_one_that_states_nothing() -> None:
    said = " ".join(rows(read(SITUATIONS["incomplete"]())))
    assert "A gap: no step that could be read states where this comes from." in said
    assert "no step that could be read states its origin" in said
    assert "nobody states" not in said


def test_what_goes_in_says_where_it_comes_from() -> None:
    woven = rows(read(SITUATIONS["gap"]()))[2]
    assert "YARN-1 · 10 kg from step 1" in woven
    assert "FABRIC-1 · 1 kg nobody states its origin" in woven


def test_a_split_and_a_join_are_told_in_words() -> None:
    spun, dyed, woven, _ = rows(read(anchored(Split())))
    assert "to steps 2, 3" in spun
    assert "YARN-1 · 4 kg from step 1" in dyed
    assert "YARN-1 · 10 kg from step 1" in woven
    assert "FABRIC-1 · 1 kg from step 2" in woven


def test_both_times_are_there_and_are_named() -> None:
    spun = rows(read(SITUATIONS["proven"]()))[0]
    assert re.search(r"says it happened on \d+ \w+ 2026 on the chain since \d+ \w+ 2026", spun)


def test_an_issuer_whose_identity_is_not_proven_is_not_named() -> None:
    spun = rows(read(SITUATIONS["disproven"]()))[0]
    assert "Filatura works" in spun
    assert "an account whose name is not proven (0x" in spun


def test_an_imported_step_is_as_stated_by_another_and_names_who_passed_it_on() -> None:
    world = without_gap(World(mill=Firm("Sportello", Role.IMPORTER)))
    payload = world.spin() | {"statedBy": {"id": "https://id.gs1.org/417/9521234000044"}}
    contexts = [*payload["@context"], FILIERA_CONTEXT]  # type: ignore[misc]
    world.jws["spin"] = world.sign(world.mill, payload | {"@context": contexts})
    world.jws["weave"] = world.sign(world.brand, world.weave(inputs=[goods(YARN)]))
    world.jws["own"] = world.sign(world.brand, world.own())
    spun = rows(read(anchored(world)))[0]
    assert "as stated by GLN 9521234000044 passed on by Sportello" in spun


def laboratory() -> Server:
    world = Laboratory()
    world.certifies()
    server = anchored(world)
    server.ledger.accreditations = world.accreditations()
    return server


def test_a_step_names_the_certificates_that_were_valid_that_day() -> None:
    spun = rows(read(laboratory()))[0]
    assert "Chemical evidence: certificate of Laboratorio, valid that day" in spun


def test_a_certificate_revoked_since_is_named_with_that() -> None:
    server = laboratory()
    world = server.world
    assert isinstance(world, Laboratory)
    entry = Status(StatusKind.REVOKED, 3, ANCHORED, ANCHORED, world.lab.signer.address)
    server.ledger.statuses[world.lab.id, world.id("certificate")] = (entry,)
    assert "valid that day, revoked since" in rows(read(server))[0]


def test_a_certificate_that_did_not_hold_that_day_is_not_named_there() -> None:
    server = laboratory()
    server.ledger.accreditations = {}
    assert "valid that day" not in rows(read(server))[0]


def test_steps_in_a_circle_are_told_and_listed() -> None:
    world = without_gap(World())
    world.jws["spin"] = world.sign(world.mill, world.spin(inputs=[goods(GARMENT)]))
    world.jws["weave"] = world.sign(world.brand, world.weave(inputs=[goods(YARN)]))
    world.jws["own"] = world.sign(world.brand, world.own())
    document = read(anchored(world))
    assert "The steps form a circle" in document.text
    assert len(rows(document)) == 3


def test_a_step_that_is_not_at_hand_has_a_row() -> None:
    found = rows(read(SITUATIONS["incomplete"]()))
    assert any("A record that cannot be read" in row for row in found)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_drawing_needs_no_style_and_is_hidden_from_readers(situation: str) -> None:
    document = read(SITUATIONS[situation]())
    assert not [each for each in document.elements if "style" in each.attributes]
    drawings = document.of("span", class_="strands")
    assert drawings
    assert all(each.attributes["aria-hidden"] == "true" for each in drawings)


def test_strands_meet_from_row_to_row() -> None:
    """What leaves a row below is where the next one takes it up."""
    steps = [
        Step(b"spin", True, (), ("y",), 10),
        Step(b"dye", True, ("y",), ("d",), 20),
        Step(b"sew", True, ("y", "d", "b"), (GARMENT,), 30),
    ]
    drawn = strands(layout(GARMENT, steps, [("b", b"sew")]))
    for row, following in pairwise(drawn):
        ends = {x for x, y in map(_end, row.knot) if y == KNOT}
        starts = {x for x, y in map(_start, following.knot) if y == 0}
        assert ends == starts == {_start(cord)[0] for cord in row.cords}


def test_a_lot_of_a_gap_is_drawn_loose() -> None:
    steps = [Step(b"spin", True, (), ("y",), 10), Step(b"sew", True, ("y", "b"), (GARMENT,), 30)]
    _, gap, sewn, product = strands(layout(GARMENT, steps, [("b", b"sew")]))
    lane = EDGE + LANE
    assert {(cord.path, cord.is_gap) for cord in gap.cords} == {
        (f"M{EDGE} 0V1", False),
        (f"M{lane} 0V1", True),
    }
    assert [strand.is_gap for strand in sewn.knot].count(True) == 1
    assert [strand.path for strand in product.knot] == [f"M{EDGE} 0V{NODE}"]


def _numbers(strand: object) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", strand.path)]  # type: ignore[attr-defined]


def _start(strand: object) -> tuple[int, int]:
    x, y, *_ = _numbers(strand)
    return x, y


def _end(strand: object) -> tuple[int, int]:
    x, _, *rest = _numbers(strand)
    return (x, rest[0]) if len(rest) == 1 else (rest[-2], rest[-1])
