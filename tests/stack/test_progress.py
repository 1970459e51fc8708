# SPDX-License-Identifier: Apache-2.0
"""A long command shows that it is alive, on a terminal and in a log alike."""

from __future__ import annotations

import io
import os
from pathlib import Path

from filiera.stack.progress import LOG_INTERVAL, Progress, run


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_log_gets_the_first_line_at_once_and_the_next_after_a_while() -> None:
    log, seconds = io.StringIO(), iter([0.0, 0.4, 1.0, LOG_INTERVAL + 1])
    progress = Progress("Kubo", log, lambda: next(seconds))
    for detail in ("fetching", "compiling 1", "compiling 2"):
        progress.show(detail)
    assert log.getvalue().splitlines() == ["Kubo: fetching (0 s)", "Kubo: compiling 2 (11 s)"]


def test_the_last_line_is_always_said() -> None:
    log, seconds = io.StringIO(), iter([0.0, 0.4, 1.0])
    progress = Progress("Kubo", log, lambda: next(seconds))
    progress.show("fetching")
    progress.done("built")
    assert log.getvalue().splitlines() == ["Kubo: fetching (0 s)", "Kubo: built (1 s)"]


def test_a_terminal_gets_one_line_that_is_rewritten_and_never_wraps() -> None:
    terminal = Terminal()
    Progress("Kubo", terminal).show("x" * 200)
    assert "\n" not in terminal.getvalue()
    assert len(terminal.getvalue().removeprefix("\r\x1b[K")) < 80


def test_a_command_hands_on_its_lines_its_output_and_how_it_ended() -> None:
    lines: list[str | None] = []
    finished = run(
        ["sh", "-c", "echo one >&2; echo two >&2; echo out; exit 4"],
        cwd=Path(),
        env=os.environ,
        tick=lines.append,
    )
    assert [line for line in lines if line is not None] == ["one", "two"]
    assert (finished.status, finished.stdout) == (4, "out")
    assert finished.tail == "one\ntwo\nout"


def test_a_command_with_much_output_is_kept_by_its_last_lines() -> None:
    finished = run(
        ["sh", "-c", "for n in $(seq 5000); do echo $n >&2; done; exit 1"],
        cwd=Path(),
        env=os.environ,
        tick=lambda _: None,
    )
    assert finished.tail.splitlines()[-1] == "5000"
    assert len(finished.tail.splitlines()) == 15
