# SPDX-License-Identifier: Apache-2.0
"""Keys on the command line."""

import json
from pathlib import Path

import pytest

from filiera.cli import session
from tests.cli.conftest import Terminal


def test_a_new_key_shows_its_account_and_where_its_file_is(terminal: Terminal) -> None:
    made = terminal.run_json("key", "new", "alice")
    assert made["name"] == "alice"
    assert made["address"].startswith("0x")
    assert made["file"].endswith("alice.json")


def test_a_new_key_costs_a_guesser_what_ethereums_own_tools_make_it_cost(
    terminal: Terminal, dear_keys: Path
) -> None:
    terminal.run_json("key", "new", "alice")
    crypto = json.loads((dear_keys / "alice.json").read_bytes())["crypto"]
    assert (crypto["kdf"], crypto["kdfparams"]["n"], crypto["kdfparams"]["r"]) == (
        "scrypt",
        2**18,
        8,
    )


def test_every_key_of_the_folder_is_listed(terminal: Terminal) -> None:
    for name in ("bob", "alice"):
        terminal.run("key", "new", name)
    assert [key["name"] for key in terminal.run_json("key", "list")] == ["alice", "bob"]
    assert "alice" in terminal.run("key", "list").stdout


def test_an_empty_folder_is_no_error(terminal: Terminal) -> None:
    result = terminal.run("key", "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no keys" in result.stderr


def test_the_private_key_and_the_password_are_never_printed(terminal: Terminal) -> None:
    for args in (("key", "new", "alice"), ("key", "show", "alice"), ("key", "list")):
        printed = terminal.run(*args).output
        assert "ciphertext" not in printed
        assert "correct horse" not in printed


def test_a_name_that_is_taken_is_refused_and_says_so(terminal: Terminal) -> None:
    terminal.run("key", "new", "alice")
    result = terminal.run("key", "new", "alice")
    assert result.exit_code == 2
    assert "[key-exists]" in result.stderr


def test_a_key_that_is_not_there_says_how_to_make_it(terminal: Terminal) -> None:
    result = terminal.run("key", "show", "nobody")
    assert result.exit_code == 2
    assert "[key-not-found]" in result.stderr
    assert "filiera key new nobody" in result.stderr


def test_without_a_terminal_a_password_must_come_from_a_file(terminal: Terminal) -> None:
    result = terminal.run("key", "new", "alice", FILIERA_PASSWORD_FILE="")
    assert result.exit_code == 2
    assert "--password-file" in result.stderr


def test_an_empty_password_file_makes_no_key(terminal: Terminal) -> None:
    terminal.password_file.write_text("\n")
    result = terminal.run("key", "new", "alice")
    assert result.exit_code == 2
    assert not terminal.keys.exists()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person will type where a password is asked for."""
    passwords: list[str] = []
    monkeypatch.delenv("FILIERA_PASSWORD_FILE")
    monkeypatch.setattr(session, "has_terminal", lambda: True)
    monkeypatch.setattr(session, "ask_password", lambda _question: passwords.pop(0))
    return passwords


def test_a_password_is_typed_twice(terminal: Terminal, typed: list[str]) -> None:
    typed += ["one", "one"]
    assert terminal.run("key", "new", "alice").exit_code == 0
    assert not typed


def test_two_different_passwords_make_no_key(terminal: Terminal, typed: list[str]) -> None:
    typed += ["one", "two"]
    result = terminal.run("key", "new", "alice", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "key-password"
    assert not terminal.keys.exists()


def test_an_empty_password_makes_no_key(terminal: Terminal, typed: list[str]) -> None:
    typed += ["", ""]
    assert terminal.run("key", "new", "alice").exit_code == 2
    assert not terminal.keys.exists()
