# SPDX-License-Identifier: Apache-2.0
"""How commands fail: one shape, one exit code a family, never a traceback."""

from __future__ import annotations

import json

import pytest

from filiera.cli import key
from filiera.cli.failing import as_filiera_error, exit_code
from filiera.errors import (
    ConflictError,
    FilieraError,
    InputError,
    IntegrityError,
    NotFoundError,
    RefusedError,
    SetupError,
    UnavailableError,
)
from tests.cli.conftest import Terminal


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (InputError("usage", "x"), 2),
        (NotFoundError("record-not-found", "x"), 2),
        (ConflictError("key-exists", "x"), 2),
        (SetupError("setting-invalid", "x"), 2),
        (RefusedError("role-missing", "x"), 1),
        (ConflictError("chain-refused", "x"), 1),
        (IntegrityError("record-corrupt", "x"), 1),
        (UnavailableError("chain-unreachable", "x", part="chain"), 3),
    ],
)
def test_an_exit_code_says_what_kind_of_no_it_was(error: FilieraError, expected: int) -> None:
    assert exit_code(error) == expected


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("clam",), "clam"),
        (("claim", "new"), "--about"),
        (("claim", "new", "--colour"), "--colour"),
        (("passport", "show"), "PRODUCT"),
        (("submit", "nowhere.jws"), "nowhere.jws"),
    ],
)
def test_wrong_use_names_what_is_wrong_and_where_to_look(
    terminal: Terminal, args: tuple[str, ...], says: str
) -> None:
    result = terminal.run(*args)
    assert result.exit_code == 2
    assert "Error [usage]" in result.stderr
    assert says in result.stderr
    assert "--help" in result.stderr
    assert result.stdout == ""


def test_an_error_is_also_json_where_json_was_asked_for(terminal: Terminal) -> None:
    result = terminal.run("key", "show", "nobody", "--json")
    error = json.loads(result.stdout)["error"]
    assert error["code"] == "key-not-found"
    assert error["exit"] == result.exit_code == 2
    assert "[key-not-found]" in result.stderr


def test_an_italian_reads_the_code_in_italian_and_the_detail_below(terminal: Terminal) -> None:
    result = terminal.run("key", "show", "nobody", FILIERA_LANG="it")
    assert "Errore [key-not-found] Nella cartella non c'è una chiave con quel nome." in (
        result.stderr.replace("\n", " ").replace("  ", " ")
    )
    assert "in dettaglio" in result.stderr


def test_a_sentence_that_is_italian_already_is_not_said_twice(terminal: Terminal) -> None:
    result = terminal.run("claim", "new", "--about", "x", "--criterion", "x", FILIERA_LANG="it")
    assert result.exit_code == 2
    result = terminal.run(
        "claim", "new", "--about", "09520000000011", "--criterion", "x", FILIERA_LANG="it"
    )
    assert "in dettaglio" not in result.stderr


def test_a_fault_of_ours_is_said_without_a_traceback(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_options: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(key, "Output", broken)
    result = terminal.run("key", "list")
    assert result.exit_code == 2
    assert "Error [internal]" in result.stderr
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.output


def test_ctrl_c_ends_quietly_with_130(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(key, "Output", interrupted)
    result = terminal.run("key", "list")
    assert (result.exit_code, result.output.strip()) == (130, "")


def test_a_missing_package_says_what_to_install() -> None:
    error = as_filiera_error(ModuleNotFoundError("No module named 'httpx'", name="httpx"))
    assert error.code == "tool-missing"
    assert "httpx" in error.message
    assert "filiera[server]" in (error.hint or "")


def test_a_file_that_cannot_be_read_is_named() -> None:
    error = as_filiera_error(PermissionError(13, "Permission denied", "secret.json"))
    assert (error.code, error.where) == ("file-unreadable", "secret.json")


def test_no_arguments_show_the_help(terminal: Terminal) -> None:
    result = terminal.run()
    assert result.exit_code == 2
    assert "Usage: filiera" in result.output
    assert "passport" in result.output


def test_the_version_is_the_packages(terminal: Terminal) -> None:
    result = terminal.run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("filiera ")
