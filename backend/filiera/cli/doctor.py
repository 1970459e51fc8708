# SPDX-License-Identifier: Apache-2.0
"""`filiera doctor`: what this machine has, what it lacks, what to do.

A person reads it in one language; as JSON, where name and state are the permanent codes, what
is said stands in both, whatever the locale, as in a verdict document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from filiera.cli.failing import OK, WRONG_USE
from filiera.cli.options import Json
from filiera.cli.output import Output, clean
from filiera.cli.words import say
from filiera.cli.words.hints import hint_words
from filiera.cli.words.machine import machine_words

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
    found = {"ready": well, "findings": [_data(each) for each in findings]}
    out.result(found, lambda console: _show(console, findings, well=well))
    return OK if well else WRONG_USE


def _data(finding: Finding) -> dict[str, Any]:
    return {
        "name": finding.name,
        "state": finding.state,
        "detail": _in_both(machine_words, finding.detail),
        "where": finding.where or None,
        "advice": _in_both(hint_words, finding.advice) if finding.advice else None,
    }


def _in_both(words: Callable[..., str], sentence: str) -> dict[str, str]:
    return {lang: words(sentence, lang=lang) for lang in ("en", "it")}


def _show(console: Console, findings: list[Finding], *, well: bool) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for each in findings:
        state = Text(say(f"doctor.{each.state}"), style=_COLOURS[each.state])
        table.add_row(state, clean(machine_words(each.name)), _said(each))
    console.print(table)
    console.print()
    console.print(Text(say("doctor.ready" if well else "doctor.not-ready"), style="bold"))


def _said(finding: Finding) -> Text:
    """What was seen, by which setting, and in a line of its own what to do."""
    place = f" ({finding.where})" if finding.where else ""
    said = Text(clean(machine_words(finding.detail) + place))
    if finding.advice:
        said.append(f"\n{clean(hint_words(finding.advice))}", "bold")
    return said
