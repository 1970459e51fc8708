# SPDX-License-Identifier: Apache-2.0
"""From words of storage to chain facts, over every generation of the contracts.

A participant, an account, a status or a finding counts in any generation, oldest first: their
histories are one, in the order in which the entries were recorded. Where two generations say
two different things of what never changes, `DisagreeError` is raised: nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from filiera.proof import slots
from filiera.proof.facts import (
    Account,
    Accreditation,
    AccreditationKey,
    Anchor,
    AnchorKey,
    Entry,
    Finding,
    Participant,
    Report,
    Status,
    StatusKey,
)
from filiera.proof.slots import Place, Storage

Generation: TypeAlias = Mapping[str, Storage]
"""The storage of each registry, by its name."""

_NONE = bytes(32)


class DisagreeError(ValueError):
    """Two generations of the contracts say two different things."""


def account(address: str, generations: Sequence[Generation]) -> Account:
    """An account, its scopes, and since when it is compromised, by the earliest report."""
    said = list(_said("ParticipantRegistry", slots.account_place(address), generations))
    reports = _in_order(Report(**report) for each in said for report in each["compromises"])
    return Account(
        address=address,
        participant=_same(each["participant"] for each in said),
        scopes=_histories(each["scopes"] for each in said),
        compromised_since=min((report.since for report in reports), default=None),
        reports=reports,
    )


def participant(key: bytes, generations: Sequence[Generation]) -> Participant:
    """A participant, its enroller, profiles and roles."""
    said = list(_said("ParticipantRegistry", slots.participant_place(key), generations))
    profiles = [
        Entry(entry["effective"], entry["recorded"], entry["profile"], entry["account"])
        for each in said
        for entry in each["profiles"]
    ]
    return Participant(
        id=key,
        enroller=_same(each["enroller"] for each in said),
        profiles=_in_order(profiles),
        roles=_histories(each["roles"] for each in said),
    )


def anchor(key: AnchorKey, generations: Sequence[Generation]) -> Anchor:
    """The anchor in the oldest generation that has it."""
    for each in _said("AnchorRegistry", slots.anchor_place(*key), generations):
        if each["time"]:
            return Anchor(*key, each["time"], each["count"], each["sequence"])
    return Anchor(*key, 0, 0, 0)


def statuses(key: StatusKey, generations: Sequence[Generation]) -> tuple[Status, ...]:
    """What a participant said of a record; the successor is the last entry's."""
    found = []
    for each in _said("StatusRegistry", slots.statuses_place(*key), generations):
        entries, successor = each["entries"], each["successor"]
        for number, entry in enumerate(entries, 1):
            last = number == len(entries) and successor != _NONE
            found.append(Status(**entry, successor=successor if last else None))
    return _in_order(found)


def accreditations(
    key: AccreditationKey, generations: Sequence[Generation]
) -> tuple[Entry[Accreditation], ...]:
    """The history of a certifier's accreditation for a scheme."""
    place = slots.accreditations_place(*key)
    return _in_order(
        Entry(
            entry["effective"],
            entry["recorded"],
            Accreditation(entry["granted"], entry["association"]),
            entry["account"],
        )
        for each in _said("ParticipantRegistry", place, generations)
        for entry in each
    )


def findings(record: bytes, generations: Sequence[Generation]) -> tuple[Finding, ...]:
    """The findings against a record, resolved ones too."""
    place = slots.findings_place(record)
    said = _said("FindingRegistry", place, generations)
    return _in_order(_finding(entry) for each in said for entry in each)


def _finding(entry: Mapping[str, Any]) -> Finding:
    raised = Finding(entry["finding"], entry["account"], entry["recorded"])
    if not entry["resolved"]:
        return raised
    return Finding(
        raised.finding,
        raised.account,
        raised.recorded,
        entry["resolution"],
        entry["resolver"],
        entry["resolved"],
    )


def _said(registry: str, place: Place, generations: Sequence[Generation]) -> Iterator[Any]:
    return (place.read(each[registry]) for each in generations)


def _same(values: Iterable[bytes]) -> bytes | None:
    """The one id that is said, None when none is."""
    found = set(values) - {_NONE}
    if len(found) > 1:
        raise DisagreeError("generations of the contracts disagree")
    return found.pop() if found else None


def _histories(said: Iterable[Iterable[Mapping[str, Any]]]) -> tuple[Entry[int], ...]:
    return _in_order(
        Entry(entry["effective"], entry["recorded"], entry["value"], entry["account"])
        for each in said
        for entry in each
    )


def _in_order(entries: Iterable[Any]) -> tuple[Any, ...]:
    """By the time of recording; what is of one time stays as it was."""
    return tuple(sorted(entries, key=lambda entry: entry.recorded))
