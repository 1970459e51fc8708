# SPDX-License-Identifier: Apache-2.0
"""Who may say what, by what the latest block says of who signs (docs/contracts.md)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from filiera.errors import CODES, InputError, RefusedError
from filiera.model.ids import ni_uri
from filiera.model.statement import Statement
from filiera.ports.ledger import Ledger
from filiera.proof.entitlement import account_fault, required_role, role_fault
from filiera.proof.facts import ChainFacts
from filiera.proof.jws import SignedRecord
from filiera.proof.void import recorders, without_void
from filiera.proof.wanted import ROUNDS


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What the chain says of some signers; None where there are none."""

    facts: ChainFacts | None

    def of(self, signed: SignedRecord, statement: Statement) -> bytes:
        """The participant whose record this is; raises RefusedError if it may not say it."""
        facts = self.facts
        if facts is None or signed.address not in facts.accounts:
            raise _refused("account-unknown", signed)
        if signed.chain_id != facts.chain_id:
            raise InputError(
                "jws-chain", f"This is chain {facts.chain_id}, not {signed.chain_id}.", where="kid"
            )
        account = facts.accounts[signed.address]
        fault = account_fault(account, facts.block.time)
        if fault is not None or account.participant is None:
            raise _refused(fault or "account-unknown", signed)
        role = required_role(statement)
        holder = facts.participants[account.participant]
        if role is None or role_fault(holder, role, facts.block.time):
            raise _refused("role-missing", signed)
        return account.participant


def entitlement_of(signers: Collection[str], ledger: Ledger) -> Entitlement:
    """What the latest block says of these addresses; raises `UnavailableError`."""
    if not signers:
        return Entitlement(None)
    head = ledger.head()
    accounts = ledger.read(head, accounts=signers)
    holders = {each.participant for each in accounts.accounts.values() if each.participant}
    facts = accounts.merged(ledger.read(head, participants=holders))
    for _ in range(ROUNDS):
        others = recorders(facts) - facts.accounts.keys()
        if not others:
            break
        facts = facts.merged(ledger.read(head, accounts=others))
    return Entitlement(without_void(facts))


def _refused(code: str, signed: SignedRecord) -> RefusedError:
    return RefusedError(code, CODES[code], where=f"{ni_uri(signed.id)}, account {signed.address}")
