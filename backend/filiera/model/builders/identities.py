# SPDX-License-Identifier: Apache-2.0
"""Identity records from plain values."""

from __future__ import annotations

from collections.abc import Sequence

from filiera.model.base import Payload
from filiera.model.builders.envelope import Envelope, record
from filiera.model.builders.parts import present, reference
from filiera.model.named import Named
from filiera.model.statement import Identity, RecordType


def identity_anchor(
    envelope: Envelope,
    identity: Identity,
    *,
    registered_on: str,
    registrar: Named | None = None,
    public_information: str | None = None,
    scope: Sequence[str] = (),
) -> Payload:
    """An identity record of the account `identity.did`.

    `registered_on` is the calendar day of the register's entry, `public_information` and
    each of `scope` are URIs.
    """
    subject = {
        "type": ["RegisteredIdentity"],
        "id": identity.did,
        "registeredName": identity.registered_name,
        "registeredId": identity.registered_id,
        "registeredDate": registered_on,
        "publicInformation": public_information,
        "idScheme": reference("IdentifierScheme", identity.scheme),
        "registrar": reference("Party", registrar),
        "registerType": identity.register_type,
        "registrationScope": list(scope) or None,
    }
    return record(RecordType.DIA, envelope, present(subject))
