# SPDX-License-Identifier: Apache-2.0
"""`filiera participant invite | consent | enrol`: a firm joins the district."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from filiera.cli import clock
from filiera.cli.invitation import (
    Invitation,
    invitation_json,
    read_invitation,
    role_words,
    write_invitation,
)
from filiera.cli.issuing import Issuer, issuer_of, signed, signer_row
from filiera.cli.options import (
    ApiUrl,
    DeploymentFile,
    IssuerName,
    Json,
    KeyName,
    KeysFolder,
    NodeUrl,
    PasswordFile,
    Yes,
)
from filiera.cli.output import Output, facts
from filiera.cli.session import Session
from filiera.cli.typed import typed_day
from filiera.cli.words import say
from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.builders import identity_anchor
from filiera.model.ids import did_pkh, ni_uri
from filiera.model.named import Named
from filiera.model.scalars import is_uri
from filiera.model.statement import Identity
from filiera.ports.registrar import AccountConsent
from filiera.proof.facts import Role, Scope
from filiera.proof.jws import parse_jws, record_id

CONSENT_DAYS: Final = 30
"""Days for which an invitation can be answered and used."""

Account = Annotated[str, typer.Option("--account", metavar="ADDRESS", help=say("enrol.account"))]
Name = Annotated[str, typer.Option("--name", metavar="NAME", help=say("enrol.name"))]
RegisteredId = Annotated[
    str, typer.Option("--registered-id", metavar="NUMBER", help=say("enrol.registered-id"))
]
Register = Annotated[
    str, typer.Option("--register", metavar="URI NAME", help=say("enrol.register"))
]
RegisteredOn = Annotated[
    str, typer.Option("--registered-on", metavar="DATE", help=say("enrol.registered-on"))
]
Roles = Annotated[list[str], typer.Option("--role", metavar="ROLE", help=say("enrol.role"))]
Output_ = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=say("enrol.output"))]
Received = Annotated[
    Path,
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, help=say("argument.invitation")),
]


def add_enrolment(group: typer.Typer) -> None:
    """The commands of this module."""
    group.command("invite", help=say("help.participant.invite"))(invite)
    group.command("consent", help=say("help.participant.consent"))(consent)
    group.command("enrol", help=say("help.participant.enrol"))(enrol)


def invite(
    account: Account,
    name: Name,
    registered_id: RegisteredId,
    registered_on: RegisteredOn,
    register: Register,
    role: Roles,
    output: Output_,
    issuer_name: IssuerName = None,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    node: NodeUrl = None,
    deployment: DeploymentFile = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Sign a firm's identity record into an invitation."""
    session = Session(Output(json=json), api, keys, password_file, key, deployment, node)
    roles = typed_roles(role)
    issuer = issuer_of(session, issuer_name)
    identity = Identity(
        did=did_pkh(session.chain.id, _address(account)),
        registered_name=name,
        registered_id=registered_id,
        scheme=_register(register),
        register_type="business",
    )
    payload = identity_anchor(
        issuer.envelope(f"Identity of {name}"),
        identity,
        registered_on=typed_day(registered_on, "--registered-on"),
    )
    rows = {
        say("field.name"): name,
        say("field.registered-id"): f"{registered_id}\n{identity.scheme.name}",
        say("field.account"): _address(account),
        say("field.roles"): role_words(roles),
        **signer_row(session, issuer),
    }
    remarks = (say("invite.remark"),)
    session.out.confirm(say("invite.title"), rows, say("ask.invite"), yes=yes, remarks=remarks)
    made = _invitation(session, payload, issuer, _address(account), roles)
    write_invitation(output, made)
    said = invitation_json(made) | {"file": str(output)}
    session.out.result(said, lambda console: _done(console, "invite.done", made, output))


