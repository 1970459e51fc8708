# SPDX-License-Identifier: Apache-2.0
"""What to do is said in Italian too, whoever advises it: a lower layer, this machine, a server."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

import filiera
from filiera.cli.client import error_of
from filiera.cli.failing import show_error
from filiera.cli.words.hints import HINTS, hint_words
from filiera.domain.epcis import choice
from filiera.errors import InputError

PACKAGE = Path(filiera.__file__).parent
BELOW = [path for path in sorted(PACKAGE.rglob("*.py")) if "cli" not in path.parts]
HINT_AT = {"malformed": 1, "Finding": 3}
"""Who takes a hint without naming it, and as which argument."""
PUT_TOGETHER = [
    f"{before}{choice._listing(found)}"
    for before in ("", "Name one with PRODUCT=. ")
    for found in ([], ["urn:a"], [f"urn:{number}" for number in range(99)])
]


def literals(node: ast.expr, path: Path) -> Iterator[str]:
    """What an expression can be as a hint, with 7 for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "7" for p in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*literals(one, path), *literals(other, path))
        case ast.Name(id=name) if name.isupper():
            place = path.relative_to(PACKAGE.parent).with_suffix("")
            yield str(getattr(importlib.import_module(".".join(place.parts)), name))
        case _:
            pass  # handed on from where it is collected


def hinted(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that a node hands over as a hint."""
    if isinstance(node, ast.Call):
        yield from (each.value for each in node.keywords if each.arg == "hint")
        at = HINT_AT.get(getattr(node.func, "id", ""))
        yield from node.args[at : at + 1] if at is not None else []
    if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "hint" and node.value:
        yield node.value


def hints() -> Iterator[tuple[str, str]]:
    """(where, hint) of every one outside the command line."""
    for path in BELOW:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for value in hinted(node):
                for text in literals(value, path):
                    if text and "_listing(" not in ast.unparse(value):
                        yield path.stem, text
    yield from (("choice", text) for text in PUT_TOGETHER)
    yield "bodies", "Send application/jose or multipart/form-data."


FOUND = sorted(set(hints()))


def test_hints_are_found_where_they_are_written() -> None:
    assert len(FOUND) > 50
    assert {"gs1", "tools", "rpc", "doctor", "search"} <= {where for where, _ in FOUND}


@pytest.mark.parametrize(("where", "hint"), FOUND)
def test_every_hint_is_said_in_italian(where: str, hint: str) -> None:
    assert hint_words(hint, lang="it") != hint, f"not in HINTS: {where}"
    assert hint_words(hint, lang="en") == hint


def test_no_italian_hint_is_left_over() -> None:
    said = {hint_words(hint, lang="it") for _, hint in FOUND}
    patterns = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(italian)) for italian in HINTS.values()]
    unused = [each for each in patterns if not any(re.fullmatch(each, one) for one in said)]
    assert unused == []


def test_what_was_filled_in_stands_in_the_italian_hint_too() -> None:
    assert hint_words("Known reasons: a, b.", lang="it") == "Motivi noti: a, b."
    assert hint_words("Send a/b or c/d.", lang="it") == "Manda a/b o c/d."


def test_an_advice_that_is_new_here_stays_as_it_came() -> None:
    assert hint_words("Do something new.", lang="it") == "Do something new."
    assert hint_words("Write " * 4_000 + ".", lang="it") == "Write " * 4_000 + "."


def test_an_italian_reader_is_told_in_italian_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILIERA_LANG", "it")
    shown = StringIO()
    error = InputError("gs1-check-digit", "It is 7.", hint="Look for a mistyped or swapped digit.")
    show_error(error, console=Console(file=shown, width=80))
    assert "Cerca una cifra sbagliata o scambiata." in shown.getvalue()


def test_what_a_server_advises_is_said_in_italian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILIERA_LANG", "it")
    shown = StringIO()
    problem = {"code": "status-expired", "detail": "Too late.", "status": 409}
    error = error_of({**problem, "hint": "Sign the instruction again with a later one."})
    show_error(error, console=Console(file=shown, width=80))
    assert "Firma di nuovo l'istruzione" in shown.getvalue()
