# SPDX-License-Identifier: Apache-2.0
"""Each criterion is in one state with its reasons, and what nobody speaks of is visible."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filiera.domain.criteria_states import Note, State
from filiera.model.criteria import CRITERIA
from filiera.model.times import format_instant
from filiera.proof.facts import Finding, Status, StatusKind
from filiera.web.sections.criteria import MARKS, MEANINGS, NOTES
from tests.support.laboratory import SPUN, Laboratory
from tests.support.server import Server
from tests.support.site import SITUATIONS, Document, anchored, read
from tests.support.world import ANCHORED


def test_every_state_has_a_mark_and_no_two_share_word_or_icon() -> None:
    assert set(MARKS) == set(MEANINGS) == set(State)
    assert len({mark.word for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.icon for mark in MARKS.values()}) == len(MARKS)


def test_every_note_has_its_words() -> None:
    assert set(NOTES) == set(Note)


def laboratory(prepare: Callable[[Laboratory], None]) -> Server:
    """A server whose passport lists what `prepare` has the laboratory or the firms say."""
    world = Laboratory()
    prepare(world)
    server = anchored(world)
    server.ledger.accreditations = world.accreditations()
    return server


def card(document: Document, name: str) -> str:
    """The words of a criterion."""
    cards = [each for each in document.of("li") if "is-" in (each.attributes.get("class") or "")]
    said = [" ".join(each.text.split()) for each in cards]
    [found] = [each for each in said if each.startswith(name)]
    return found


def chemical(server: Server) -> str:
    return card(read(server), "Chemical evidence")


def test_a_certificate_names_who_verified_its_number_and_its_dates() -> None:
    said = chemical(laboratory(Laboratory.certifies))
    assert "verified by Laboratorio" in said
    assert "Textile chemistry, no. C-1" in said
    assert "valid from" in said
    assert "about step 1" in said


def test_a_certifiers_own_word_for_its_name_is_never_shown() -> None:
    def disguised(world: Laboratory) -> None:
        world.lab.name = "Istituto Famoso"  # its identity is signed by now
        world.certifies()

    server = laboratory(disguised)
    assert "verified by Laboratorio" in chemical(server)
    assert "Istituto Famoso" not in read(server).text


def test_a_revoked_certificate_says_since_when_why_and_that_it_held() -> None:
    server = laboratory(Laboratory.certifies)
    world = server.world
    assert isinstance(world, Laboratory)
    entry = Status(StatusKind.REVOKED, 3, ANCHORED + 60, ANCHORED + 30, world.lab.signer.address)
    server.ledger.statuses[world.lab.id, world.id("certificate")] = (entry,)
    server.ledger.time += 600
    said = chemical(server)
    assert "revoked by Laboratorio" in said
    assert "(certificate withdrawn)" in said
    assert ", said on " in said
    assert "It was in force on the day of the step." in said


def test_an_expired_certificate_is_not_the_doing_of_its_certifier() -> None:
    said = chemical(laboratory(lambda world: world.certifies(until=SPUN)))
    assert "expired · said by Laboratorio" in said


def test_a_certificate_that_ended_since_is_verified_and_says_so() -> None:
    server = laboratory(lambda world: world.certifies(until=ANCHORED + 3600))
    server.clock.seconds = ANCHORED + 7200
    said = chemical(server)
    assert "verified by Laboratorio" in said
    assert "has expired since" in said


def test_a_certifier_without_accreditation_is_not_said_to_verify() -> None:
    server = laboratory(Laboratory.certifies)
    server.ledger.accreditations = {}
    said = chemical(server)
    assert "declared only by Laboratorio" in said
    assert "nobody had accredited the certifier" in said


def test_a_contested_certificate_is_contested_by_nobody_who_said_it() -> None:
    server = laboratory(Laboratory.certifies)
    finding = Finding(b"\1" * 32, server.world.association.signer.address, server.ledger.time)
    server.ledger.findings[server.world.id("certificate")] = (finding,)
    assert "contested · said by Laboratorio" in chemical(server)


def test_claims_beside_the_one_that_decides_are_there() -> None:
    def both(world: Laboratory) -> None:
        world.certifies()
        world.declares()

    said = chemical(laboratory(both))
    assert said.index("verified by Laboratorio") < said.index("declared only by Marchio")


def test_a_revoked_certificate_is_seen_beside_the_one_that_took_its_place() -> None:
    def both(world: Laboratory) -> None:
        world.certifies()
        world.certifies("renewed")

    server = laboratory(both)
    world = server.world
    assert isinstance(world, Laboratory)
    entry = Status(StatusKind.REVOKED, 3, ANCHORED, ANCHORED, world.lab.signer.address)
    server.ledger.statuses[world.lab.id, world.id("certificate")] = (entry,)
    assert "verified by Laboratorio another one: revoked" in chemical(server)


def test_a_declaration_that_ended_is_expired() -> None:
    until = format_instant(ANCHORED + 3600)
    server = laboratory(lambda world: world.declares(valid_until=until))
    server.clock.seconds = ANCHORED + 7200
    assert "expired" in chemical(server)


@pytest.mark.parametrize(
    ("situation", "said"),
    [
        ("proven", "declared only"),
        ("claim-expired", "expired"),
        ("claim-withdrawn", "revoked"),
        ("outage-chain", "could not check"),
    ],
)
def test_a_criterion_says_what_its_claim_makes_of_it(situation: str, said: str) -> None:
    assert said in card(read(SITUATIONS[situation]()), "Short supply chain")


def test_criteria_that_nobody_speaks_of_are_there_and_called_missing() -> None:
    document = read(SITUATIONS["proven"]())
    cards = [card(document, each.name_en) for each in CRITERIA.values()]
    assert sum("missing nothing is listed" in each for each in cards) == len(CRITERIA) - 1


def test_an_outage_calls_nothing_missing() -> None:
    document = read(SITUATIONS["outage-chain"]())
    assert all("could not check" in card(document, each.name_en) for each in CRITERIA.values())


def test_what_supports_none_of_them_is_named_apart() -> None:
    other = "https://id.gs1.org/01/09520000000028/10/LOT-10"
    server = laboratory(lambda world: world.certifies(about=other))
    assert "missing" in chemical(server)
    section = read(server).one("section", id="criteria").text
    assert "about other goods, places or firms" in section
