# SPDX-License-Identifier: Apache-2.0
"""Claims: self-declared or certified performance under criteria (UNTP 0.7.0 DCC)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from filiera.model.base import Open
from filiera.model.claim import CriterionRef, RegulationRef, StandardRef
from filiera.model.credential import Credential
from filiera.model.links import Link
from filiera.model.measure import ConformityTopic, Image, Performance, Score
from filiera.model.party import PartyRef
from filiera.model.scalars import Bounded, Day, Flag, Line, Text, Types, Uri, contains


class AssessorLevel(StrEnum):
    """How the assessor stands to the one assessed (UNTP's code list)."""

    SELF = "self"
    COMMERCIAL = "commercial"
    BUYER = "buyer"
    MEMBERSHIP = "membership"
    UNSPECIFIED = "unspecified"
    THIRD_PARTY = "3rdParty"
    HYBRID = "hybrid"


class AssessmentLevel(StrEnum):
    """What authority backs the assessment (UNTP's code list)."""

    AUTHORITY_BENCHMARK = "authority-benchmark"
    AUTHORITY_MANDATE = "authority-mandate"
    AUTHORITY_GLOBAL_MRA = "authority-globalmra"
    AUTHORITY_PEER = "authority-peer"
    AUTHORITY_EXTENDED_MRA = "authority-extended-mra"
    SCHEME_SELF = "scheme-self"
    SCHEME_CAB = "scheme-cab"
    NO_ENDORSEMENT = "no-endorsement"


class AttestationType(StrEnum):
    """What kind of attestation it is (UNTP's code list)."""

    CERTIFICATION = "certification"
    DECLARATION = "declaration"
    INSPECTION = "inspection"
    TESTING = "testing"
    VERIFICATION = "verification"
    VALIDATION = "validation"
    CALIBRATION = "calibration"


class SchemeRef(Open):
    """A conformity scheme by its identifier."""

    type: Annotated[Types, contains("ConformityScheme")] = ("ConformityScheme",)
    id: Uri
    name: Line


class ProfileRef(Open):
    """A scheme's profile (version, level) by its identifier."""

    type: Annotated[Types, contains("ConformityProfile")] = ("ConformityProfile",)
    id: Uri
    name: Line


class ProductRef(Open):
    """An assessed product by its identifier."""

    type: Annotated[Types, contains("Product")] = ("Product",)
    id: Uri
    name: Line
    model_number: Line | None = None
    batch_number: Line | None = None
    item_number: Line | None = None


class AssessedFacilityRef(Open):
    """An assessed facility by its identifier."""

    type: Annotated[Types, contains("Facility")] = ("Facility",)
    id: Uri
    name: Line
    registered_id: Line | None = None


class ProductVerification(Open):
    """An assessed product, and whether the assessor checked which one it was."""

    product: ProductRef
    id_verified_by_cab: Flag | None = Field(default=None, alias="idVerifiedByCAB")


class FacilityVerification(Open):
    """An assessed facility, and whether the assessor checked which one it was."""

    facility: AssessedFacilityRef
    id_verified_by_cab: Flag | None = Field(default=None, alias="idVerifiedByCAB")


class Endorsement(Open):
    """An authority's approval of the assessor (UNTP Endorsement)."""

    name: Line
    trustmark: Image | None = None
    issuing_authority: PartyRef
    endorsement_evidence: Link | None = None


class OrganisationRef(Open):
    """An assessed organisation by its identifier."""

    type: Annotated[Types, contains("Party")] = ("Party",)
    id: Uri
    name: Line


class ConformityAssessment(Open):
    """One assessment: what was judged, against which criteria, with what result."""

    type: Annotated[Types, contains("ConformityAssessment")] = ("ConformityAssessment",)
    id: Uri
    name: Line
    description: Text | None = None
    assessment_criteria: Annotated[tuple[CriterionRef, ...], Bounded]
    assessment_date: Day
    assessed_performance: Annotated[tuple[Performance, ...], Bounded]
    assessed_product: Annotated[tuple[ProductVerification, ...], Bounded] | None = None
    assessed_facility: Annotated[tuple[FacilityVerification, ...], Bounded] | None = None
    assessed_organisation: OrganisationRef | None = None
    reference_standard: Annotated[tuple[StandardRef, ...], Bounded] | None = None
    reference_regulation: Annotated[tuple[RegulationRef, ...], Bounded] | None = None
    specified_condition: Annotated[tuple[Text, ...], Bounded] | None = None
    evidence: Annotated[tuple[Link, ...], Bounded] | None = None
    conformity_topic: Annotated[tuple[ConformityTopic, ...], Bounded]
    conformance: Flag | None = None


class ConformityAttestation(Open):
    """The attestation: who attests what of whom, under which scheme.

    `certificate_number` is a term of ours: UNTP gives the number under which a scheme
    registers a certificate no member of its own (docs/records.md).
    """

    type: Annotated[Types, contains("ConformityAttestation")] = ("ConformityAttestation",)
    id: Uri
    name: Line
    description: Text | None = None
    certificate_number: Line | None = None
    assessor_level: AssessorLevel
    assessment_level: AssessmentLevel
    attestation_type: AttestationType
    issued_to_party: PartyRef
    authorisation: Annotated[tuple[Endorsement, ...], Bounded] | None = None
    reference_scheme: SchemeRef
    reference_profile: ProfileRef | None = None
    profile_score: Score | None = None
    conformity_certificate: Link | None = None
    auditable_evidence: Link | None = None
    trustmark: Image | None = None
    conformity_assessment: Annotated[tuple[ConformityAssessment, ...], Bounded] | None = None


class DigitalConformityCredential(Credential):
    """A claim, signed (UNTP DigitalConformityCredential)."""

    type: Annotated[Types, contains("DigitalConformityCredential", "VerifiableCredential")]
    credential_subject: ConformityAttestation

    def uses_own_terms(self) -> bool:
        """As every record, and where a certificate number is given."""
        numbered = self.credential_subject.certificate_number is not None
        return numbered or super().uses_own_terms()
