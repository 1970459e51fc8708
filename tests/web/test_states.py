# SPDX-License-Identifier: Apache-2.0
"""Each state is a page of its own: another headline, another colour, another icon."""

from __future__ import annotations

import pytest

from filiera.proof.facts import Finding, StatusKind
from filiera.web.faults import FAULTS
from filiera.web.language import LANGUAGES
from filiera.web.states import OUTCOMES, STANDINGS, STATES
from tests.support.laboratory import SPUN, Laboratory
from tests.support.server import Server
from tests.support.site import PAGE, SITUATIONS, Document, anchored, proven, read, with_status
from tests.support.world import ANCHORED, World


def test_every_state_is_brought_about() -> None:
    assert set(SITUATIONS) == set(STATES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_a_state_heads_its_page_with_its_word_its_icon_and_its_colour(
    name: str, language: str
) -> None:
    server = SITUATIONS[name]()
    page = read(server, language=language)
    state = STATES[name]
    assert f"state-{name}" in (page.one("article").attributes["class"] or "")
    heading = page.of("p", class_="headline")[0].text.strip()
    assert (heading == state.mark.word) == (language == "en")
    assert page.of("span", class_=f"tone-{state.mark.tone}")[0].text.strip() == heading
    icons = [each.attributes["href"] or "" for each in page.of("use")]
    assert icons[0].endswith(f"#{state.mark.icon}")
    assert bool(page.of("a", class_="retry")) == state.retry
    server.store.close()


def test_the_six_that_a_person_must_tell_apart_share_neither_word_nor_sentence() -> None:
    names = ("revoked", "claim-expired", "disproven", "gap", "outage-chain")
    states = [*(STATES[name] for name in names), FAULTS["passport-not-found"]]
    assert len({state.mark.word for state in states}) == 6
    assert len({state.mark.icon for state in states}) == 6
    assert len({(state.sentence, state.mark.word) for state in states}) == 6


def test_an_outage_and_a_forgery_differ_in_colour_word_and_icon() -> None:
    forged = (STATES["disproven"].mark, OUTCOMES["disproven"])
    for outage in (
        STATES["outage-chain"].mark,
        STATES["outage-documents"].mark,
        OUTCOMES["unknown"],
    ):
        for mark in forged:
            assert outage.tone != mark.tone
            assert outage.icon != mark.icon
            assert outage.word.casefold() != mark.word.casefold()


def test_no_two_marks_of_a_table_look_alike() -> None:
    for table in (OUTCOMES, STANDINGS):
        assert len({mark.icon for mark in table.values()}) == len(table)
        assert len({mark.word for mark in table.values()}) == len(table)


def words(page: Document) -> str:
    return page.one("section", id="summary").text


def test_a_revoked_passport_still_says_what_was_proven() -> None:
    assert "2 of 2 steps and 1 of 1 claim are proven" in words(read(SITUATIONS["revoked"]()))


def headline(page: Document) -> str:
    return page.of("p", class_="headline")[0].text.strip()


def certified(until: int) -> Server:
    """A server an hour after the anchoring; the certificate ends at `until`."""
    world = Laboratory()
    world.certifies(until=until)
    server = anchored(world)
    server.ledger.accreditations = world.accreditations()
    server.clock.seconds = ANCHORED + 3600
    return server


def test_a_certificate_that_held_on_its_step_s_day_makes_no_passport_expired() -> None:
    page = read(certified(until=ANCHORED + 1))
    assert headline(page) == "Proven, with a gap"
    assert "valid on the day of its step, and has expired since" in words(page)
    assert "verified by Laboratorio" in " ".join(page.one("section", id="criteria").text.split())


def test_head_and_criteria_agree_on_what_is_expired() -> None:
    page = read(certified(until=SPUN))
    assert headline(page) == "Proven, with an expired claim"
    assert "One claim has expired." in words(page)
    assert "expired · said by" in " ".join(page.one("section", id="criteria").text.split())


def test_a_step_that_was_taken_back_does_not_head_its_page_as_simply_proven() -> None:
    page = read(with_status(proven(), "weave", StatusKind.REVOKED))
    assert headline(page) == "Proven, with a record withdrawn since"


@pytest.mark.parametrize("listed", ["weave", "claim"])
def test_a_finding_against_what_is_listed_heads_the_page(listed: str) -> None:
    server = proven()
    finding = Finding(b"\1" * 32, server.world.association.signer.address, server.ledger.time)
    server.ledger.findings[server.world.id(listed)] = (finding,)
    page = read(server)
    assert headline(page) == "Contested"
    assert "An auditor has an open finding against one record." in words(page)


def test_a_record_that_was_replaced_since_is_counted_in_the_first_sentence() -> None:
    page = read(with_status(proven(), "claim", StatusKind.SUPERSEDED))
    assert "One record has been replaced by a newer one since." in words(page)


def test_one_step_alone_is_told_in_the_singular() -> None:
    world = World()
    payload = world.own()
    first = payload["credentialSubject"]["relatedDocument"][1:2]
    payload["credentialSubject"]["relatedDocument"] = first
    world.jws["own"] = world.sign(world.brand, payload)
    assert "1 of 1 step is proven" in words(read(anchored(world)))


def test_a_step_that_is_not_here_is_not_taken_for_one_that_states_nothing() -> None:
    said = words(read(SITUATIONS["incomplete"]()))
    assert "No step that could be read states where one input comes from." in said
    assert "Nobody states" not in said
    assert "Nobody states where one input comes from." in words(read(SITUATIONS["gap"]()))


def test_a_store_that_is_away_does_not_make_its_documents_missing() -> None:
    said = words(read(SITUATIONS["outage-documents"]()))
    assert "One document that is named could not be reached." in said
    assert "not at hand" not in said


def test_a_disproven_passport_says_which_check_contradicts_it() -> None:
    said = words(read(SITUATIONS["disproven"]()))
    assert "Step 1: The registry gives this account to no participant." in said


def test_an_outage_is_not_kept_by_anybody(district: Server) -> None:
    district.ledger.down = True
    assert district.client.get(PAGE).headers["cache-control"] == "no-store"


def test_a_product_that_nobody_knows_is_404_with_a_search_and_no_verdict(
    district: Server,
) -> None:
    page = read(district, "/passport?id=09521010000039", status=404)
    assert page.one("h1").text.strip() == "Unknown product"
    assert page.one("input", id="q").attributes["value"] == "09521010000039"
    assert not page.of("span", class_="tone-disproven")
    assert not page.of("span", class_="tone-proven")
