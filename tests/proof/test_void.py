# SPDX-License-Identifier: Apache-2.0
"""Since when accounts are compromised, whoever reported whom, and however many did."""

from __future__ import annotations

from dataclasses import replace

from filiera.proof.facts import Account, Report
from filiera.proof.void import without_void
from tests.support.world import START, World

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
