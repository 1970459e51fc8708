# SPDX-License-Identifier: Apache-2.0
"""`filiera participant`: who takes part; inviting, consenting, enrolling."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from filiera.cli.enrolment import add_enrolment
from filiera.cli.options import ApiUrl, Json
from filiera.cli.output import Output, clean, facts
from filiera.cli.session import Session
from filiera.cli.typed import typed_record
from filiera.cli.wording import NOTHING, record_name
from filiera.cli.words import say, say_if_known
from filiera.model.ids import b64url

Id = Annotated[str, typer.Argument(metavar="ID", help=say("argument.participant"))]


def add_to(app: typer.Typer) -> None:
    """The commands of this module and of `enrolment`."""
    group = typer.Typer(help=say("help.participant"), no_args_is_help=True)
    group.command("list", help=say("help.participant.list"))(list_participants)
    group.command("show", help=say("help.participant.show"))(show)
    add_enrolment(group)
    app.add_typer(group, name="participant")


def list_participants(api: ApiUrl = None, json: Json = False) -> None:
    """List the participants that the server knows."""
    session = Session(Output(json=json), api)
    with session.out.working(say("working.ask")):
        answer = session.api.get("/participants")
    session.out.result(answer, lambda console: _show_all(console, answer["participants"]))


def _show_all(console: Console, participants: list[dict[str, Any]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(say("column.name"), overflow="fold")
    table.add_column(say("column.roles"), overflow="fold")
    table.add_column(say("column.participant"), no_wrap=True)
    for each in participants:
        name = each.get("name") or say("name.unknown")
        table.add_row(clean(name), _roles(each), clean(record_name(each["participant"])))
    console.print(table)


def show(participant: Id, api: ApiUrl = None, json: Json = False) -> None:
    """Show one participant."""
    session = Session(Output(json=json), api)
    digest = typed_record(participant, "ID")
    with session.out.working(say("working.ask")):
        answer = session.api.get(f"/participants/{b64url(digest)}")
    session.out.result(answer, lambda console: _show_one(console, answer))


def _show_one(console: Console, said: dict[str, Any]) -> None:
    rows = {
        say("field.name"): said.get("name") or say("name.unknown"),
        say("field.roles"): _roles(said),
        say("field.participant"): said["participant"],
        say("field.enroller"): said.get("enroller") or NOTHING,
    }
    console.print(facts(rows))


def _roles(said: dict[str, Any]) -> str:
    return ", ".join(say_if_known(f"role.{each}", each) for each in said.get("roles", []))
