# SPDX-License-Identifier: Apache-2.0
"""Claims from plain values: a firm's own declaration, or a certifier's certificate."""

from __future__ import annotations

from collections.abc import Sequence

from filiera.model.base import Payload
from filiera.model.builders.envelope import Envelope, record
from filiera.model.builders.parts import present, reference
from filiera.model.conformity import AssessmentLevel, AssessorLevel, AttestationType
from filiera.model.criteria import CRITERIA, CRITERIA_SCHEME, CriterionCode
from filiera.model.links import RecordLink, link_payload
from filiera.model.named import Named
from filiera.model.statement import RecordType


def self_declaration(
    envelope: Envelope,
    *,
    criteria: Sequence[CriterionCode],
    products: Sequence[Named] = (),
    facilities: Sequence[Named] = (),
    assessed_on: str,
    scheme: Named | None = None,
    number: str | None = None,
    certificate: RecordLink | None = None,
    evidence: Sequence[RecordLink] = (),
    description: str | None = None,
) -> Payload:
    """The issuer's own word on its products or places (docs/records.md).

    `assessed_on` is a calendar day. Without another scheme it is Filiera's criteria list.
    `certificate` is a file that somebody else gave the firm, `number` and `scheme` what
    stands on it: the firm passes it on and answers for that, no more.
    """
    levels = {
        "assessorLevel": AssessorLevel.SELF.value,
        "assessmentLevel": AssessmentLevel.NO_ENDORSEMENT.value,
        "attestationType": AttestationType.DECLARATION.value,
    }
    subject = _attestation(
        envelope, number, scheme or CRITERIA_SCHEME, envelope.issuer, description
    )
    assessed = _assessment(envelope, criteria, products, facilities, assessed_on, evidence)
    return _claim(envelope, subject | levels, certificate, assessed)


def certificate(
    envelope: Envelope,
    *,
    number: str,
    scheme: Named,
    party: Named,
    criteria: Sequence[CriterionCode],
    products: Sequence[Named] = (),
    facilities: Sequence[Named] = (),
    assessed_on: str,
    certificate: RecordLink | None = None,
    evidence: Sequence[RecordLink] = (),
    description: str | None = None,
    assessor: AssessorLevel = AssessorLevel.THIRD_PARTY,
    assessment: AssessmentLevel = AssessmentLevel.SCHEME_CAB,
    kind: AttestationType = AttestationType.CERTIFICATION,
) -> Payload:
    """A certifier's certificate of `party`, valid in the envelope's window.

    `number` is the one under which the scheme registers it, `certificate` its printable
    file, `evidence` reports behind it.
    """
    levels = {
        "assessorLevel": assessor.value,
        "assessmentLevel": assessment.value,
        "attestationType": kind.value,
    }
    subject = _attestation(envelope, number, scheme, party, description)
    assessed = _assessment(envelope, criteria, products, facilities, assessed_on, evidence)
    return _claim(envelope, subject | levels, certificate, assessed)


def _attestation(
    envelope: Envelope, number: str | None, scheme: Named, party: Named, description: str | None
) -> Payload:
    return {
        "type": ["ConformityAttestation"],
        "id": envelope.subject_id("attestation"),
        "name": envelope.name,
        "description": description,
        "certificateNumber": number,
        "issuedToParty": reference("Party", party),
        "referenceScheme": reference("ConformityScheme", scheme),
    }


def _assessment(
    envelope: Envelope,
    criteria: Sequence[CriterionCode],
    products: Sequence[Named],
    facilities: Sequence[Named],
    assessed_on: str,
    evidence: Sequence[RecordLink],
) -> Payload:
    chosen = [CRITERIA[code] for code in criteria]
    return present(
        {
            "type": ["ConformityAssessment"],
            "id": f"{envelope.subject_id('attestation')}-assessment",
            "name": envelope.name,
            "assessmentCriteria": [reference("Criterion", item.reference) for item in chosen],
            "assessmentDate": assessed_on,
            "assessedPerformance": [],
            "assessedProduct": [{"product": reference("Product", item)} for item in products]
            or None,
            "assessedFacility": [{"facility": reference("Facility", item)} for item in facilities]
            or None,
            "evidence": [link_payload(item) for item in evidence] or None,
            "conformityTopic": [reference("ConformityTopic", item.topic) for item in chosen],
            "conformance": True,
        }
    )


def _claim(
    envelope: Envelope, subject: Payload, certificate: RecordLink | None, assessed: Payload
) -> Payload:
    subject["conformityCertificate"] = link_payload(certificate) if certificate else None
    subject["conformityAssessment"] = [assessed]
    numbered = subject["certificateNumber"] is not None
    return record(RecordType.DCC, envelope, present(subject), numbered=numbered)
