# SPDX-License-Identifier: Apache-2.0
"""docs/cli.md has a section for every command, with its options and no others."""

from __future__ import annotations

import re

import pytest

from filiera.cli.main import COMMANDS as MODULES
from filiera.model.status_reasons import STATUS_REASONS
from tests.docs.pages import section, text
from tests.docs.test_reference import COMMANDS

SHARED = set(re.findall(r"^\| `(--[a-z-]+)", section("cli.md", "Shared options"), re.MULTILINE))


def documented(command: str) -> set[str]:
    """The options in a command's section: those of its table, and the shared ones it names."""
    body = section("cli.md", command)
    rows = re.findall(r"^\| (`-.*?) \|", body, re.MULTILINE)
    shared = re.findall(r"^Shared: ([^.]*)\.$", body, re.MULTILINE)
    assert set(re.findall(r"--[a-z-]+", " ".join(shared))) <= SHARED
    return set(re.findall(r"`(--[a-z-]+)`", " ".join([*rows, *shared])))


def typed(command: str) -> set[str]:
    """The options that the command takes."""
    options = {option for param in COMMANDS[command].params for option in param.opts}
    return {option for option in options if option.startswith("--")} - {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_commands_section_has_its_options_and_no_others(command: str) -> None:
    assert documented(command) == typed(command)


def test_no_command_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## (filiera .+)$", text("cli.md"), re.MULTILINE)) == set(COMMANDS)


def test_commands_stand_in_the_order_of_the_help() -> None:
    documented_order = re.findall(r"^## (filiera .+)$", text("cli.md"), re.MULTILINE)
    first = list(dict.fromkeys(name.split()[1] for name in documented_order))
    assert first == list(MODULES)


def test_every_reason_is_documented_with_its_number() -> None:
    body = section("cli.md", "Reasons")
    for reason in STATUS_REASONS.values():
        row = f"| {reason.number} | `{reason.word}` | {reason.en} | {reason.it} |"
        assert row in body
