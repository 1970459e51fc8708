# SPDX-License-Identifier: Apache-2.0
"""Keys, the deployment and the enrolment of everyone in a demonstration."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from filiera.adapters.keys.keystore import Keystore
from filiera.adapters.ledger.deployment import deploy
from filiera.adapters.ledger.eip712 import (
    participant_domain,
    sign_consent,
    sign_instruction,
    status_domain,
)
from filiera.adapters.ledger.registrar import Web3Registrar
from filiera.adapters.ledger.rpc import Rpc
from filiera.adapters.ledger.transactions import read_block
from filiera.model.ids import did_pkh
from filiera.model.named import Named
from filiera.ports.ledger import StatusInstruction
from filiera.ports.registrar import AccountConsent
from filiera.ports.signer import Signer
from filiera.proof.facts import StatusKind, scheme_key
from filiera.proof.jws import record_id, sign_record
from filiera.sample.participants import SampleParticipant
from filiera.sample.plan import Context, PlannedRecord, SampleAccreditation
from filiera.services import Services

T = TypeVar("T")
CONSENT_LIFE = 3600
"""Seconds for which a demonstration's consents hold."""


class People:
    """Everyone of one demonstration: keys in `folder`, all under one generated password.

    The keys are made with a low KDF cost, for they sign for invented firms on a chain that
    ends with the demonstration.
    """

    def __init__(
        self, folder: Path, password_file: Path, people: Sequence[SampleParticipant]
    ) -> None:
        self._people = people
        password = secrets.token_urlsafe(18)
        password_file.touch(mode=0o600)
        password_file.write_text(password + "\n", "utf-8")
        keys = Keystore(folder)
        self.signers: dict[str, Signer] = {}
        for person in people:
            keys.new(person.key, password, cheap=True)
            self.signers[person.key] = keys.unlock(person.key, password)

    def context(self, now: int, signed: Mapping[str, bytes] | None = None) -> Context:
        """The context in which plans are carried out, on the chain of `found`."""
        issuers = {
            person.key: Named(
                did_pkh(self.chain_id, self.signers[person.key].address), person.registered_name
            )
            for person in self._people
        }
        return Context(self.chain_id, now, issuers, signed or {})

    def sign(self, planned: PlannedRecord, context: Context) -> bytes:
        """The signed record that a plan describes."""
        return sign_record(planned.build(context), context.chain_id, self.signers[planned.signer])

    def found(
        self,
        rpc: Rpc,
        path: Path,
        planned: Sequence[PlannedRecord],
        now: int,
        *,
        confirmations: int = 0,
    ) -> list[bytes]:
        """Deploy by the founder's key, then enrol the others, each with its own consent.

        `planned` are everybody's identity records, in the order of the people; they are
        returned signed. The founder's is signed before there is a registry, because its
        hash is the founder's participant id. `confirmations` as in `Sender`.
        """
        self.chain_id = int(rpc.call("eth_chainId"), 16)
        context = self.context(now)
        identities = [self.sign(each, context) for each in planned]
        keys = (person.key for person in self._people)
        self._participants = dict(zip(keys, map(record_id, identities), strict=True))
        founder = self._people[0].key
        signer, participant = self.signers[founder], self._participants[founder]
        deployment = deploy(rpc, signer, participant, path, confirmations=confirmations)
        self._deployment = deployment
        self._registrar = Web3Registrar(rpc, deployment, signer)
        self._settling = Web3Registrar(rpc, deployment, signer, confirmations=confirmations)
        deadline = read_block(rpc, "latest").time + CONSENT_LIFE
        for registrar, person in self._in_turn(self._people[1:]):
            registrar.enrol(int(person.roles), self._consent(person, deadline))
        return identities

    def _in_turn(self, items: Sequence[T]) -> Iterator[tuple[Web3Registrar, T]]:
        """Each with the registrar for it: with the last transaction, all are settled."""
        for number, item in enumerate(items, 1):
            yield self._settling if number == len(items) else self._registrar, item

    def _consent(self, person: SampleParticipant, deadline: int) -> AccountConsent:
        """The account's own word that it will sign for the participant."""
        account, deployment = self.signers[person.key], self._deployment
        consent = AccountConsent(
            participant=self._participants[person.key],
            enroller=self._participants[self._people[0].key],
            account=account.address,
            scopes=int(person.scopes),
            nonce=self._registrar.consent_nonce(account.address),
            deadline=deadline,
        )
        registry = deployment.address("ParticipantRegistry")
        return sign_consent(consent, participant_domain(self.chain_id, registry), account)

    def accredit(self, accreditations: Sequence[SampleAccreditation]) -> None:
        """The founding association's word on who may certify by which scheme."""
        for registrar, each in self._in_turn(accreditations):
            registrar.accredit(
                self._participants[each.certifier],
                scheme_key(each.scheme),
                effective=each.effective,
            )

    def revoke(self, services: Services, signer: str, record: bytes, reason: int) -> None:
        """Revoke a record by its issuer's signed instruction, relayed like anybody's."""
        account = self.signers[signer]
        instruction = StatusInstruction(
            participant=self._participants[signer],
            record=record,
            kind=StatusKind.REVOKED,
            reason=reason,
            effective=0,
            successor=bytes(32),
            account=account.address,
            nonce=services.ledger.status_nonce(account.address),
            deadline=services.ledger.head().time + CONSENT_LIFE,
        )
        deployment = self._deployment
        domain = status_domain(deployment.chain_id, deployment.address("StatusRegistry"))
        services.ledger.relay_status(sign_instruction(instruction, domain, account))
