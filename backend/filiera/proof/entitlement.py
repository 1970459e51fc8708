# SPDX-License-Identifier: Apache-2.0
"""Who may say what, judged at one instant (docs/proof.md 10).

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
    if scopes is not None and scopes & scope:
        return None
    if account.voided:
        return "account-compromised"
    if scopes is None:
        return "account-not-yet-valid"
    return "scope-missing" if scopes else "account-closed"


def role_fault(participant: Participant, role: Role, instant: int) -> str | None:
    """None if the participant has `role` at `instant`, else why not."""
    if (state_at(participant.roles, instant) or 0) & role:
        return None
    return "account-compromised" if participant.voided else "role-missing"
