# SPDX-License-Identifier: Apache-2.0
"""Keys, the deployment and the enrolment of everyone in a demonstration."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from filiera.adapters.keys.keystore import Keystore
from filiera.adapters.ledger.deployment import Deployment, deploy
from filiera.adapters.ledger.eip712 import (
    participant_domain,
    sign_consent,
    sign_instruction,
    status_domain,
)
from filiera.adapters.ledger.registrar import Web3Registrar
from filiera.adapters.ledger.rpc import Rpc
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

    @property
    def founder(self) -> SampleParticipant:
        """The founding association: the first of all."""
        return self._people[0]

    def issuers(self, chain_id: int) -> dict[str, Named]:
        """How each is named in what it signs."""
        return {
            person.key: Named(
                did_pkh(chain_id, self.signers[person.key].address), person.registered_name
            )
            for person in self._people
        }

    def sign(self, planned: PlannedRecord, context: Context) -> bytes:
        """The signed record that a plan describes."""
        return sign_record(planned.build(context), context.chain_id, self.signers[planned.signer])

    def found(self, rpc: Rpc, path: Path, identities: Mapping[str, bytes], now: int) -> Deployment:
        """Deploy by the founder's key, then enrol the others, each with its own consent.

        `identities` maps each key to its signed identity record: the founder's is signed
        before there is a registry, because its hash is the founder's participant id.
        """
        founder = record_id(identities[self.founder.key])
        signer = self.signers[self.founder.key]
        deployment = deploy(rpc, signer, founder, path)
        registrar = Web3Registrar(rpc, deployment, signer)
        registry = deployment.address("ParticipantRegistry")
        domain = participant_domain(deployment.chain_id, registry)
        for person in self._people[1:]:
            account = self.signers[person.key]
            consent = AccountConsent(
                participant=record_id(identities[person.key]),
                enroller=founder,
                account=account.address,
                scopes=int(person.scopes),
                nonce=registrar.consent_nonce(account.address),
                deadline=now + CONSENT_LIFE,
            )
            registrar.enrol(int(person.roles), sign_consent(consent, domain, account))
        self._deployment, self._registrar = deployment, registrar
        self._participants = {key: record_id(jws) for key, jws in identities.items()}
        return deployment

    def accredit(self, accreditations: Sequence[SampleAccreditation]) -> None:
        """The founding association's word on who may certify by which scheme."""
        for each in accreditations:
            self._registrar.accredit(
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
