# SPDX-License-Identifier: Apache-2.0
"""`filiera sign`: a payload that somebody wrote, checked and signed."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from filiera.cli.issuing import Issuer, issuer_of
from filiera.cli.options import (
    ApiUrl,
    DeploymentFile,
    IssuerName,
    Json,
    KeyName,
    KeysFolder,
    OutFile,
    PasswordFile,
)
from filiera.cli.output import Output
from filiera.cli.session import Session
from filiera.cli.words import say
from filiera.errors import UnavailableError
from filiera.model.base import Payload
from filiera.model.ids import b64url, ni_uri
from filiera.model.records import parse_record
from filiera.proof.encoding import parse_object
from filiera.proof.jws import record_id, sign_record

PayloadFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.json", exists=True, dir_okay=False, help=say("argument.payload-file")
    ),
]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command("sign", help=say("help.sign"), epilog=say("help.sign.epilog"))(sign)


def sign(
    file: PayloadFile,
    output: OutFile = None,
    issuer_name: IssuerName = None,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    deployment: DeploymentFile = None,
    json: Json = False,
) -> None:
    """Check and sign a payload."""
    session = Session(Output(json=json), api, keys, password_file, key, deployment)
    payload = parse_object(file.read_bytes(), where=str(file))
    if "issuer" not in payload:
        payload = with_issuer(payload, _issuer(session, issuer_name))
    parse_record(payload)
    jws = sign_record(payload, session.chain.id, session.signer)
    if output is not None:
        write_whole(output, jws)
    _say_signed(session.out, jws, output)


def with_issuer(payload: Payload, issuer: Issuer) -> Payload:
    """The payload with its issuer where UNTP has it, after the identifier."""
    said = {"type": ["CredentialIssuer"], "id": issuer.did, "name": issuer.name}
    members = list(payload.items())
    after = 1 + next((i for i, (name, _) in enumerate(members) if name == "id"), len(members) - 1)
    return dict([*members[:after], ("issuer", said), *members[after:]])


def _issuer(session: Session, name: str | None) -> Issuer:
    """Who signs: as the server knows it, or by the name that was given."""
    if name is not None:
        address = session.keystore.show(session.key_name).address
        return Issuer(address, session.chain.id, name, "", 0)
    try:
        return issuer_of(session)
    except UnavailableError as error:
        raise UnavailableError(
            error.code,
            error.message,
            part=error.part,
            where=error.where,
            hint=say("sign.offline.hint"),
        ) from None


def _say_signed(out: Output, jws: bytes, output: Path | None) -> None:
    record = record_id(jws)
    said = {"record": ni_uri(record), "id": b64url(record), "jws": jws.decode("ascii")}
    if output is not None:
        said["file"] = str(output)
    if output is None and not out.json:
        # The bytes are the record: on a pipe nothing is added to them.
        sys.stdout.write(said["jws"] + ("\n" if sys.stdout.isatty() else ""))
        sys.stdout.flush()
    else:
        out.result(said, lambda console: console.print(ni_uri(record), soft_wrap=True))
    out.note(say("sign.done", record=ni_uri(record), file=output or "stdout"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        # The reader named this file and knows of no draft.
        error.filename, error.filename2 = str(path), None
        raise
