# SPDX-License-Identifier: Apache-2.0
"""The ports of the ParticipantRegistry: what an association does, and what accounts do."""

from __future__ import annotations

from typing import Any

from filiera.adapters.ledger.contracts import artifact
from filiera.adapters.ledger.deployment import Deployment
from filiera.adapters.ledger.eip712 import ethereum_signature
from filiera.adapters.ledger.reading import read_facts, read_nonce
from filiera.adapters.ledger.rpc import Rpc
from filiera.adapters.ledger.transactions import Sender, read_block
from filiera.errors import RefusedError
from filiera.ports.registrar import AccountConsent
from filiera.ports.signer import Signer
from filiera.proof.facts import Block

_REGISTRY = "ParticipantRegistry"


class _Writer:
    """One account that transacts with the ParticipantRegistry."""

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        signer: Signer,
        *,
        tip: int = 0,
        confirmations: int = 0,
    ) -> None:
        self._rpc = rpc
        self._deployment = deployment
        self._sender = Sender(
            rpc, deployment.chain_id, signer, tip=tip, confirmations=confirmations
        )

    def _send(self, function: str, *arguments: Any) -> Block:
        data = artifact(_REGISTRY).call(function, *arguments)
        return self._sender.send(data, self._deployment.address(_REGISTRY)).block


class Web3Registrar(_Writer):
    """`Registrar` by transactions of one of the association's accounts."""

    def association(self) -> bytes:
        """The participant id that the account belongs to; raises `account-unknown`."""
        address = self._sender.address
        facts = read_facts(
            self._rpc, self._deployment, read_block(self._rpc, "latest"), accounts=[address]
        )
        participant = facts.accounts[address].participant
        if participant is None:
            raise RefusedError(
                "account-unknown", "The registry gives this account to nobody.", where=address
            )
        return participant

    def consent_nonce(self, account: str) -> int:
        """The nonce that the account's next consent must carry."""
        return read_nonce(self._rpc, self._deployment, _REGISTRY, account)

    def enrol(self, roles: int, consent: AccountConsent) -> Block:
        """Enrol the participant that the consent names, with its first account."""
        return self._send(
            "enrol",
            consent.participant,
            roles,
            consent.account,
            consent.scopes,
            _signed(consent),
        )

    def add_account(self, consent: AccountConsent, *, effective: int = 0) -> Block:
        """Give the participant a further account."""
        return self._send(
            "addAccount",
            consent.participant,
            consent.account,
            consent.scopes,
            effective,
            _signed(consent),
        )

    def set_scopes(self, account: str, scopes: int, *, effective: int = 0) -> Block:
        """Narrow or end an account's scopes."""
        return self._send("setScopes", account, scopes, effective)

    def widen_scopes(self, consent: AccountConsent, *, effective: int = 0) -> Block:
        """Set an account's scopes to those of its new consent."""
        return self._send(
            "widenScopes", consent.account, consent.scopes, effective, _signed(consent)
        )

    def set_roles(self, participant: bytes, roles: int, *, effective: int = 0) -> Block:
        """Grant and end roles: the whole mask from `effective` on."""
        return self._send("setRoles", participant, roles, effective)

    def set_profile(self, participant: bytes, profile: bytes, *, effective: int = 0) -> Block:
        """Name the record id of a newer identity record."""
        return self._send("setProfile", participant, profile, effective)

    def set_compromised(self, account: str, since: int) -> Block:
        """Void what the account signed that was anchored at or after `since`; closes it."""
        return self._send("setCompromised", account, since)

    def accredit(
        self, certifier: bytes, scheme: bytes, *, granted: bool = True, effective: int = 0
    ) -> Block:
        """Grant or end an accreditation; `scheme` is keccak256 of the scheme id's UTF-8."""
        return self._send("accredit", certifier, scheme, granted, effective)


class Web3AccountKeeper(_Writer):
    """`AccountKeeper` by transactions of one of the participant's accounts."""

    def close(self, account: str, *, effective: int = 0) -> Block:
        """Close an account: the participant's own or another of it."""
        return self._send("closeAccount", account, effective)

    def report(self, account: str) -> Block:
        """Close an account now and say that it may be in wrong hands; voids nothing."""
        return self._send("reportAccount", account)


def _signed(consent: AccountConsent) -> tuple[int, int, bytes]:
    return (consent.nonce, consent.deadline, ethereum_signature(consent.signature))
