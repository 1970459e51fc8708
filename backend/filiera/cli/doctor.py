# SPDX-License-Identifier: Apache-2.0
"""`filiera doctor`: what this machine has, what it lacks, what to do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from filiera.cli.failing import OK, WRONG_USE
from filiera.cli.options import Json
from filiera.cli.output import Output, clean
from filiera.cli.words import say
from filiera.cli.words.hints import hint_words

if TYPE_CHECKING:
    from filiera.stack.doctor import Finding

_COLOURS = {"ok": "green", "note": "yellow", "missing": "bold red"}


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command("doctor", help=say("help.doctor"))(doctor)


def doctor(json: Json = False) -> int:
    """Look at this machine."""
    from filiera.stack.doctor import ready, run_doctor

    out = Output(json=json)
    with out.working(say("working.doctor")):
        findings = run_doctor()
    well = ready(findings)
    found = {"ready": well, "findings": [asdict(each) for each in findings]}
    out.result(found, lambda console: _show(console, findings, well=well))
    return OK if well else WRONG_USE


def _show(console: Console, findings: list[Finding], *, well: bool) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in findings:
        said = Text(clean(each.detail))
        if each.advice:
            said.append(f"\n{clean(hint_words(each.advice))}", "bold")
        state = Text(say(f"doctor.{each.state}"), style=_COLOURS[each.state])
        table.add_row(state, clean(each.name), said)
    console.print(table)
    console.print()
    console.print(Text(say("doctor.ready" if well else "doctor.not-ready"), style="bold"))
