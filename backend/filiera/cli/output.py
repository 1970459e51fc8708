# SPDX-License-Identifier: Apache-2.0
"""How commands speak: results on stdout, everything else on stderr; plain or as JSON.

What comes from records is data: it is never read as markup, and characters that would
move a terminal's cursor or turn its writing direction are replaced before they are shown.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from filiera.cli.words import say
from filiera.errors import FilieraError, InputError

# Control, format and separator characters: names may hold them, and a line break begins a line
# that looks like one of ours.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def clean(text: object) -> str:
    """One line of `text` without what a terminal would obey: each such becomes U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", str(text))


def clean_lines(text: str) -> str:
    """The same of text that has several lines."""
    return "\n".join(map(clean, text.split("\n")))


def plain_console(*, stderr: bool = False) -> Console:
    """A console that prints data as it is: no markup, no highlighting, no emoji codes."""
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


class CancelledError(FilieraError):
    """Raised when the person said no: nothing was signed or sent."""

    def __init__(self) -> None:
        super().__init__("cancelled", say("cancelled"))


class Output:
    """The two streams of one command. `json` makes its result one JSON value."""

    def __init__(self, *, json: bool = False) -> None:
        self.json = json
        self.console = plain_console()
        self.err = plain_console(stderr=True)

    def result(self, value: Any, show: Callable[[Console], None]) -> None:
        """The command's result: `value` as JSON if asked for, else what `show` prints."""
        if self.json:
            print(to_json(value), flush=True)
        else:
            show(self.console)

    def note(self, text: str | Text, *, style: str = "") -> None:
        """A remark on stderr."""
        self.err.print(Text(clean_lines(text), style=style) if isinstance(text, str) else text)

    def confirm(
        self,
        title: str,
        rows: Mapping[str, str],
        question: str,
        *,
        yes: bool,
        remarks: tuple[str, ...] = (),
    ) -> None:
        """Show on stderr what is about to be done, and ask; `yes` answers beforehand.

        Raises CancelledError at a no, InputError (`usage`) when nobody answers.
        """
        self._show(title, rows, remarks)
        if not yes and not self._agreed(question):
            raise CancelledError

    def _show(self, title: str, rows: Mapping[str, str], remarks: tuple[str, ...]) -> None:
        notes = Table.grid(padding=(0, 1, 0, 0))
        notes.add_column(style="bold yellow")
        notes.add_column(overflow="fold")
        for remark in remarks:
            notes.add_row("!", Text(clean_lines(remark)))
        inside = Group(facts(rows), "", notes) if remarks else facts(rows)
        self.err.print(Panel(inside, title=Text(clean(title), style="bold"), title_align="left"))

    def _agreed(self, question: str) -> bool:
        self.err.print(Text(f"{question} {say('ask.choices')} ", style="bold"), end="")
        answer = sys.stdin.readline()
        if not answer:
            self.err.print()
            raise InputError("usage", say("ask.nobody"), hint=say("ask.nobody.hint"))
        return answer.strip().lower() in ("y", "yes", "s", "sì", "si")

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """Show on a terminal's stderr that something is under way."""
        if not self.err.is_terminal:
            yield
            return
        with self.err.status(Text(clean(what))):
            yield


def facts(rows: Mapping[str, str]) -> Table:
    """Names and values, the values folded rather than cut."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows.items():
        grid.add_row(Text(clean(name)), Text(clean_lines(value)))
    return grid


def bulleted(items: Iterable[Sequence[str]]) -> Table:
    """A list; of an item in several lines each is cleaned by itself."""
    bullets = Table.grid(padding=(0, 1, 0, 0))
    bullets.add_column()
    bullets.add_column(overflow="fold")
    for lines in items:
        bullets.add_row("•", Text("\n".join(map(clean, lines))))
    return bullets


def to_json(value: Any) -> str:
    """A result as indented JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    # Models are known by their method: to name their class is to import all of pydantic.
    dump = getattr(value, "model_dump", None)
    return str(value) if dump is None else dump(mode="json", by_alias=True)
