# SPDX-License-Identifier: Apache-2.0
"""What a demonstration shows: the project's own sample, or a person's EPCIS documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

from filiera.cli.words import language, say
from filiera.demo.people import People
from filiera.demo.request import DemoRequest
from filiera.domain.epcis import SENTENCES, AlsoSaid, plan_import
from filiera.errors import InputError
from filiera.model.status_reasons import status_reason
from filiera.proof.jws import record_id
from filiera.sample.district import build_sample, identity_key
from filiera.sample.participants import SampleParticipant
from filiera.sample.plan import Context, PlannedRecord
from filiera.services import Services
from filiera.services.accept import File
from filiera.services.epcis_files import read_epcis_paths
from filiera.services.import_epcis import sign_import

SHOWN: Final = 20
"""Events that are no steps, shown one by one."""


class Submit(Protocol):
    """How signed records and their files reach the server."""

    def __call__(self, records: Sequence[bytes], files: Sequence[File]) -> None:
        """Submit them all, or raise what was wrong with the first that was refused."""
        ...


@dataclass(slots=True)
class Session:
    """What loading works with: who signs, where it goes, and what was signed so far."""

    people: People
    services: Services
    submit: Submit
    now: int
    signed: dict[str, bytes] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        """The context in which plans are carried out."""
        return self.people.context(self.now, self.signed)

    def carry_out(self, planned: Sequence[PlannedRecord]) -> None:
        """Sign, submit and anchor, round after round."""
        for _, group in groupby(planned, key=lambda each: each.anchor_round):
            self._submit_round(list(group))
            self.services.anchoring.anchor_now()

    def _submit_round(self, group: Sequence[PlannedRecord]) -> None:
        records = []
        for each in group:
            jws = self.people.sign(each, self.context)
            self.signed[each.key] = record_id(jws)
            records.append(jws)
        files = {file.data: File(file.name, file.data) for each in group for file in each.documents}
        self.submit(records, list(files.values()))


class Content(Protocol):
    """One thing to show."""

    @property
    def people(self) -> Sequence[SampleParticipant]:
        """Who takes part, the founding association first."""
        ...

    @property
    def identities(self) -> Sequence[PlannedRecord]:
        """Their identity records, in the same order."""
        ...

    @property
    def default_key(self) -> str:
        """The key that the other commands sign with while this runs."""
        ...

    def load(self, session: Session, identities: Sequence[bytes]) -> str:
        """Sign, submit and anchor everything; the id of the product to show."""
        ...

    def notes(self, *, serves: bool) -> Sequence[str | tuple[str, ...]]:
        """Remarks to print under the passport; `serves`: whether the server goes on."""
        ...


class SampleContent:
    """The project's own sample supply chain."""

    default_key = "brand"

    def __init__(self, now: int) -> None:
        self._sample = build_sample(now)
        self.people: Sequence[SampleParticipant] = self._sample.participants
        self.identities: Sequence[PlannedRecord] = self._sample.identities
        self.records: Sequence[PlannedRecord] = self._sample.records
        self.accreditations = self._sample.accreditations
        self.product = self._sample.main.id
        self.own_records = (self._sample.main.own, self._sample.second.own)

    def load(self, session: Session, identities: Sequence[bytes]) -> str:
        """Enrolment's records, accreditations, everything said, and what was revoked since."""
        session.submit(identities, [])
        session.services.anchoring.anchor_now()
        session.people.accredit(self.accreditations)
        session.carry_out(self.records)
        for revocation in self._sample.revocations:
            signer = next(each.signer for each in self.records if each.key == revocation.record)
            record = session.signed[revocation.record]
            reason = status_reason(revocation.reason).number
            session.people.revoke(session.services, signer, record, reason)
        return self.product

    def notes(self, *, serves: bool) -> Sequence[str | tuple[str, ...]]:
        """What else there is to ask the server, if it is there to be asked."""
        if not serves:
            return []
        second = self._sample.second
        return [say("demo.second", name=second.name, command=_command(), product=second.id)]


def _command() -> str:
    """How a person here calls the command line."""
    return ".venv/bin/filiera" if Path(".venv/bin/filiera").exists() else "filiera"


class EpcisContent:
    """A person's own EPCIS documents, signed by one importer "as stated by" others."""

    default_key = "importer"
    _KEYS = ("association", "operator", "importer")

    def __init__(self, paths: str, product: str | None, now: int) -> None:
        sample = build_sample(now)
        self.people: Sequence[SampleParticipant] = tuple(
            each for each in sample.participants if each.key in self._KEYS
        )
        self.identities: Sequence[PlannedRecord] = tuple(
            each
            for person in self.people
            for each in sample.identities
            if each.key == identity_key(person.key)
        )
        read = read_epcis_paths(paths)
        self._passed_over = read.passed_over
        self._plan = plan_import(read.files, product, now=now)

    def load(self, session: Session, identities: Sequence[bytes]) -> str:
        """Sign every step and the product's statement, and hand them in with their files."""
        session.submit(identities, [])
        session.services.anchoring.anchor_now()
        issuer = session.context.issuers[self.default_key]
        signer = session.people.signers[self.default_key]
        signed = sign_import(self._plan, issuer, session.people.chain_id, signer, session.now)
        for records, files in signed.requests():
            session.submit(records, files)
        session.services.anchoring.anchor_now()
        return self._plan.product.product.product

    def notes(self, *, serves: bool) -> Sequence[str | tuple[str, ...]]:  # noqa: ARG002  # protocol
        """What the files say besides, counted; and what could not become a step, and why."""
        said = self._plan.also_said
        lines: list[str | tuple[str, ...]] = list(self._passed_over)
        if said:
            lines.append(say("demo.also-said", count=len(said)))
            lines.append(tuple(_also_said(each) for each in said[:SHOWN]))
        if len(said) > SHOWN:
            lines.append(say("demo.more", count=len(said) - SHOWN))
        return lines


def _also_said(said: AlsoSaid) -> str:
    """One event that is no step, and why."""
    event = " ".join(filter(None, (said.type, said.action, said.business_step)))
    why = SENTENCES[said.reason][language() == "it"]
    if said.missing:
        why = f"{why} ({', '.join(said.missing)})"
    return f"{said.file_name}, {event}: {why}"


def content_for(request: DemoRequest, now: int) -> Content:
    """What the request wants to be shown; raises InputError for EPCIS that cannot be read."""
    if request.epcis is not None:
        return EpcisContent(request.epcis, request.product, now)
    if request.product is not None:
        raise InputError("usage", "PRODUCT goes with EPCIS.", where=f"PRODUCT={request.product}")
    return SampleContent(now)
