# SPDX-License-Identifier: Apache-2.0
"""`filiera status`: changing the standing of a record by a signed instruction.

The account signs typed data (EIP-712) for the StatusRegistry; the server only relays it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.text import Text

from filiera.cli import clock
from filiera.cli.issuing import Issuer, issuer_of, signer_row
from filiera.cli.options import (
    ApiUrl,
    DeploymentFile,
    Json,
    KeyName,
    KeysFolder,
    PasswordFile,
    Yes,
)
from filiera.cli.output import Output, facts
from filiera.cli.session import Session
from filiera.cli.typed import typed_instant, typed_record
from filiera.cli.wording import one_line
from filiera.cli.words import language, say, say_if_known
from filiera.errors import ConflictError, InputError
from filiera.model.ids import b64url, ni_uri, parse_ni
from filiera.model.status_reasons import STATUS_REASONS, StatusReason, status_reason
from filiera.model.times import format_instant, parse_instant, unix_seconds
from filiera.ports.ledger import StatusInstruction
from filiera.proof.facts import StatusKind

DEADLINE: Final = 3600
"""Seconds for which a signed instruction can be relayed."""

_FINAL: Final = (StatusKind.REVOKED, StatusKind.SUPERSEDED)

Record = Annotated[str, typer.Argument(metavar="RECORD", help=say("argument.record"))]
Reason = Annotated[
    str,
    typer.Option(
        metavar="REASON",
        help=say("status.reason", known=", ".join(r.word for r in STATUS_REASONS.values())),
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help=say("status.since"))]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    group = typer.Typer(help=say("help.status"), no_args_is_help=True)
    for name, kind in (
        ("revoke", StatusKind.REVOKED),
        ("suspend", StatusKind.SUSPENDED),
        ("resume", StatusKind.RESUMED),
    ):
        group.command(name, help=say(f"help.status.{name}"))(_command(kind))
    group.command("supersede", help=say("help.status.supersede"))(supersede)
    app.add_typer(group, name="status")


def _command(kind: StatusKind) -> Callable[..., None]:
    def change(
        record: Record,
        reason: Reason,
        since: Since = None,
        key: KeyName = None,
        keys: KeysFolder = None,
        password_file: PasswordFile = None,
        api: ApiUrl = None,
        deployment: DeploymentFile = None,
        yes: Yes = False,
        json: Json = False,
    ) -> None:
        """Change a record's standing."""
        session = Session(Output(json=json), api, keys, password_file, key, deployment)
        digest = typed_record(record, "RECORD")
        why = status_reason(reason)
        effective = unix_seconds(parse_instant(typed_instant(since, "--since"))) if since else 0
        issuer = issuer_of(session)
        _agree(session, issuer, digest, kind, why, effective, yes=yes)
        send_status(session, issuer, digest, kind, why.number, effective=effective)
        answer = session.api.get(f"/records/{b64url(digest)}/statuses")
        session.out.result(answer, lambda console: _show(console, digest, answer))

    return change


def _agree(
    session: Session,
    issuer: Issuer,
    record: bytes,
    kind: StatusKind,
    why: StatusReason,
    effective: int,
    *,
    yes: bool,
    successor: bytes | None = None,
) -> None:
    said = session.api.get(f"/records/{b64url(record)}")
    if said.get("participant") != issuer.participant:
        raise InputError(
            "status-foreign",
            say("status.foreign", who=issuer.name),
            where=ni_uri(record),
            hint=say("status.foreign.hint"),
        )
    standing = session.api.get(f"/records/{b64url(record)}/statuses")["standing"]
    _check_may_follow(kind, standing["state"], record)
    kind_word = say_if_known(f"type.{said['type']}", said["type"])
    rows = {
        say("field.record"): f"{said['statement']['name']} ({kind_word})\n{ni_uri(record)}",
        say("field.standing"): say_if_known(f"standing.{standing['state']}", standing["state"]),
        say("field.change"): say(f"status.{kind.name.lower()}"),
        say("field.reason"): f"{why.phrase(language())} ({why.number})",
        say("field.since"): one_line(format_instant(effective)) if effective else say("status.now"),
        **signer_row(session, issuer),
    }
    if successor is not None:
        rows[say("field.successor")] = ni_uri(successor)
    remarks = (say("status.final"),) if kind in _FINAL else ()
    session.out.confirm(say("status.title"), rows, say("ask.status"), yes=yes, remarks=remarks)


def _check_may_follow(kind: StatusKind, state: str, record: bytes) -> None:
    """Say before asking what the contract would refuse: StatusFinal and NotSuspended."""
    if state in ("revoked", "superseded"):
        why = say("status.is-final", state=say(f"standing.{state}"))
    elif kind is StatusKind.RESUMED and state == "in-force":
        why = say("status.not-suspended")
    else:
        return
    raise ConflictError("chain-refused", why, where=ni_uri(record))


def send_status(
    session: Session,
    issuer: Issuer,
    record: bytes,
    kind: StatusKind,
    reason: int,
    *,
    effective: int = 0,
    successor: bytes = bytes(32),
) -> None:
    """Sign a status instruction and have the server relay it to the chain.

    `effective` 0 means the block's time. Raises what the server says, among it
    `chain-refused` when the contract does not take it.
    """
    from filiera.adapters.ledger.eip712 import sign_instruction, status_domain

    wanted = StatusInstruction(
        participant=parse_ni(issuer.participant),
        record=record,
        kind=int(kind),
        reason=reason,
        effective=effective,
        successor=successor,
        account=issuer.address,
        nonce=issuer.status_nonce,
        deadline=clock.seconds() + DEADLINE,
        signature=b"",
    )
    domain = status_domain(issuer.chain_id, session.chain.contracts["StatusRegistry"])
    signed = sign_instruction(wanted, domain, session.signer)
    with session.out.working(say("working.status")):
        session.api.post("/statuses", instruction_json(signed))


def instruction_json(said: StatusInstruction) -> dict[str, Any]:
    """A signed instruction as POST /v1/statuses takes it."""
    return {
        "participant": ni_uri(said.participant),
        "record": ni_uri(said.record),
        "kind": StatusKind(said.kind).name.lower(),
        "reason": said.reason,
        "effective": said.effective,
        "successor": ni_uri(said.successor) if any(said.successor) else None,
        "account": said.account,
        "nonce": said.nonce,
        "deadline": said.deadline,
        "signature": "0x" + said.signature.hex(),
    }


def _show(console: Console, record: bytes, answer: Any) -> None:
    standing = answer["standing"]
    word = say_if_known(f"standing.{standing['state']}", standing["state"])
    console.print(Text(say("status.done", state=word), style="bold green"))
    rows = {say("field.record"): ni_uri(record)}
    if standing.get("since"):
        rows[say("field.since")] = one_line(standing["since"])
    console.print(facts(rows))


def supersede(
    record: Record,
    by: Annotated[str, typer.Option("--by", metavar="RECORD", help=say("status.by"))],
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    deployment: DeploymentFile = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Say that a newer record replaces this one."""
    session = Session(Output(json=json), api, keys, password_file, key, deployment)
    old, new = typed_record(record, "RECORD"), typed_record(by, "--by")
    why = status_reason("corrected")
    issuer = issuer_of(session)
    _agree(session, issuer, old, StatusKind.SUPERSEDED, why, 0, yes=yes, successor=new)
    send_status(session, issuer, old, StatusKind.SUPERSEDED, why.number, successor=new)
    answer = session.api.get(f"/records/{b64url(old)}/statuses")
    session.out.result(answer, lambda console: _show(console, old, answer))
