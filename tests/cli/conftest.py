# SPDX-License-Identifier: Apache-2.0
"""The command line in this process, against a server of a small district in memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partialmethod
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account
from typer.testing import CliRunner, Result

from filiera.adapters.keys.keystore import Keystore
from filiera.cli import client, clock, running
from filiera.cli.main import app
from tests.support.server import Server
from tests.support.world import ANCHORED, Firm

PASSWORD = "correct horse"
KEYS = {"association": "association", "mill": "mill", "brand": "brand"}
"""Key name -> the firm of `World` that it belongs to."""


@dataclass
class Terminal:
    """A person at a terminal of 80 columns: `run` gives what was printed and the exit code."""

    keys: Path
    password_file: Path

    def run(self, *args: object, answer: str | None = None, **env: str) -> Result:
        """Run one command line; `answer` is typed at its question."""
        runner = CliRunner(env={"COLUMNS": "80", "FILIERA_LANG": "en", **env})
        return runner.invoke(app, [str(arg) for arg in args], input=answer)

    def run_json(self, *args: object, answer: str | None = None) -> Any:
        """The JSON result of a command that must succeed."""
        result = self.run(*args, "--json", answer=answer)
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in an empty folder, where no demonstration runs and no server answers.

    Keys made there are cheap to make (`dear_keys` makes them as a person's are).
    """
    monkeypatch.setattr(Keystore, "new", partialmethod(Keystore.new, cheap=True))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "_CHECKOUT", tmp_path)
    monkeypatch.setattr(clock, "now", lambda: datetime.fromtimestamp(ANCHORED, UTC))
    keys, password_file = tmp_path / "keys", tmp_path / "password"
    password_file.write_text(PASSWORD + "\n")
    for name in ("FILIERA_API", "FILIERA_DEPLOYMENT", "FILIERA_CHAIN_URL", "FILIERA_STATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FILIERA_API", "http://127.0.0.1:9")
    monkeypatch.setenv("FILIERA_KEYS", str(keys))
    monkeypatch.setenv("FILIERA_PASSWORD_FILE", str(password_file))
    return Terminal(keys, password_file)


@pytest.fixture
def dear_keys(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the terminal's keys; new ones cost what they cost everybody."""
    monkeypatch.setattr(Keystore, "new", _NEW)
    return terminal.keys


_NEW = Keystore.new


@pytest.fixture
def server(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that every command reaches, with a key of each firm of its world."""
    made = Server()
    monkeypatch.setattr(client, "open_http", lambda _base: made.client)
    for name in KEYS:
        put_key(terminal.keys, name, getattr(made.world, name))
    put_key(terminal.keys, "certifier", made.certifier)
    return made


@pytest.fixture
def anchored(server: Server) -> Server:
    """The server with everything that the world signed, anchored."""
    server.submit_all()
    server.anchor()
    return server


def put_key(folder: Path, name: str, firm: Firm) -> None:
    """Write a firm's key file, cheap to open."""
    folder.mkdir(exist_ok=True)
    secret = sha256(firm.name.encode()).digest()
    encrypted = Account.encrypt(secret, PASSWORD, kdf="pbkdf2", iterations=1)
    (folder / f"{name}.json").write_text(json.dumps(encrypted))


@pytest.fixture
def a_file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes files."""

    def write(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write
