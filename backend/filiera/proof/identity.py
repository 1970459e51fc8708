# SPDX-License-Identifier: Apache-2.0
"""Whose word it is: identity records, up to a founding association (PROTOCOL 2 and 8).

A participant's name is the one that the association which enrolled it states in the
identity record (DIA) that the registry holds, never the issuer's own word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from filiera.model.ids import parse_did_pkh
from filiera.model.statement import Identity as IdentityStatement
from filiera.proof.checks import Case
from filiera.proof.evidence import Trust
from filiera.proof.facts import ChainFacts, Participant, state_at
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.verdict import Check, combine

MAX_CHAIN = 8
"""Associations between a participant and a founding one."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The answer about one participant: a code, its params, and the name if proven."""

    code: str
    reason: str = ""
    name: str | None = None
    record: bytes | None = None

    @property
    def outcome(self) -> Outcome:
        """The outcome that the code stands for."""
        return REASONS[self.code].outcome


def current_profile(participant: Participant, facts: ChainFacts) -> bytes | None:
    """The id of the identity record in force at the facts' block."""
    return state_at(participant.profiles, facts.block.time)


def identity_of(
    participant: bytes,
    facts: ChainFacts | None,
    trust: Trust,
    opened: Callable[[bytes], tuple[Case | None, tuple[Check, ...]]],
    depth: int = 0,
) -> Identity:
    """Prove `participant`'s identity record, and its enroller's, up to a founder.

    `opened` reads an identity record of the evidence and makes its own checks.
    """
    if facts is None:
        return Identity("identity-unknown", "chain-unreachable")
    holder = facts.participants.get(participant)
    if holder is None:
        return Identity("identity-unknown", "fact-missing")
    if holder.enroller is None or not holder.profiles or holder.profiles[0].value != participant:
        return Identity("identity-mismatch")
    profile = current_profile(holder, facts)
    if profile is None:
        return Identity("identity-mismatch")
    case, checks = opened(profile)
    if case is None or combine(c.outcome for c in checks) is not Outcome.PROVEN:
        return _unproven(profile, checks)
    if not _fits(case, holder, facts):
        return Identity("identity-mismatch", record=profile)
    said = case.statement.said
    name = said.registered_name if isinstance(said, IdentityStatement) else None
    if participant in trust.founders:
        return Identity("identity-ok", name=name, record=profile)
    if holder.enroller == participant or depth == MAX_CHAIN:
        return Identity("identity-not-founded", record=profile)
    above = identity_of(holder.enroller, facts, trust, opened, depth + 1)
    if above.code == "identity-ok":
        return Identity("identity-ok", name=name, record=profile)
    return above


def _unproven(profile: bytes, checks: tuple[Check, ...]) -> Identity:
    outcome = combine(check.outcome for check in checks)
    reason = next((c.code for c in checks if c.outcome is outcome), "record-missing")
    if reason == "record-missing":
        return Identity("identity-missing", record=profile)
    disproven = outcome is Outcome.DISPROVEN
    return Identity(
        "identity-disproven" if disproven else "identity-unknown", reason, None, profile
    )


def _fits(case: Case, holder: Participant, facts: ChainFacts) -> bool:
    """The subject is an account of `holder`, the issuer is the enroller that is on chain."""
    issuer = case.account
    named = parse_did_pkh(case.statement.subject)
    if issuer is None or issuer.participant != holder.enroller or named is None:
        return False
    subject = facts.accounts.get(named[1])
    return named[0] == facts.chain_id and subject is not None and subject.participant == holder.id
