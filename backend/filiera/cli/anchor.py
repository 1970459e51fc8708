# SPDX-License-Identifier: Apache-2.0
"""`filiera anchor`: what waits is anchored at once."""

from __future__ import annotations

from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from filiera.cli.options import ApiUrl, Json
from filiera.cli.output import Output, facts
from filiera.cli.session import Session
from filiera.cli.wording import one_line
from filiera.cli.words import say


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command("anchor", help=say("help.anchor"))(anchor)


def anchor(api: ApiUrl = None, json: Json = False) -> None:
    """Anchor what waits."""
    session = Session(Output(json=json), api)
    with session.out.working(say("working.anchor")):
        batches = session.api.post("/batches", {})
    session.out.result(batches, lambda console: _show(console, batches))


def _show(console: Console, answer: Any) -> None:
    batches = answer["batches"]
    if not batches:
        console.print(Text(say("anchor.nothing")))
    for batch in batches:
        title = say("anchor.batch", number=batch["number"], count=batch["count"])
        console.print(Text(title, style="bold green"))
        rows = {
            say("field.root"): batch["root"],
            say("field.time"): one_line(batch["anchored"]),
        }
        console.print(facts(rows))
