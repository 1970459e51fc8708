# SPDX-License-Identifier: Apache-2.0
"""Whose word it is: identity records, up to a founding association (docs/proof.md 10).

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
"""Enrolments from a founding association down to a participant."""

Opened = Callable[[bytes], tuple[Case | None, tuple[Check, ...]]]
"""A record by its id, if it can be read, and the checks made of it by itself."""


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
    participant: bytes, facts: ChainFacts | None, trust: Trust, opened: Opened
) -> Identity:
    """Prove `participant`'s identity record, and its enroller's, up to a founder.

    Beyond `MAX_CHAIN` enrolments nothing is looked at, and nothing held against anybody.
    `opened` reads an identity record of the evidence and makes its own checks.
    """
    if facts is None:
        return Identity("identity-unknown", "chain-unreachable")
    found = above = _stated(participant, facts, opened)
    holder = participant
    for _ in range(MAX_CHAIN + 1):
        if above.code != "identity-ok":
            return above
        if holder in trust.founders:
            return found
        enroller = facts.participants[holder].enroller
        if enroller == holder or enroller is None:
            return Identity("identity-not-founded", record=above.record)
        holder, above = enroller, _stated(enroller, facts, opened)
    return Identity("identity-unknown", "identity-not-founded", record=above.record)


def _stated(participant: bytes, facts: ChainFacts, opened: Opened) -> Identity:
    """What the identity record in force says, whoever stands behind its issuer."""
    holder = facts.participants.get(participant)
    if holder is None:
        return Identity("identity-unknown", "fact-missing")
    profile = current_profile(holder, facts)
    first = holder.profiles[0].value if holder.profiles else None
    if holder.enroller is not None and holder.voided and first != participant:
        return Identity("identity-disproven", "account-compromised")
    if holder.enroller is None or profile is None or first != participant:
        return Identity("identity-mismatch")
    case, checks = opened(profile)
    if case is None or combine(c.outcome for c in checks) is not Outcome.PROVEN:
        return _unproven(profile, checks)
    said = case.statement.said
    name = said.registered_name if isinstance(said, IdentityStatement) else None
    return _misfit(case, holder, facts) or Identity("identity-ok", name=name, record=profile)


def _unproven(profile: bytes, checks: tuple[Check, ...]) -> Identity:
    outcome = combine(check.outcome for check in checks)
    reason = next((c.code for c in checks if c.outcome is outcome), "record-missing")
    if reason == "record-missing":
        return Identity("identity-missing", record=profile)
    disproven = outcome is Outcome.DISPROVEN
    return Identity(
        "identity-disproven" if disproven else "identity-unknown", reason, None, profile
    )


def misfit_alone(case: Case) -> Identity | None:
    """Why an identity record by itself is nobody's, None if it is that of who it speaks of.

    An account that nobody has may yet be given to the participant that is meant.
    """
    facts, address = case.facts, _subject(case)
    if facts is None:
        return Identity("identity-unknown", "chain-unreachable")
    if address is None:
        return Identity("identity-mismatch")
    account = facts.accounts.get(address)
    if account is None:
        return Identity("identity-unknown", "fact-missing")
    if account.participant is None:
        return Identity("identity-unknown", "account-unknown")
    holder = facts.participants.get(account.participant)
    return _misfit(case, holder, facts) if holder else Identity("identity-unknown", "fact-missing")


def _misfit(case: Case, holder: Participant, facts: ChainFacts) -> Identity | None:
    """Why this is not an identity record of `holder`, None if it is one (docs/proof.md 10).

    The subject is an account of `holder`, the issuer is the enroller that is on chain.
    """
    issuer, address = case.account, _subject(case)
    if issuer is None:
        return Identity("identity-unknown", "fact-missing", record=case.id)
    if issuer.participant != holder.enroller or address is None:
        return Identity("identity-mismatch", record=case.id)
    subject = facts.accounts.get(address)
    if subject is None:
        return Identity("identity-unknown", "fact-missing", record=case.id)
    fits = subject.participant == holder.id
    return None if fits else Identity("identity-mismatch", record=case.id)


def _subject(case: Case) -> str | None:
    """The account that an identity record names, None if it is not one of its own chain."""
    named = parse_did_pkh(case.statement.subject)
    return named[1] if named is not None and named[0] == case.signed.chain_id else None
