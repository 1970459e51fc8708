# SPDX-License-Identifier: Apache-2.0
"""Verifying: by the server's word, or by a node of one's own and nobody else's word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.cli.session import Session
from tests.cli.conftest import Terminal
from tests.support.server import Server
from tests.support.world import GARMENT, REPORT

PRODUCT = "09520000000028/LOT-1"
Writes = Callable[[str, bytes], Path]


@pytest.fixture
def node(anchored: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """The same chain as a node of one's own; the server is not to be asked any more."""
    monkeypatch.setattr(Session, "ledger", anchored.ledger)
    monkeypatch.setattr(Session, "trust", anchored.world.trust())
    (tmp_path / "deployment.json").write_text("{}")
    return anchored


@pytest.fixture
def passport(terminal: Terminal, node: Server) -> dict[str, Any]:
    """A passport.json as somebody was given it."""
    view: dict[str, Any] = terminal.run_json("passport", "show", PRODUCT)
    return view


def verify(terminal: Terminal, view: Any, a_file: Writes, *more: object) -> Any:
    """Verify a passport file against the node."""
    file = a_file("passport.json", json.dumps(view).encode())
    return terminal.run("verify", file, "--deployment", "deployment.json", *more)


def last_line(result: Any) -> str:
    """The line for programs."""
    line: str = result.stdout.splitlines()[-1]
    return line


def test_a_passport_file_is_proven_by_the_node_alone(
    terminal: Terminal, node: Server, passport: Any, a_file: Writes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(Session, "api", property(lambda _self: pytest.fail("asked the server")))
    result = verify(terminal, passport, a_file)
    assert result.exit_code == 0, result.output
    assert last_line(result) == f"passport {GARMENT}: proven (2 of 2 steps; one operator's word)"
    assert "signature-ok" in result.stdout
    assert "neither the server nor its database" in " ".join(result.stdout.split())


def test_the_files_own_verdict_is_nobodys_word(
    terminal: Terminal, passport: Any, a_file: Writes
) -> None:
    passport["verdict"]["outcome"] = "disproven"
    passport["own"]["issuer"]["name"] = "Somebody Else"
    result = verify(terminal, passport, a_file)
    assert result.exit_code == 0
    assert "Somebody Else" not in result.stdout


@pytest.mark.parametrize(
    ("alter", "code"),
    [
        (lambda step: step.update(jws=step["jws"][:-4] + "AAAA"), "record-hash-mismatch"),
        (lambda step: step["anchor"]["path"].reverse(), "path-mismatch"),
        (lambda step: step["anchor"]["path"].pop(), "path-wrong-length"),
        (lambda step: step["anchor"].update(root="0x" + "11" * 32), "anchor-absent"),
    ],
)
def test_an_altered_record_or_path_is_disproven(
    terminal: Terminal, passport: Any, a_file: Writes, alter: Callable[[Any], None], code: str
) -> None:
    alter(passport["steps"][0])
    result = verify(terminal, passport, a_file)
    assert result.exit_code == 1
    assert code in result.stdout
    assert "disproven (1 of 2 steps" in last_line(result)


def test_a_listed_record_that_is_left_out_cannot_be_proven(
    terminal: Terminal, passport: Any, a_file: Writes
) -> None:
    del passport["steps"][0]
    result = verify(terminal, passport, a_file)
    assert result.exit_code == 3
    assert "unknown (1 of 2 steps" in last_line(result)


def test_a_node_that_is_down_leaves_it_open(
    terminal: Terminal, node: Server, passport: Any, a_file: Writes
) -> None:
    node.ledger.down = True
    result = verify(terminal, passport, a_file)
    assert result.exit_code == 3
    assert "unknown (0 of 2 steps" in last_line(result)


@pytest.mark.parametrize("name", ["report.pdf", "{digest}-whatever.pdf", "anything.bin"])
def test_documents_beside_it_are_compared_by_hash(
    terminal: Terminal, passport: Any, a_file: Writes, tmp_path: Path, name: str
) -> None:
    digest = passport["steps"][0]["documents"][0]["sha256"][2:18]
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / name.format(digest=digest)).write_bytes(REPORT)
    result = verify(terminal, passport, a_file, "--documents", folder)
    assert result.exit_code == 0
    assert "document-ok" in result.stdout


@pytest.mark.parametrize("name", ["report.pdf", "{digest}-whatever.pdf"])
def test_an_altered_document_is_disproven(
    terminal: Terminal, passport: Any, a_file: Writes, tmp_path: Path, name: str
) -> None:
    digest = passport["steps"][0]["documents"][0]["sha256"][2:18]
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / name.format(digest=digest)).write_bytes(REPORT + b"!")
    result = verify(terminal, passport, a_file, "--documents", folder)
    assert result.exit_code == 1
    assert "document-hash-mismatch" in result.stdout


def test_a_document_that_is_not_there_is_not_presented(
    terminal: Terminal, passport: Any, a_file: Writes
) -> None:
    result = verify(terminal, passport, a_file)
    assert "Documents not presented: 1" in result.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"{", "not JSON"),
        (b"[]", "JSON object"),
        (b'{"id": "x"}', "own"),
        (b'{"id": "x", "own": {"record": "y"}, "steps": []}', "own.record"),
        (b'{"id": "x", "own": {"record": "ni:///sha-256;' + b"A" * 43 + b'"}}', "steps"),
    ],
)
def test_a_file_that_is_no_passport_is_named_with_the_member_that_is_wrong(
    terminal: Terminal, node: Server, a_file: Writes, text: bytes, says: str
) -> None:
    result = terminal.run("verify", a_file("p.json", text), "--deployment", "deployment.json")
    assert result.exit_code == 2
    assert "[passport-malformed]" in result.stderr
    assert says in " ".join(result.stderr.split())


def test_a_file_that_is_not_there_is_no_product(terminal: Terminal) -> None:
    result = terminal.run("verify", "nowhere.json")
    assert result.exit_code == 2
    assert "[file-unreadable]" in result.stderr


def test_without_a_deployment_file_nothing_can_be_believed(
    terminal: Terminal, a_file: Writes
) -> None:
    text = '{"id": "x", "own": {"record": "ni:///sha-256;' + "A" * 43
    text += '"}, "steps": [], "claims": [], "identities": []}'
    result = terminal.run("verify", a_file("p.json", text.encode()))
    assert result.exit_code == 2
    assert "--node" in result.stderr


def test_a_product_is_verified_by_the_server_and_said_to_be_its_word(
    terminal: Terminal, anchored: Server
) -> None:
    result = terminal.run("verify", PRODUCT)
    assert result.exit_code == 0
    assert "This is the word of the server" in " ".join(result.stdout.split())
    assert last_line(result) == f"passport {GARMENT}: proven (2 of 2 steps; one operator's word)"
    anchored.ledger.down = True
    assert terminal.run("verify", PRODUCT).exit_code == 3
