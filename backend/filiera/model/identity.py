# SPDX-License-Identifier: Apache-2.0
"""Identity records: an association says who an account is (UNTP DigitalIdentityAnchor)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from filiera.model.base import Closed, Open
from filiera.model.credential import Credential
from filiera.model.scalars import Bounded, Day, Line, Types, Uri, contains


class RegisterType(StrEnum):
    """What kind of register an identity comes from (UNTP's code list)."""

    PRODUCT = "product"
    FACILITY = "facility"
    BUSINESS = "business"
    TRADEMARK = "trademark"
    LAND = "land"
    ACCREDITATION = "accreditation"


class RegistrarRef(Open):
    """The authority that keeps the register."""

    type: Annotated[Types, contains("Party")] = ("Party",)
    id: Uri
    name: Line


class RegisterScheme(Closed):
    """The register that an identity's number belongs to; closed here, unlike elsewhere."""

    type: Annotated[Types, contains("IdentifierScheme")] = ("IdentifierScheme",)
    id: Uri
    name: Line


class RegisteredIdentity(Open):
    """An entry of a register, and the account that it identifies.

    `id` is the did:pkh of an account of the participant (docs/records.md); the chain decides
    whether it is, not this model.
    """

    type: Annotated[Types, contains("RegisteredIdentity")] = ("RegisteredIdentity",)
    id: Uri
    registered_name: Line
    registered_id: Line
    registered_date: Day
    public_information: Uri | None = None
    id_scheme: RegisterScheme
    registrar: RegistrarRef | None = None
    register_type: RegisterType
    registration_scope: Annotated[tuple[Uri, ...], Bounded] | None = None


class DigitalIdentityAnchor(Credential):
    """An identity record, signed by the association that enrols (UNTP DIA)."""

    type: Annotated[Types, contains("DigitalIdentityAnchor", "VerifiableCredential")]
    credential_subject: RegisteredIdentity
