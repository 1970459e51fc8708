# SPDX-License-Identifier: Apache-2.0
"""Help: for every command, in both languages, within 80 columns, and without the server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup

from filiera.cli.main import app
from tests.cli.conftest import Terminal


def commands() -> Iterator[tuple[str, ...]]:
    """The words of every command and group."""

    def walk(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield path
        if isinstance(command, TyperGroup):
            for name, below in command.commands.items():
                yield from walk(below, (*path, name))

    yield from walk(typer.main.get_command(app), ())


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_command_has_help_within_80_columns(
    terminal: Terminal, path: tuple[str, ...]
) -> None:
    result = terminal.run(*path, "--help")
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    assert len(re.sub(r"\W", "", result.stdout)) > 100
    assert "<bool>" not in result.stdout


def python(*lines: str, **env: str) -> str:
    """What a program prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "80", **env},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


RUN = ("import sys", "from filiera.cli.main import app", "sys.argv = ['filiera', *ARGS]", "app()")


def test_an_italian_reads_italian_help() -> None:
    printed = python("ARGS = ['claim', 'new', '--help']", *RUN, FILIERA_LANG="it")
    assert "È la tua parola" in printed
    assert "Opzioni" in printed
    for english in ("Show this", "required", "env var"):
        assert english not in printed


BLOCK = """
import importlib.abc, sys
class Refuse(importlib.abc.MetaPathFinder):
    names = {'httpx', 'fastapi', 'uvicorn', 'web3', 'eth_account', 'sqlalchemy', 'platformdirs',
             'pydantic_settings', 'psutil', 'requests', 'eth_abi', 'ipfshttpclient', 'fpdf',
             'dag_cbor', 'structlog', 'biip'}
    def find_spec(self, name, path, target=None):
        if name.partition('.')[0] in self.names:
            raise ModuleNotFoundError(f'No module named {name!r}', name=name.partition('.')[0])
sys.meta_path.insert(0, Refuse())
"""


@pytest.mark.parametrize("args", [["--help"], ["verify", "--help"], ["claim", "new", "--help"]])
def test_help_needs_only_what_verifying_needs(args: list[str]) -> None:
    printed = python(BLOCK, f"ARGS = {args}", *RUN)
    assert "Usage:" in printed


def test_what_is_not_installed_is_named_with_how_to_get_it() -> None:
    printed = python(BLOCK, "ARGS = ['key', 'list']", *RUN)
    assert "[tool-missing]" in printed
    assert "filiera[server]" in printed
    assert "Traceback" not in printed


def leaves(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Every command that does something, with its options."""
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            yield from leaves(below, (*path, name))
    else:
        params = command.params  # type: ignore[attr-defined]
        yield " ".join(path), {option for param in params for option in param.opts}


def test_every_command_can_answer_in_json() -> None:
    lacking = [
        name for name, options in leaves(typer.main.get_command(app)) if "--json" not in options
    ]
    assert not lacking


def test_every_command_that_asks_can_be_answered_beforehand() -> None:
    asking = {name for name, options in leaves(typer.main.get_command(app)) if "--yes" in options}
    signing = {name for name, options in leaves(typer.main.get_command(app)) if "--as" in options}
    # `sign` signs what was written by hand and sends nothing.
    assert signing - asking == {"sign"}
