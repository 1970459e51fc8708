# SPDX-License-Identifier: Apache-2.0
"""What a stolen account did on chain is void (docs/proof.md 8).

Entries of histories name the account that recorded them. Those recorded by an account at
or after the instant since which it is reported compromised are taken out before anything
is judged, reports included; who lost an entry by that is marked, so that a verdict can say
why. What only takes away stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Any, TypeVar

from filiera.proof.facts import Account, ChainFacts, Entry, Participant, Report

V = TypeVar("V")


def recorders(facts: ChainFacts) -> set[str]:
    """The accounts that recorded what the histories hold: what `without_void` asks about."""
    histories: Iterable[tuple[Entry[Any], ...]] = chain(
        (account.scopes for account in facts.accounts.values()),
        (participant.profiles for participant in facts.participants.values()),
        (participant.roles for participant in facts.participants.values()),
        facts.accreditations.values(),
    )
    entries = chain.from_iterable(histories)
    reports = chain.from_iterable(account.reports for account in facts.accounts.values())
    said = {entry.account for entry in entries if entry.account is not None}
    return said | {report.account for report in reports}


def is_void(account: str | None, recorded: int, facts: ChainFacts) -> bool:
    """Whether what `account` recorded then is void, as far as the facts tell."""
    known = facts.accounts.get(account) if account is not None else None
    since = known.compromised_since if known is not None else None
    return since is not None and recorded >= since


def without_void(facts: ChainFacts) -> ChainFacts:
    """The facts as they are to be judged.

    A history with an entry whose recorder was not read is taken as unread itself, and so is
    an account with a report by one: nobody is disproven by what somebody left out.
    """
    facts = replace(
        facts,
        accounts={
            key: each if each.compromised_since == since else replace(each, compromised_since=since)
            for key, since in _compromised(facts.accounts).items()
            for each in (facts.accounts[key],)
        },
    )
    accounts = {key: _account(each, facts) for key, each in facts.accounts.items()}
    participants = {key: _participant(each, facts) for key, each in facts.participants.items()}
    accreditations = {key: _kept(each, facts) for key, each in facts.accreditations.items()}
    return replace(
        facts,
        accounts={key: each for key, each in accounts.items() if each is not None},
        participants={key: each for key, each in participants.items() if each is not None},
        accreditations={key: each for key, each in accreditations.items() if each is not None},
    )


def _compromised(accounts: Mapping[str, Account]) -> dict[str, int | None]:
    """Since when each account is compromised, by the reports that are not void themselves.

    An account that reports itself is believed: nobody gains by it. The others' reports are
    looked at once it is known since when those who made them are compromised. Where that
    leads in a circle all of them count; one contract lets nobody form it, for a report closes
    its target. Each report is looked at once, for a bundle can have many. Not among the
    answers is an account that waits for one that was not read.
    """
    since = {key: _earliest(each) for key, each in accounts.items()}

    def in_doubt(report: Report) -> bool:
        # Who was not read may have been stolen from the first.
        stolen = since.get(report.account, 0)
        return stolen is not None and report.recorded >= stolen

    doubts = {
        key: [each.account for each in account.reports if each.account != key and in_doubt(each)]
        for key, account in accounts.items()
    }
    if not any(doubts.values()):
        return since
    unread = _waiting_for_unread(doubts)
    sorter = TopologicalSorter({key: doubts[key] for key in doubts.keys() - unread})
    with suppress(CycleError):
        sorter.prepare()
    while ready := sorter.get_ready():
        for key in ready:
            if doubts[key]:
                said = accounts[key].reports
                standing = (r.since for r in said if r.account == key or not in_doubt(r))
                since[key] = min(standing, default=None)
        sorter.done(*ready)
    return {key: each for key, each in since.items() if key not in unread}


def _waiting_for_unread(doubts: Mapping[str, Iterable[str]]) -> set[str]:
    """The accounts whose reports wait for an account that was not read, or for one of these."""
    held_up: dict[str, list[str]] = {}
    for key, awaited in doubts.items():
        for each in awaited:
            held_up.setdefault(each, []).append(key)
    found: set[str] = set()
    left = list(held_up.keys() - doubts.keys())
    while left:
        more = {*held_up.get(left.pop(), ())} - found
        found |= more
        left.extend(more)
    return found


def _earliest(account: Account) -> int | None:
    """Since when by the earliest report, whatever it is worth."""
    return min((report.since for report in account.reports), default=account.compromised_since)


def _account(account: Account, facts: ChainFacts) -> Account | None:
    scopes = _kept_mask(account.scopes, facts)
    if scopes is None:
        return None
    lost = len(scopes) < len(account.scopes)
    return replace(account, scopes=scopes, voided=True) if lost else account


def _participant(participant: Participant, facts: ChainFacts) -> Participant | None:
    profiles, roles = _kept(participant.profiles, facts), _kept_mask(participant.roles, facts)
    if profiles is None or roles is None:
        return None
    lost = len(profiles) < len(participant.profiles) or len(roles) < len(participant.roles)
    return (
        replace(participant, profiles=profiles, roles=roles, voided=True) if lost else participant
    )


def _kept_mask(history: tuple[Entry[int], ...], facts: ChainFacts) -> tuple[Entry[int], ...] | None:
    """Like `_kept`, but an entry that only takes away stands, whoever recorded it.

    What the contract has closed stays closed: voiding never entitles anybody.
    """
    if not _all_read(history, facts):
        return None
    kept: list[Entry[int]] = []
    for entry in history:
        narrows = bool(kept) and not entry.value & ~kept[-1].value
        if narrows or not is_void(entry.account, entry.recorded, facts):
            kept.append(entry)
    return tuple(kept)


def _kept(history: tuple[Entry[V], ...], facts: ChainFacts) -> tuple[Entry[V], ...] | None:
    if not _all_read(history, facts):
        return None
    return tuple(each for each in history if not is_void(each.account, each.recorded, facts))


def _all_read(history: tuple[Entry[V], ...], facts: ChainFacts) -> bool:
    return all(each.account is None or each.account in facts.accounts for each in history)
