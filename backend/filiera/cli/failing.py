# SPDX-License-Identifier: Apache-2.0
"""How a command ends when it cannot do what it was asked: one shape, one exit code each.

What is wrong, where, what to do, with the permanent code; never a traceback.
"""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from filiera.cli.output import clean, facts, plain_console, to_json
from filiera.cli.words import Said, language, say, say_if_known
from filiera.cli.words.hints import hint_words
from filiera.cli.words.machine import machine_words
from filiera.errors import (
    FilieraError,
    InputError,
    IntegrityError,
    RefusedError,
    SetupError,
    UnavailableError,
)
from filiera.proof.reasons import Outcome

OK: Final = 0
DISPROVEN: Final = 1
"""Disproven, or refused by the rules."""
WRONG_USE: Final = 2
UNKNOWN: Final = 3
"""Could not check, or a part is unavailable."""
INTERRUPTED: Final = 130

EXIT_OF_OUTCOME: Final = {
    Outcome.PROVEN: OK,
    Outcome.DISPROVEN: DISPROVEN,
    Outcome.UNKNOWN: UNKNOWN,
}


class UncheckedError(FilieraError):
    """Raised when a file that is to be verified cannot be read as what it should be."""


def exit_code(error: FilieraError) -> int:
    """The exit code that an error ends with."""
    if isinstance(error, UnavailableError | UncheckedError):
        return UNKNOWN
    if isinstance(error, RefusedError | IntegrityError) or error.code == "chain-refused":
        return DISPROVEN
    return WRONG_USE


def as_filiera_error(error: BaseException) -> FilieraError:
    """Whatever went wrong, as one of ours: a missing package, a file, or a fault of ours."""
    match error:
        case FilieraError():
            return error
        case ModuleNotFoundError():
            return SetupError(
                "tool-missing",
                say("missing-package", name=error.name or "?"),
                hint=say("missing-package.hint"),
            )
        case OSError():
            return InputError(
                "file-unreadable",
                error.strerror or type(error).__name__,
                where=None if error.filename is None else str(error.filename),
            )
        case _:
            return SetupError(
                "internal",
                f"{type(error).__name__}: {error}",
                where=_place(error),
                hint=say("internal.hint"),
            )


def _place(error: BaseException) -> str | None:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return None
    module = trace.tb_frame.f_globals.get("__name__", "?")
    return f"{module}:{trace.tb_lineno}"


def show_error(error: FilieraError, *, json: bool = False, console: Console | None = None) -> None:
    """Print an error on stderr; with `json` also as one JSON value on stdout."""
    err = console or plain_console(stderr=True)
    title = Text(say("error"), style="bold red")
    title.append(f" [{error.code}] ", style="red")
    title.append(clean(_headline(error)), style="default not bold")
    err.print(title, overflow="fold")
    details = facts({f"{say(name)}:": value for name, value in _details(error).items()})
    err.print(Padding(details, (0, 0, 0, 2)))
    if json:
        print(to_json({"error": error_json(error)}), flush=True)


def _headline(error: FilieraError) -> str:
    """The sentence itself where the reader's language has it, else the code's own."""
    if _is_said(error):
        return machine_words(error.message)
    return say_if_known(f"fault.{error.code}", error.message)


def _is_said(error: FilieraError) -> bool:
    return language() == "en" or isinstance(machine_words(error.message), Said)


def _details(error: FilieraError) -> dict[str, str]:
    details: dict[str, str] = {}
    if not _is_said(error) and _headline(error) != error.message:
        details["error.exactly"] = error.message
    if error.where:
        details["error.where"] = error.where
    if error.hint:
        details["error.hint"] = hint_words(error.hint)
    return details


def error_json(error: FilieraError) -> dict[str, Any]:
    """An error as data."""
    said = {
        "code": error.code,
        "message": error.message,
        "where": error.where,
        "hint": error.hint,
        "part": error.part if isinstance(error, UnavailableError) else None,
        "exit": exit_code(error),
    }
    return {name: value for name, value in said.items() if value is not None}
