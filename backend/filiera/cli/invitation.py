# SPDX-License-Identifier: Apache-2.0
"""Invitation and consent: the file that goes from the association to a firm and back.

A participant's id is the hash of its signed identity record, and the account's consent
names that id; so the identity record is signed first. The association writes it into an
invitation; the firm's key looks at what it says and adds its consent; the association
enrols (docs/decisions/0052-enrolling-in-three-steps.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from filiera.cli.sign import write_whole
from filiera.cli.words import say
from filiera.errors import FilieraError, InputError
from filiera.model.ids import did_pkh, ni_uri, parse_ni
from filiera.model.records import statement_of
from filiera.model.statement import Identity
from filiera.ports.registrar import AccountConsent
from filiera.proof.facts import Role, Scope
from filiera.proof.jws import SignedRecord, parse_jws, signature_holds

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Invitation:
    """An identity record and the consent that belongs to it, signed or not yet.

    `registry` is the ParticipantRegistry's address, `roles` what the association will
    grant; `consent.participant` is the identity record's id.
    """

    identity: SignedRecord
    registry: str
    roles: int
    consent: AccountConsent

    @property
    def said(self) -> Identity:
        """What the identity record says of the firm."""
        said = statement_of(self.identity.payload).said
        assert isinstance(said, Identity)
        return said

    @property
    def rows(self) -> dict[str, str]:
        """For a person to read."""
        said = self.said
        return {
            say("field.name"): said.registered_name,
            say("field.registered-id"): f"{said.registered_id}\n{said.scheme.name}",
            say("field.account"): self.consent.account,
            say("field.roles"): role_words(self.roles),
            say("field.scopes"): ", ".join(
                say(f"scope.{scope.name.lower()}")
                for scope in Scope
                if scope & self.consent.scopes and scope.name
            ),
            say("field.participant"): ni_uri(self.consent.participant),
            say("field.enroller"): ni_uri(self.consent.enroller),
        }

    def signed(self, consent: AccountConsent) -> Invitation:
        """The same with a signed consent."""
        return replace(self, consent=consent)


def role_words(roles: int) -> str:
    """The roles of a mask, in words."""
    named = (role for role in Role if role & roles and role.name)
    return ", ".join(say(f"role.{str(role.name).lower()}") for role in named)


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write the file."""
    text = json.dumps(invitation_json(invitation), indent=2, ensure_ascii=False)
    write_whole(path, text.encode() + b"\n")


def invitation_json(invitation: Invitation) -> dict[str, Any]:
    """The file's content."""
    consent = invitation.consent
    return {
        "filieraInvitation": VERSION,
        "identity": invitation.identity.jws.decode("ascii"),
        "registry": invitation.registry,
        "roles": invitation.roles,
        "participant": ni_uri(consent.participant),
        "enroller": ni_uri(consent.enroller),
        "account": consent.account,
        "scopes": consent.scopes,
        "nonce": consent.nonce,
        "deadline": consent.deadline,
        "signature": "0x" + consent.signature.hex(),
    }


def read_invitation(path: Path) -> Invitation:
    """The invitation in a file, its identity record checked to be the one it names.

    Raises `consent-mismatch` for a file that is none, or whose parts do not fit together.
    """
    try:
        said = json.loads(path.read_bytes())
        if said["filieraInvitation"] != VERSION:
            raise _misfit(path, say("invitation.version"))
        invitation = _invitation(said)
    except (ValueError, KeyError, TypeError, AttributeError, FilieraError) as error:
        if isinstance(error, FilieraError) and error.code == "consent-mismatch":
            raise
        raise _misfit(path, say("invitation.not-one")) from None
    _check(path, invitation)
    return invitation


def _invitation(said: dict[str, Any]) -> Invitation:
    return Invitation(
        identity=parse_jws(said["identity"].encode()),
        registry=str(said["registry"]),
        roles=int(said["roles"]),
        consent=AccountConsent(
            participant=parse_ni(said["participant"]),
            enroller=parse_ni(said["enroller"]),
            account=str(said["account"]),
            scopes=int(said["scopes"]),
            nonce=int(said["nonce"]),
            deadline=int(said["deadline"]),
            signature=bytes.fromhex(said["signature"][2:]),
        ),
    )


def _check(path: Path, invitation: Invitation) -> None:
    identity, consent = invitation.identity, invitation.consent
    if not signature_holds(identity):
        raise _misfit(path, say("invitation.signature"))
    if identity.id != consent.participant:
        raise _misfit(path, say("invitation.other-identity"))
    if not isinstance(statement_of(identity.payload).said, Identity):
        raise _misfit(path, say("invitation.no-identity"))
    if invitation.said.did != did_pkh(identity.chain_id, consent.account):
        raise _misfit(path, say("invitation.other-account"))


def _misfit(path: Path, why: str) -> InputError:
    return InputError("consent-mismatch", why, where=str(path))
