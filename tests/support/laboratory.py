# SPDX-License-Identifier: Apache-2.0
"""The small district with a laboratory in it: worlds of which claims say something.

`certifies` and `declares` sign a claim and have the passport list it; what is given changes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from filiera.domain.criteria_states import CriteriaStates, CriterionState
from filiera.domain.support import Accreditations, criteria_states
from filiera.model.base import Payload
from filiera.model.builders import certificate, self_declaration
from filiera.model.criteria import CriterionCode
from filiera.model.links import LinkType, RecordLink, link_payload
from filiera.model.named import Named
from filiera.model.times import format_instant
from filiera.proof.evidence import Evidence
from filiera.proof.facts import Accreditation, Entry, Role, Status, StatusKind, scheme_key
from filiera.proof.verdict import Verdict
from filiera.proof.verify import verify
from tests.support.world import ANCHORED, GARMENT, START, YARN, Firm, World

CHEMICAL = CriterionCode.CHEMICAL_EVIDENCE
SCHEME = Named("https://scheme.example/chemistry", "Textile chemistry")
PAPER = b"a certificate on paper"
SPUN = ANCHORED - 7200
"""When the yarn says that it was spun: every certificate here is about the yarn."""
DAY = 86_400


@dataclass
class Laboratory(World):
    """The small district, and a certifier with a certificate about the yarn."""

    lab: Firm = field(default_factory=lambda: Firm("Laboratorio", Role.CERTIFIER))
    claims: tuple[str, ...] = ("claim",)

    @property
    def firms(self) -> tuple[Firm, ...]:
        return self.association, self.mill, self.brand, self.lab

    def says(self, name: str, payload: Payload, firm: Firm | None = None) -> None:
        """Sign a claim and have the passport list it."""
        self.jws[name] = self.sign(firm or self.lab, payload)
        self.claims = (*self.claims, name)
        links = [self.link("weave", LinkType.STEP), self.link("spin", LinkType.STEP)]
        subject = self.own()
        listed = [*links, *(self.link(each, LinkType.CLAIM) for each in self.claims)]
        self.jws["own"] = self.sign(self.brand, _listing(subject, listed))

    def certifies(
        self,
        name: str = "certificate",
        *,
        since: int = ANCHORED - 30 * DAY,
        until: int | None = ANCHORED + 300 * DAY,
        about: str = YARN,
        **changes: object,
    ) -> None:
        envelope = replace(
            self.lab.envelope(name),
            valid_from=format_instant(since),
            valid_until=format_instant(until) if until else None,
        )
        given: dict[str, object] = {
            "number": "C-1",
            "scheme": SCHEME,
            "party": Named(self.mill.did, self.mill.name),
            "criteria": [CHEMICAL],
            "products": [Named(about, "Yarn")],
            "assessed_on": "2026-09-01",
        }
        self.says(name, certificate(envelope, **(given | changes)))  # type: ignore[arg-type]

    def declares(
        self, name: str = "declaration", *, valid_until: str | None = None, **changes: object
    ) -> None:
        given: dict[str, object] = {
            "criteria": [CHEMICAL],
            "products": [Named(GARMENT, "Garment")],
            "assessed_on": "2026-09-01",
        }
        envelope = self.brand.envelope(name, valid_until=valid_until)
        payload = self_declaration(envelope, **(given | changes))  # type: ignore[arg-type]
        self.says(name, payload, self.brand)

    def paper(self, kind: LinkType = LinkType.DOCUMENT) -> RecordLink:
        return RecordLink(kind, sha256(PAPER).digest(), "paper.pdf", "application/pdf")

    def evidence(self) -> Evidence:
        digest = sha256(PAPER).digest()
        evidence = super().evidence()
        return replace(evidence, documents={**evidence.documents, digest: digest})

    def judge(self, evidence: Evidence | None = None) -> Verdict:
        return verify(evidence or self.evidence(), self.trust(), GARMENT)

    def accreditations(
        self, granted: bool = True, effective: int = START, recorded: int = START
    ) -> dict[tuple[bytes, bytes], tuple[Entry[Accreditation], ...]]:
        entry = Entry(effective, recorded, Accreditation(granted, self.association.id))
        return {(self.lab.id, scheme_key(SCHEME.id)): (entry,)}

    def states(
        self, verdict: Verdict | None = None, known: Accreditations | None = None
    ) -> CriteriaStates:
        given = self.accreditations() if known is None else known
        return criteria_states(verdict or self.judge(), given)

    def chemical(
        self, verdict: Verdict | None = None, known: Accreditations | None = None
    ) -> CriterionState:
        return of(self.states(verdict, known), CHEMICAL)


def _listing(payload: Payload, links: Iterable[RecordLink]) -> Payload:
    documents = [link_payload(link) for link in links]
    subject = {**payload["credentialSubject"], "relatedDocument": documents}
    return {**payload, "credentialSubject": subject}


def of(states: CriteriaStates, code: CriterionCode) -> CriterionState:
    return next(each for each in states.criteria if each.code is code)


def with_statuses(evidence: Evidence, world: Laboratory, name: str, *said: Status) -> Evidence:
    assert evidence.facts is not None
    statuses = {**evidence.facts.statuses, (world.lab.id, world.id(name)): said}
    return replace(evidence, facts=replace(evidence.facts, statuses=statuses))


def status(world: Laboratory, kind: StatusKind, effective: int, recorded: int) -> Status:
    return Status(kind, 3, recorded, effective, world.lab.signer.address)
