# SPDX-License-Identifier: Apache-2.0
"""`filiera submit`: signed records and their files, to the server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from filiera.cli.client import Submitted
from filiera.cli.failing import error_json, exit_code, show_error
from filiera.cli.options import ApiUrl, Json
from filiera.cli.output import Output, clean
from filiera.cli.session import Session
from filiera.cli.typed import read_chosen
from filiera.cli.words import say
from filiera.errors import InputError
from filiera.model.ids import ni_uri
from filiera.proof.jws import parse_jws, record_id

Records = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE.jws...", exists=True, dir_okay=False, help=say("argument.jws-files")
    ),
]
Documents = Annotated[
    list[Path] | None, typer.Option("--document", metavar="FILE", help=say("submit.document"))
]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command("submit", help=say("help.submit"))(submit)


def submit(
    records: Records, document: Documents = None, api: ApiUrl = None, json: Json = False
) -> int:
    """Submit signed records."""
    session = Session(Output(json=json), api)
    signed = [read_jws(path) for path in records]
    files = [read_chosen(path, "--document") for path in document or ()]
    with session.out.working(say("working.submit")):
        results = session.api.submit(signed, files)
    session.out.result(
        [_as_json(result) for result in results], lambda console: _show(console, results)
    )
    for path, result in zip(records, results, strict=True):
        if result.error is not None:
            session.out.note(f"\n{path}:")
            show_error(result.error)
    return max((exit_code(result.error) for result in results if result.error), default=0)


def read_jws(path: Path) -> tuple[bytes, bytes]:
    """(id, JWS) of a file; the line end that an editor or a shell adds is not the record's.

    Raises InputError with the file in `where`.
    """
    jws = path.read_bytes().rstrip(b"\r\n")
    try:
        parse_jws(jws)
    except InputError as error:
        where = ", ".join(part for part in (str(path), error.where) if part)
        raise InputError(error.code, error.message, where=where, hint=error.hint) from None
    return record_id(jws), jws


def _show(console: Console, results: list[Submitted]) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    for result in results:
        table.add_row(_outcome(result), Text(clean(ni_uri(result.id)), overflow="fold"))
    console.print(table)
    if any(result.error is None for result in results):
        console.print(Text(say("next.anchored")))


def _outcome(result: Submitted) -> Text:
    if result.error is not None:
        return Text(say("submitted.refused"), style="red")
    return Text(say("submitted.new" if result.new else "submitted.known"), style="green")


def _as_json(result: Submitted) -> dict[str, Any]:
    said: dict[str, Any] = {"record": ni_uri(result.id), "new": result.new}
    if result.error is not None:
        return said | {"error": error_json(result.error)}
    return said | dict(result.receipt or {})
