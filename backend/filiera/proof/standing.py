# SPDX-License-Identifier: Apache-2.0
"""Standing: what became of a record since, from its proven statuses (docs/proof.md 10)."""

from __future__ import annotations

from dataclasses import replace

from filiera.proof.checks import Case
from filiera.proof.facts import ChainFacts, Finding, Status, StatusKind
from filiera.proof.verdict import Check, Standing, StandingState
from filiera.proof.void import is_void

_STATES: dict[int, StandingState] = {
    StatusKind.RESUMED: StandingState.IN_FORCE,
    StatusKind.SUSPENDED: StandingState.SUSPENDED,
    StatusKind.REVOKED: StandingState.REVOKED,
    StatusKind.SUPERSEDED: StandingState.SUPERSEDED,
}


def standing_of(participant: bytes | None, record: bytes, facts: ChainFacts | None) -> Standing:
    """The state of `record` at the facts' block.

    By the statuses of its own participant, and by findings against it: what is in force and
    has open ones is contested. What an account said after it was compromised is void. UNKNOWN
    when nobody could say, and when it is not known whether the account that spoke last was
    compromised, or what it said.
    """
    if facts is None or participant is None:
        return Standing(StandingState.UNKNOWN)
    statuses = facts.statuses.get((participant, record))
    findings = facts.findings.get(record)
    if statuses is None or findings is None:
        return Standing(StandingState.UNKNOWN)
    said = _last(statuses, facts)
    if not findings:
        return said
    open_ones = tuple(each for each in findings if _is_open(each, facts))
    if not all(_is_read(each, facts) for each in findings):
        return Standing(StandingState.UNKNOWN)
    said = replace(said, findings=tuple(each.finding for each in open_ones))
    if said.state is StandingState.IN_FORCE and open_ones:
        raised = open_ones[0].recorded
        return replace(said, state=StandingState.CONTESTED, since=raised, recorded=raised)
    return said


def _last(statuses: tuple[Status, ...], facts: ChainFacts) -> Standing:
    for status in reversed(statuses):
        void = is_void(status.account, status.recorded, facts)
        if status.effective <= facts.block.time and not void:
            return _said(status, facts)
    return Standing(StandingState.IN_FORCE)


def _is_open(finding: Finding, facts: ChainFacts) -> bool:
    """Raised by an account that was not stolen, and not resolved by one that was not."""
    if is_void(finding.account, finding.recorded, facts):
        return False
    if finding.resolved is None:
        return True
    return is_void(finding.resolver, finding.resolved, facts)


def _is_read(finding: Finding, facts: ChainFacts) -> bool:
    resolver = finding.resolver
    return finding.account in facts.accounts and (resolver is None or resolver in facts.accounts)


def _said(status: Status, facts: ChainFacts) -> Standing:
    state = _STATES.get(status.kind)
    if state is None or status.account not in facts.accounts:
        return Standing(StandingState.UNKNOWN)
    return Standing(state, status.effective, status.recorded, status.reason, status.successor)


def check_standing(case: Case, standing: Standing, successor: Case | None) -> Check:
    """The standing is known, and a successor really is one.

    It has the same participant, type and subject, is anchored, and names its predecessor.
    """
    if standing.state is StandingState.UNKNOWN:
        return case.unread("standing", "its statuses and findings")
    if standing.state is not StandingState.SUPERSEDED:
        return case.check("standing", "standing-ok")
    clear = successor is not None and _succeeds(successor, case)
    return case.check("standing", "standing-ok" if clear else "superseded-unclear")


def _succeeds(successor: Case, case: Case) -> bool:
    return (
        successor.anchored is not None
        and successor.participant == case.participant
        and successor.statement.type is case.statement.type
        and successor.statement.subject == case.statement.subject
        and successor.statement.predecessor == case.id
    )
