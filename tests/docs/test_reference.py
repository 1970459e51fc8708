# SPDX-License-Identifier: Apache-2.0
"""Every command, option and setting is documented, and no setting that is not there.

tests/api/test_docs.py does the same for the API's addresses, tests/test_errors.py for the
codes of errors, tests/docs/test_checks.py for the reasons of verdicts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
import typer

from filiera.cli.main import app
from filiera.demo.request import DemoRequest, Network, Tamper
from filiera.settings import Settings
from filiera.stack.ports import Ports
from tests.docs.pages import ROOT, rows, section, text

PACKAGE = ROOT / "backend" / "filiera"


# Commands


def commands(group: Any = None, path: str = "filiera") -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its full name."""
    group = group or typer.main.get_command(app)
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands())


def options(command: Any) -> set[str]:
    """Its options as they are typed, `--help` left out."""
    given = {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)}
    return {opt for opt in given if opt.startswith("--")} - {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert command in text("cli.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command: str) -> None:
    lacking = {opt for opt in options(COMMANDS[command]) if f"{opt}" not in text("cli.md")}
    assert not lacking


# Settings


def documented_variables() -> set[str]:
    return {
        word
        for page in ("settings.md", "setup.md")
        for word in re.findall(r"`(FILIERA_[A-Z_]+)`", text(page))
    }


def read_variables() -> set[str]:
    """Variables that the code names, in plain sight or as fields of the server's settings."""
    named = {
        node.value
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"FILIERA_[A-Z]+(_[A-Z]+)*", node.value)
    }
    return named | {f"FILIERA_{name.upper()}" for name in Settings.model_fields}


def test_every_variable_is_documented_and_none_is_invented() -> None:
    assert documented_variables() == read_variables()


@pytest.mark.parametrize("field", Settings.model_fields)
def test_a_setting_of_the_server_has_its_default(field: str) -> None:
    table = {row[0].strip("`"): row for row in rows(section("settings.md", "The server"))}
    default = Settings.model_fields[field].default
    cell = table[f"FILIERA_{field.upper()}"][2]
    assert (f"`{default}`" if default is not None else "required") in cell


@pytest.mark.parametrize("port", fields(Ports), ids=lambda port: port.name)
def test_a_port_has_its_default(port: Any) -> None:
    table = {row[0].strip("`"): row for row in rows(section("setup.md", "Settings"))}
    place = getattr(Ports(), port.name)
    assert str(place.default) in table[place.setting][2]


def test_the_variables_of_the_demonstration_are_documented() -> None:
    table = {row[0].strip("`"): row[1] for row in rows(section("settings.md", "The demonstration"))}
    assert set(table) - {"variable"} == {field.name.upper() for field in fields(DemoRequest)}
    assert set(re.findall(r"`([a-z-]+)`", table["TAMPER"])) == set(Tamper)
    assert set(re.findall(r"`([a-z-]+)`", table["NETWORK"])) == set(Network)


def test_make_hands_on_every_variable_of_the_demonstration() -> None:
    handed = re.search(r"foreach name,([A-Z ]+),", (ROOT / "Makefile").read_text("utf-8"))
    assert handed
    assert {field.name.upper() for field in fields(DemoRequest)} <= set(handed[1].split())
