# SPDX-License-Identifier: Apache-2.0
"""Who may say what, judged at one instant (PROTOCOL 2 and 5).

The same rules decide at acceptance (at the latest block's time) and in a verdict (at the
anchoring). An answer is a code of REASONS and None for "entitled".
"""

from __future__ import annotations

from filiera.model.statement import Statement
from filiera.proof.facts import Account, Participant, Role, Scope, state_at


def required_role(statement: Statement) -> Role | None:
    """The role on chain that a statement's issuer needs; None: nobody may say it."""
    return Role[statement.capacity.name] if statement.capacity else None


def account_fault(account: Account, instant: int, scope: Scope = Scope.RECORDS) -> str | None:
    """Why `account` could not sign with `scope` at `instant`, or None if it could."""
    if account.participant is None:
        return "account-unknown"
    if account.compromised_since is not None and instant >= account.compromised_since:
        return "account-compromised"
    scopes = state_at(account.scopes, instant)
    if scopes is None:
        return "account-not-yet-valid"
    if not scopes:
        return "account-closed"
    return None if scopes & scope else "scope-missing"


def role_fault(participant: Participant, role: Role, instant: int) -> str | None:
    """`role-missing` unless the participant has `role` at `instant`."""
    return None if (state_at(participant.roles, instant) or 0) & role else "role-missing"
