# SPDX-License-Identifier: Apache-2.0
"""The envelope of every record: a W3C Verifiable Credential 2.0 as UNTP 0.7.0 shapes it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from filiera.model.base import Closed, Open
from filiera.model.context import FILIERA_CONTEXT, contexts
from filiera.model.links import RecordReference
from filiera.model.party import CredentialIssuer
from filiera.model.scalars import Instant, Line, Types, Uri, broken
from filiera.model.times import parse_instant


class Vendor(Closed):
    """Who makes an issuing software."""

    id: Uri
    name: Line


class IssuingSoftware(Closed):
    """The software that wrote a record (UNTP IssuingSoftware)."""

    id: Uri
    name: Line
    version: Line
    vendor: Vendor


class StatedBy(Closed):
    """Whose statement an importer passes on, by GLN or other URI (a term of ours).

    `name` is absent where the source gives none.
    """

    id: Uri
    name: Line | None = None


class Credential(Open):
    """What all records have. The subclasses add `type` and `credentialSubject`.

    `stated_by` and `predecessor` are terms of ours: an import names whose words it passes
    on, a reissue the record that it replaces.
    """

    own_type: ClassVar[bool] = False
    """Whether the record's type itself is one of ours."""

    context: Annotated[tuple[Uri, ...], Field(alias="@context", max_length=10)]
    type: Types
    id: Uri
    issuer: CredentialIssuer
    valid_from: Instant
    valid_until: Instant | None = None
    name: Line
    issuing_software: IssuingSoftware | None = None
    stated_by: StatedBy | None = None
    predecessor: RecordReference | None = None

    def uses_own_terms(self) -> bool:
        """Whether the record needs the context of ours."""
        return self.own_type or self.stated_by is not None or self.predecessor is not None

    @model_validator(mode="after")
    def _has_its_contexts(self) -> Self:
        expected = contexts(own_terms=self.uses_own_terms())
        given, rest = self.context[: len(expected)], self.context[len(expected) :]
        if given != expected or FILIERA_CONTEXT in rest:
            raise broken("record-schema", f"must begin with {', '.join(expected)}", at="@context")
        if len(set(self.context)) != len(self.context):
            raise broken("record-schema", "names one context twice", at="@context")
        return self

    @model_validator(mode="after")
    def _window_is_not_empty(self) -> Self:
        if self.valid_until is None:
            return self
        if parse_instant(self.valid_until) <= parse_instant(self.valid_from):
            raise broken("record-schema", "is not after validFrom", at="validUntil")
        return self
