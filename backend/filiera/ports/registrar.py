# SPDX-License-Identifier: Apache-2.0
"""Registrar: what is done in the ParticipantRegistry, by an association and by accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from filiera.proof.facts import Block


@dataclass(frozen=True, slots=True)
class AccountConsent:
    """An account's word that it will sign for a participant (EIP-712, docs/contracts.md).

    `enroller` is the participant id of the association that the participant is, or is to
    be, enrolled by; `scopes` a mask of `Scope`; `nonce` what `consent_nonce` says;
    `deadline` the last second at which the contract takes it; `signature` has 65 bytes and
    is empty until the account has signed.
    """

    participant: bytes
    enroller: bytes
    account: str
    scopes: int
    nonce: int
    deadline: int
    signature: bytes = b""


class Registrar(Protocol):
    """What an association does, with one account of its own, for whom it enrolled.

    Every method but the first two sends a transaction and returns the block that it was
    mined in. `effective` is the second from which an entry holds, 0 the block's time; the
    contract refuses an earlier one except in `accredit`. Nothing here is idempotent: a
    caller that does not know whether an earlier call arrived reads the registry first.

    Raises `ConflictError` (`chain-refused`, naming the contract's error) when the contract
    reverts, `UnavailableError` (part "chain") when the node does not answer; then it is not
    known whether the transaction was mined.
    """

    def association(self) -> bytes:
        """The participant id that the association's account belongs to."""
        ...

    def consent_nonce(self, account: str) -> int:
        """The nonce that the account's next consent must carry."""
        ...

    def enrol(self, roles: int, consent: AccountConsent) -> Block:
        """Enrol the participant that the consent names, with its first account."""
        ...

    def add_account(self, consent: AccountConsent, *, effective: int = 0) -> Block:
        """Give the participant a further account."""
        ...

    def set_scopes(self, account: str, scopes: int, *, effective: int = 0) -> Block:
        """Narrow or end an account's scopes."""
        ...

    def widen_scopes(self, consent: AccountConsent, *, effective: int = 0) -> Block:
        """Set an account's scopes to those of its new consent."""
        ...

    def set_roles(self, participant: bytes, roles: int, *, effective: int = 0) -> Block:
        """Grant and end roles: the whole mask from `effective` on."""
        ...

    def set_profile(self, participant: bytes, profile: bytes, *, effective: int = 0) -> Block:
        """Name the record id of a newer identity record."""
        ...

    def set_compromised(self, account: str, since: int) -> Block:
        """Void what the account signed that was anchored at or after `since`; closes it."""
        ...

    def accredit(
        self, certifier: bytes, scheme: bytes, *, granted: bool = True, effective: int = 0
    ) -> Block:
        """Grant or end an accreditation; `scheme` is keccak256 of the scheme id's UTF-8."""
        ...


class AccountKeeper(Protocol):
    """What a participant does, with one open account, for accounts of its own.

    Blocks, errors and `effective` as in `Registrar`.
    """

    def close(self, account: str, *, effective: int = 0) -> Block:
        """Close an account: the participant's own or another of it."""
        ...

    def report(self, account: str) -> Block:
        """Close an account now and say that it may be in wrong hands; voids nothing."""
        ...