def consent(
    file: Received,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=say("consent.output"))
    ] = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Look at an invitation and add the account's consent."""
    from filiera.adapters.ledger.eip712 import participant_domain, sign_consent

    session = Session(Output(json=json), None, keys, password_file, key)
    invitation = read_invitation(file)
    own = session.keystore.show(session.key_name).address
    if own != invitation.consent.account:
        raise InputError(
            "consent-mismatch",
            say("consent.other-key", key=session.key_name, address=own),
            where=str(file),
        )
    remarks = (say("consent.remark"),)
    title, question = say("consent.title"), say("ask.consent")
    session.out.confirm(title, invitation.rows, question, yes=yes, remarks=remarks)
    domain = participant_domain(invitation.identity.chain_id, invitation.registry)
    answered = invitation.signed(sign_consent(invitation.consent, domain, session.signer))
    place = output or file
    write_invitation(place, answered)
    said = invitation_json(answered) | {"file": str(place)}
    session.out.result(said, lambda console: _done(console, "consent.done", answered, place))


def enrol(
    file: Received,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    node: NodeUrl = None,
    deployment: DeploymentFile = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Enrol the firm that consented: on the chain, then its identity record here."""
    session = Session(Output(json=json), api, keys, password_file, key, deployment, node)
    invitation = read_invitation(file)
    if not invitation.consent.signature:
        raise InputError(
            "consent-mismatch",
            say("enrol.unsigned"),
            where=str(file),
            hint=say("enrol.unsigned.hint"),
        )
    session.out.confirm(say("enrol.title"), invitation.rows, say("ask.enrol"), yes=yes)
    jws = invitation.identity.jws
    with session.out.working(say("working.enrol")):
        # The record first: it may be sent again, the transaction may not.
        (result,) = session.api.submit([(record_id(jws), jws)])
        if result.error is not None:
            raise result.error
        block = session.registrar.enrol(invitation.roles, invitation.consent)
    said = {
        "participant": ni_uri(invitation.consent.participant),
        "account": invitation.consent.account,
        "block": block.number,
        "identity": dict(result.receipt or {}),
    }
    session.out.result(said, lambda console: _done(console, "enrol.done", invitation, file))


def _invitation(
    session: Session, payload: Payload, issuer: Issuer, account: str, roles: int
) -> Invitation:
    jws = signed(payload, issuer, session.signer)
    registrar = session.registrar
    wanted = AccountConsent(
        participant=record_id(jws),
        enroller=registrar.association(),
        account=account,
        scopes=int(Scope.RECORDS | Scope.STATUS),
        nonce=registrar.consent_nonce(account),
        deadline=clock.seconds() + CONSENT_DAYS * 86_400,
    )
    registry = session.chain.contracts["ParticipantRegistry"]
    return Invitation(parse_jws(jws), registry, roles, wanted)


def typed_roles(texts: list[str]) -> int:
    """The mask of the roles that were named, in either language."""
    mask = 0
    for text in texts:
        wanted = text.strip().casefold()
        found = [
            role
            for role in Role
            if wanted in (str(role.name).lower(), say(f"role.{str(role.name).lower()}"))
        ]
        if not found:
            known = ", ".join(str(role.name).lower() for role in Role)
            raise InputError(
                "usage",
                say("role.unknown", text=text),
                where="--role",
                hint=say("role.known", known=known),
            )
        mask |= int(found[0])
    return mask


def _address(text: str) -> str:
    address = text.strip().lower()
    if len(address) != 42 or not address.startswith("0x") or not _is_hex(address[2:]):
        raise InputError("hex-malformed", say("account.malformed", text=text), where="--account")
    return address


def _is_hex(text: str) -> bool:
    return all(character in "0123456789abcdef" for character in text)


def _register(text: str) -> Named:
    uri, _, name = text.strip().partition(" ")
    if not is_uri(uri):
        raise InputError("usage", say("register.malformed", text=text), where="--register")
    return Named(uri, name.strip() or uri)


def _done(console: Console, key: str, invitation: Invitation, file: Path) -> None:
    console.print(Text(say(key, file=file), style="bold green"))
    console.print(facts({say("field.participant"): ni_uri(invitation.consent.participant)}))
