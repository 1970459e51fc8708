# SPDX-License-Identifier: Apache-2.0
"""From what the registries' getters return to chain facts.

The order of the values in each tuple is that of the structs in contracts/interfaces.
"""

from __future__ import annotations

from typing import Any

from filiera.proof.facts import (
    Account,
    Accreditation,
    Anchor,
    AnchorKey,
    Entry,
    Finding,
    Participant,
    Report,
    Status,
)

_NONE = bytes(32)


def account_fact(address: str, returned: Any) -> Account:
    """From `accountOf`."""
    participant, scopes, compromises = returned
    return Account(
        address=address,
        participant=None if participant == _NONE else participant,
        scopes=_entries(scopes),
        compromised_since=compromises[-1][0] if compromises else None,
        reports=tuple(Report(since, at, by.lower()) for since, at, by in compromises),
    )


def participant_fact(participant: bytes, returned: Any) -> Participant:
    """From `participantOf`."""
    enroller, profiles, roles = returned
    return Participant(
        id=participant,
        enroller=None if enroller == _NONE else enroller,
        profiles=tuple(
            Entry(effective, recorded, profile, account.lower())
            for effective, recorded, account, profile in profiles
        ),
        roles=_entries(roles),
    )


def anchor_fact(key: AnchorKey, returned: Any) -> Anchor:
    """From `anchorOf`."""
    time, count, sequence = returned
    return Anchor(*key, time, count, sequence)


def status_facts(returned: Any) -> tuple[Status, ...]:
    """From `statusesOf`: the successor is the last entry's, as superseded is final."""
    entries, successor = returned
    last = len(entries) - 1
    return tuple(
        Status(
            kind=kind,
            reason=reason,
            recorded=recorded,
            effective=effective,
            account=account,
            successor=successor if i == last and successor != _NONE else None,
        )
        for i, (effective, recorded, kind, reason, account) in enumerate(entries)
    )


def finding_facts(returned: Any) -> tuple[Finding, ...]:
    """From `findingsOf`."""
    return tuple(
        Finding(finding, by.lower(), at, resolution, resolver.lower(), resolved)
        if resolved
        else Finding(finding, by.lower(), at)
        for finding, by, at, resolution, resolver, resolved in returned
    )


def accreditation_facts(returned: Any) -> tuple[Entry[Accreditation], ...]:
    """From `accreditationsOf`."""
    return tuple(
        Entry(effective, recorded, Accreditation(granted, association), account.lower())
        for effective, recorded, granted, account, association in returned
    )


def _entries(returned: Any) -> tuple[Entry[int], ...]:
    return tuple(
        Entry(effective, recorded, value, account.lower())
        for effective, recorded, value, account in returned
    )
