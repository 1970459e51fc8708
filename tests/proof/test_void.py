# SPDX-License-Identifier: Apache-2.0
"""What a stolen account did is void, whoever reported whom, and however many did."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from filiera.proof.evidence import Evidence
from filiera.proof.facts import Account, Entry, Report
from filiera.proof.reasons import Outcome
from filiera.proof.void import without_void
from tests.support.faults import judged, without
from tests.support.world import ANCHORED, START, World, with_account, with_participant

LATER = START + 100
"""When reports are recorded, where nothing else is said."""


def name(number: int) -> str:
    return f"0x{number:040x}"


def compromised(*reports: tuple[Report, ...]) -> list[int | None]:
    """Since when each account is compromised; the reports about number n are the n-th ones."""
    facts = World().evidence().facts
    assert facts is not None
    accounts = {
        name(number): Account(name(number), None, reports=about)
        for number, about in enumerate(reports)
    }
    judged = without_void(replace(facts, accounts=accounts)).accounts
    return [judged[name(number)].compromised_since for number in range(len(reports))]


def test_a_report_by_an_account_that_was_stolen_only_afterwards_counts() -> None:
    stolen_later = Report(LATER + 1, LATER + 1, name(2))
    assert compromised((Report(START, LATER, name(1)),), (stolen_later,), ())[0] == START


def test_forty_accounts_that_all_report_those_before_them_are_decided() -> None:
    """Each of 2^38 ways from the first to the last would have to be gone, one by one."""
    of = range(40)
    said = [tuple(Report(START, LATER, name(by)) for by in of[about + 1 :]) for about in of]
    assert compromised(*said) == [START] * 39 + [None]


def test_a_line_of_ten_thousand_reports_is_decided() -> None:
    line = [(Report(START, LATER, name(number + 1)),) for number in range(9_999)]
    assert compromised(*line, ()) == [START, None] * 5_000


def test_reports_in_a_circle_all_count() -> None:
    """No contract lets anybody form it: who was reported is closed."""
    three = [(Report(START + n, LATER, name((n + 1) % 3)),) for n in range(3)]
    assert compromised(*three) == [START, START + 1, START + 2]


def test_who_reported_before_being_stolen_is_in_no_circle() -> None:
    by_each_other = (Report(START, LATER, name(1)),), (Report(LATER + 1, LATER + 9, name(0)),)
    assert compromised(*by_each_other) == [START, None]


def test_a_report_that_no_other_can_make_void_counts_whoever_was_not_read() -> None:
    """Number 1 is reported by somebody unread, and spoke before all that is said of it."""
    thief, unread = name(2), "0x" + "f" * 40
    reports = (
        (Report(START, LATER, name(1)), Report(START, LATER, thief)),
        (Report(LATER + 1, LATER + 9, unread),),
        (Report(START, START, name(3)),),
        (),
    )
    facts = World().evidence().facts
    assert facts is not None
    accounts = {
        name(number): Account(name(number), None, reports=about)
        for number, about in enumerate(reports)
    }
    judged = without_void(replace(facts, accounts=accounts)).accounts
    assert judged.keys() == {name(0), name(2), name(3)}
    assert judged[name(0)].compromised_since == START


# In a verdict


def recorded_by(world: World, evidence: Evidence, since: int | None) -> Evidence:
    """The mill's scopes, roles and profile as recorded by the brand's account, stolen `since`."""
    assert evidence.facts is not None
    thief = world.brand.signer.address
    account = evidence.facts.accounts[world.mill.signer.address]
    holder = evidence.facts.participants[world.mill.id]

    def by_thief(history: tuple[Entry[Any], ...]) -> tuple[Entry[Any], ...]:
        return tuple(replace(entry, account=thief) for entry in history)

    evidence = with_account(evidence, world.mill, scopes=by_thief(account.scopes))
    evidence = with_participant(
        evidence, world.mill, roles=by_thief(holder.roles), profiles=by_thief(holder.profiles)
    )
    return with_account(evidence, world.brand, compromised_since=since)


def test_what_an_account_recorded_before_it_was_stolen_holds() -> None:
    world = World()
    verdict = judged(world, recorded_by(world, world.evidence(), ANCHORED + 1))
    assert verdict.outcome is Outcome.PROVEN


def test_what_a_stolen_account_granted_is_void() -> None:
    world = World()
    verdict = judged(world, recorded_by(world, world.evidence(), START))
    spin = verdict.records[world.id("spin")]
    said = {check.check: check.code for check in spin.checks}
    assert (said["account"], said["role"]) == ("account-compromised", "account-compromised")
    assert said["identity"] == "identity-disproven"


def closed_by_thief(world: World, evidence: Evidence) -> Evidence:
    assert evidence.facts is not None
    thief = world.brand.signer.address
    account = evidence.facts.accounts[world.mill.signer.address]
    closing = Entry(ANCHORED - 9, ANCHORED - 9, 0, thief)
    evidence = with_account(evidence, world.mill, scopes=(*account.scopes, closing))
    return with_account(evidence, world.brand, compromised_since=START)


def test_what_a_stolen_account_closed_stays_closed() -> None:
    world = World()
    verdict = judged(world, closed_by_thief(world, world.evidence()))
    spin = verdict.records[world.id("spin")]
    assert "account-closed" in {check.code for check in spin.checks}


@pytest.mark.parametrize(
    ("thief_since", "outcome"), [(ANCHORED + 9, Outcome.DISPROVEN), (START, Outcome.PROVEN)]
)
def test_a_report_by_a_stolen_account_is_void_too(thief_since: int, outcome: Outcome) -> None:
    world = World()
    evidence = world.evidence()
    thief = world.association.signer.address
    report = Report(START, ANCHORED + 5, thief)
    evidence = with_account(evidence, world.mill, reports=(report,), compromised_since=report.since)
    told = Report(thief_since, ANCHORED + 20, world.brand.signer.address)
    evidence = with_account(evidence, world.association, reports=(told,))
    spin = judged(world, evidence).records[world.id("spin")]
    account = next(check for check in spin.checks if check.check == "account")
    assert account.outcome is outcome


@pytest.mark.parametrize("unread", ["brand", "association"])
def test_who_leaves_out_that_a_reporter_was_stolen_has_nothing_disproven(unread: str) -> None:
    world = World()
    evidence = world.evidence()
    thief = world.association.signer.address
    report = Report(START, ANCHORED + 5, thief)
    evidence = with_account(evidence, world.mill, reports=(report,), compromised_since=report.since)
    told = Report(START, ANCHORED + 20, world.brand.signer.address)
    evidence = with_account(evidence, world.association, reports=(told,))
    evidence = without(evidence, "accounts", getattr(world, unread).signer.address)
    spin = judged(world, evidence).records[world.id("spin")]
    account = next(check for check in spin.checks if check.check == "account")
    assert (account.code, account.outcome) == ("fact-missing", Outcome.UNKNOWN)


def test_what_an_unread_account_granted_could_not_be_checked() -> None:
    world = World()
    evidence = recorded_by(world, world.evidence(), None)
    evidence = without(evidence, "accounts", world.brand.signer.address)
    spin = judged(world, evidence).records[world.id("spin")]
    assert spin.outcome is Outcome.UNKNOWN
