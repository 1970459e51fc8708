# SPDX-License-Identifier: Apache-2.0
"""`verify`: the whole verdict about one product, from evidence alone (docs/proof.md 9 to 11).

Pure: no clock, no network, no database. It walks from the product's own record over
everything that is listed, transitively; asks the checks of `RECORD_CHECKS` of each record;
proves each issuer's identity; and says the standing of each beside it.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter

from filiera.model.links import LinkType
from filiera.model.statement import RecordType, Step, StepKind
from filiera.proof.checks import (
    OWN_TYPES,
    RECORD_CHECKS,
    Case,
    check_documents,
    check_listed_as,
    open_record,
)
from filiera.proof.evidence import Evidence, Trust
from filiera.proof.identity import Identity, identity_of, misfit_alone
from filiera.proof.reasons import Outcome
from filiera.proof.standing import check_standing, standing_of
from filiera.proof.verdict import (
    PASSPORT,
    Check,
    DocumentLine,
    Gap,
    RecordVerdict,
    Relation,
    Verdict,
    record_check,
)
from filiera.proof.void import without_void

# What a record may list, and as what (docs/records.md, "Links").
_LISTS: dict[Relation, dict[LinkType, Relation]] = {
    "own": {LinkType.STEP: "step", LinkType.CLAIM: "claim"},
    "step": {LinkType.INPUT: "step"},
    "claim": {},
}


def verify(evidence: Evidence, trust: Trust, subject: str) -> Verdict:
    """The verdict about the product `subject` (its canonical id), by `evidence`.

    The records come out in listed order, breadth first from the product's own record,
    identity records last.
    """
    return _Verification(_judged(evidence), trust).run(subject)


def verify_record(evidence: Evidence, trust: Trust) -> RecordVerdict:
    """The verdict about the one record `evidence.own`, whatever lists it or it lists."""
    return _Verification(_judged(evidence), trust).run_alone()


def _judged(evidence: Evidence) -> Evidence:
    """The evidence without what compromised accounts did on chain."""
    facts = without_void(evidence.facts) if evidence.facts else None
    return replace(evidence, facts=facts)


@dataclass(slots=True)
class _Verification:
    """One run, and what was opened so far.

    A record is opened apart for each thing that it is looked at as, so that what one record
    wrongly lists it as says nothing against it elsewhere.
    """

    evidence: Evidence
    trust: Trust
    opened: dict[tuple[bytes, Relation], tuple[Case | None, tuple[Check, ...]]] = field(
        default_factory=dict
    )
    identities: dict[bytes, Identity] = field(default_factory=dict)

    def run(self, subject: str) -> Verdict:
        verdicts = {record: self._judge(record, *kinds) for record, kinds in self._walk().items()}
        while unjudged := [
            identity.record
            for identity in self.identities.values()
            if identity.record is not None and identity.record not in verdicts
        ]:
            verdicts |= {record: self._judge(record, "identity") for record in unjudged}
        listed = [record for record, found in verdicts.items() if found.relation == "step"]
        opened = {record: self._open(record, "step")[0] for record in listed}
        steps = {record: case for record, case in opened.items() if case is not None}
        whole = (
            self._check_chain(),
            self._check_subject(self._open(self.evidence.own, "own")[0], subject),
            _check_steps(steps, bool(listed)),
        )
        facts = self.evidence.facts
        return Verdict(
            subject=subject,
            checks=(*whole, *(check for v in verdicts.values() for check in v.checks)),
            records=verdicts,
            own=self.evidence.own,
            source=facts.source if facts else None,
            block=facts.block if facts else None,
            gaps=_gaps(steps, subject),
            asked=tuple(dict.fromkeys(record for record, _ in self.opened)),
        )

    def run_alone(self) -> RecordVerdict:
        found = self._judge(self.evidence.own, "alone")
        return replace(found, checks=(self._check_chain(), *found.checks))

    def _walk(self) -> dict[bytes, list[Relation]]:
        """Every listed record, transitively, with everything that it is listed as."""
        listed: dict[bytes, list[Relation]] = {self.evidence.own: ["own"]}
        queue: deque[tuple[bytes, Relation]] = deque([(self.evidence.own, "own")])
        while queue:
            record, lister = queue.popleft()
            case, _ = self._open(record, lister)
            for link in case.statement.links if case else ():
                relation = _LISTS[lister].get(link.kind)
                if relation is not None and relation not in listed.get(link.digest, ()):
                    listed.setdefault(link.digest, []).append(relation)
                    queue.append((link.digest, relation))
        return listed

    def _open(self, record: bytes, relation: Relation) -> tuple[Case | None, tuple[Check, ...]]:
        """The case of a record and the checks that need no other record."""
        if (record, relation) not in self.opened:
            self.opened[record, relation] = self._check(record, relation)
        return self.opened[record, relation]

    def _check(self, record: bytes, relation: Relation) -> tuple[Case | None, tuple[Check, ...]]:
        presented = self.evidence.records.get(record)
        case, integrity = open_record(record, relation, presented, self.evidence.facts)
        if case is None:
            missed = (record_check(record, name, "not-reached") for name, _ in RECORD_CHECKS)
            return None, (integrity, *missed)
        checks = (check(case) for _, check in RECORD_CHECKS)
        return case, (integrity, *checks, *check_documents(case, self.evidence))

    def _judge(self, record: bytes, *listed_as: Relation) -> RecordVerdict:
        relation = self._relation(record, listed_as)
        case, checks = self._open(record, relation)
        if case is None:
            standing = standing_of(None, record, None)
            return RecordVerdict(record, relation, checks, standing)
        others = (self._open(record, each)[0] for each in listed_as if each != relation)
        checks = (*checks, *(check_listed_as(other) for other in others if other is not None))
        participant = case.account.participant if case.account else None
        standing = standing_of(participant, record, self.evidence.facts)
        checks = (*checks, check_standing(case, standing, self._successor(standing.successor)))
        identity = self._identity(participant)
        if relation != "identity":
            checks = (*checks, _identity_check(case, identity))
        return RecordVerdict(
            id=record,
            relation=relation,
            checks=checks,
            standing=standing,
            statement=case.statement,
            address=case.signed.address,
            participant=participant,
            name=identity.name,
            anchored=case.anchored,
            documents=_document_lines(case, self.evidence),
        )

    def _relation(self, record: bytes, listed_as: tuple[Relation, ...]) -> Relation:
        """What the record is, if it is listed as that; else what it is listed as first."""
        for relation in listed_as if len(listed_as) > 1 else ():
            case, _ = self._open(record, relation)
            if case is not None and check_listed_as(case).outcome is Outcome.PROVEN:
                return relation
        return listed_as[0]

    def _identity(self, participant: bytes | None) -> Identity:
        if participant is None:
            return Identity("identity-unknown", "account-unknown")
        if participant not in self.identities:
            self.identities[participant] = identity_of(
                participant,
                self.evidence.facts,
                self.trust,
                lambda profile: self._open(profile, "identity"),
            )
        return self.identities[participant]

    def _successor(self, successor: bytes | None) -> Case | None:
        if successor is None or successor not in self.evidence.records:
            return None
        case, checks = self._open(successor, "successor")
        proven = all(check.outcome is Outcome.PROVEN for check in checks)
        return case if proven else None

    def _check_chain(self) -> Check:
        facts = self.evidence.facts
        if facts is None:
            return Check(PASSPORT, "chain", "chain-unreachable")
        same = (facts.chain_id, facts.genesis_hash) == (
            self.trust.chain_id,
            self.trust.genesis_hash,
        )
        return Check(PASSPORT, "chain", "chain-ok" if same else "chain-mismatch")

    def _check_subject(self, own: Case | None, subject: str) -> Check:
        if own is None:
            return Check(PASSPORT, "subject", "not-reached")
        same = own.statement.type in OWN_TYPES and own.statement.subject == subject
        return Check(PASSPORT, "subject", "subject-ok" if same else "subject-mismatch")


def _identity_check(case: Case, identity: Identity) -> Check:
    """Who the issuer is; and of an identity record also whom it speaks of."""
    found = identity
    if case.statement.type is RecordType.DIA and identity.outcome is not Outcome.DISPROVEN:
        found = misfit_alone(case) or identity
    params = {"reason": found.reason} if found.reason else {}
    return case.check("identity", found.code, **params)


def _document_lines(case: Case, evidence: Evidence) -> tuple[DocumentLine, ...]:
    lines = []
    for link in case.statement.links:
        if link.kind is LinkType.DOCUMENT:
            actual = evidence.documents.get(link.digest)
            outcome = None
            if actual is not None:
                outcome = Outcome.PROVEN if actual == link.digest else Outcome.DISPROVEN
            lines.append(
                DocumentLine(link.digest, link.name, link.media_type, actual is not None, outcome)
            )
    return tuple(lines)


def _check_steps(steps: dict[bytes, Case], any_listed: bool) -> Check:
    """There is a step, and no lot is made out of itself."""
    if not any_listed:
        return Check(PASSPORT, "steps", "no-steps")
    # A make stands between its inputs and its outputs, so that edges are as few as lots.
    sorter: TopologicalSorter[str | bytes] = TopologicalSorter()
    for record, make in _makes(steps).items():
        sorter.add(record, *(lot.product for lot in make.inputs))
        for lot in make.outputs:
            sorter.add(lot.product, record)
    try:
        sorter.prepare()
    except CycleError:
        return Check(PASSPORT, "steps", "cycle")
    return Check(PASSPORT, "steps", "steps-ok")


def _gaps(steps: dict[bytes, Case], subject: str) -> tuple[Gap, ...]:
    """Input lots that no listed step makes, whole or in part; and so the product itself."""
    if not steps:
        return ()
    makes = _makes(steps)
    made = {goods.product for make in makes.values() for goods in make.outputs}
    in_part = {batch for product in made if (batch := _batch_of_item(product))}

    def is_made(product: str) -> bool:
        return product in made or product in in_part or _batch_of_item(product) in made

    # A model is made where a batch or an item of it is.
    reached = is_made(subject) or any(product.startswith(f"{subject}/") for product in made)
    inputs = (
        Gap(goods.product, record)
        for record, make in makes.items()
        for goods in make.inputs
        if not is_made(goods.product)
    )
    return (*inputs, *(() if reached else (Gap(subject, None),)))


# A canonical GS1 Digital Link of an item that says its batch (AI 01, 10, 21).
_ITEM = re.compile(r"(https://id\.gs1\.org/01/[0-9]{14}/10/[^/?#]+)/21/[^/?#]+")


def _batch_of_item(product: str) -> str | None:
    """The batch that an item's own identifier names, None for anything else."""
    match = _ITEM.fullmatch(product)
    return match[1] if match else None


def _makes(steps: dict[bytes, Case]) -> dict[bytes, Step]:
    said = {record: case.statement.said for record, case in steps.items()}
    return {
        record: step
        for record, step in said.items()
        if isinstance(step, Step) and step.kind is StepKind.MAKE
    }
