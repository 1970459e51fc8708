# SPDX-License-Identifier: Apache-2.0
"""What a command imports is what it needs: a refusal, a help text, a verification."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from filiera.cli.main import COMMANDS, app
from filiera.cli.words import say

VECTORS = Path(__file__).parents[1] / "vectors"
RUN = """
import json, sys
from filiera.cli.main import app
sys.argv = ['filiera', *json.loads(sys.argv[1])]
try:
    app()
finally:
    print(json.dumps(sorted(sys.modules)))
"""
SERVERS = {"fastapi", "starlette", "uvicorn", "sqlalchemy", "jinja2", "babel", "segno", "fpdf"}
NETWORK = {"web3", "eth_account", "httpx", "requests", "ipfshttpclient", "http.client"}
OTHERS = {"jsonschema", "biip", "hypothesis", "unittest"}
# The helps of typer, with a Markdown reader and a highlighter of code.
HELPS = {"typer.rich_utils", "markdown_it", "pygments"}
# What reads and judges what a record says.
JUDGING = {"filiera.model.records", "filiera.proof.verify", "filiera.services.passport_view"}


def imported(*args: object) -> set[str]:
    """The modules that a command line has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps([str(arg) for arg in args])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def commands_among(modules: set[str]) -> set[str]:
    """The commands whose modules are among these."""
    return {name for name, module in COMMANDS.items() if f"filiera.cli.{module}" in modules}


UNREADABLE = ["input-not-json", "input-bundle-version", "input-surplus-member", "input-too-deep"]
UNNEEDED = SERVERS | NETWORK | OTHERS | HELPS


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_bundle_is_refused_without_what_would_judge_it(name: str) -> None:
    modules = imported("verify", VECTORS / "bundles" / f"{name}.json")
    assert modules & (UNNEEDED | JUDGING) == set()
    assert commands_among(modules) == {"verify"}


def test_a_trust_file_is_read_without_what_would_judge_records() -> None:
    trust = VECTORS / "trust" / "good-operator.json"
    modules = imported("verify", VECTORS / "bundles" / "input-not-json.json", "--trust", trust)
    assert "filiera.proof.trust" in modules
    assert modules & (UNNEEDED | JUDGING) == set()


def test_a_bundle_is_verified_without_server_network_or_help() -> None:
    good = VECTORS / "bundles" / "good-operator.json"
    modules = imported("verify", good, "--trust", VECTORS / "trust" / "good-operator.json")
    assert modules >= JUDGING
    assert modules & UNNEEDED == set()
    assert commands_among(modules) == {"verify"}


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["nonsense"]])
def test_the_list_of_commands_imports_none_of_them(args: list[str]) -> None:
    modules = imported(*args)
    assert not commands_among(modules)
    assert modules & (SERVERS | NETWORK | JUDGING) == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_listed_by_the_sentence_that_its_own_help_begins_with(name: str) -> None:
    group = typer.main.get_command(app)
    command = group.commands[name]  # type: ignore[attr-defined]  # typer names no group
    assert command.name == name
    assert command.help == say(f"help.{name}")
