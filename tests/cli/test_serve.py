# SPDX-License-Identifier: Apache-2.0
"""Serving: where it listens, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import threading
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from filiera.cli import serve
from filiera.cli.serving import run_until_stopped
from filiera.errors import ConflictError
from tests.cli.conftest import Terminal
from tests.support.patience import HANGS
from tests.support.server import Server


def test_a_port_that_nobody_chose_gives_way_to_a_free_one() -> None:
    with serve.listen("127.0.0.1", 0, chosen=True) as taken:
        port = taken.getsockname()[1]
        with serve.listen("127.0.0.1", port, chosen=False) as other:
            assert other.getsockname()[1] != port


def test_a_chosen_port_that_is_taken_is_an_error() -> None:
    with serve.listen("127.0.0.1", 0, chosen=True) as taken:
        with pytest.raises(ConflictError) as failure:
            serve.listen("127.0.0.1", taken.getsockname()[1], chosen=True)
        assert failure.value.code == "port-taken"


def test_without_a_deployment_file_there_is_no_chain_to_serve(terminal: Terminal) -> None:
    result = terminal.run("serve")
    assert result.exit_code == 2
    assert "[setting-invalid]" in result.stderr
    assert "filiera demo" in " ".join(result.stderr.split())


def test_a_setting_that_cannot_be_is_named(terminal: Terminal) -> None:
    result = terminal.run("serve", FILIERA_BATCH_SIZE="many")
    assert result.exit_code == 2
    assert "FILIERA_BATCH_SIZE" in result.stderr


def test_what_it_serves_is_said_before_it_serves(
    terminal: Terminal, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deployment.json").write_text("{}")
    served: list[Any] = []
    monkeypatch.setattr("filiera.wiring.build", lambda settings: server.services)
    monkeypatch.setattr(serve, "_run", lambda *given: served.append(given))
    result = terminal.run("serve", "--deployment", "deployment.json", "--port", "0", "--json")
    assert result.exit_code == 0, result.stderr
    assert '"web": "http://127.0.0.1:' in result.stdout
    assert served


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(
    server: Server, capfd: pytest.CaptureFixture[str], signum: signal.Signals
) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/healthz"
    answers = []

    def ask_then_stop() -> None:
        try:
            with urllib.request.urlopen(url, timeout=HANGS) as answer:
                answers.append(answer.status)
        finally:
            os.kill(os.getpid(), signum)

    before = signal.getsignal(signum)
    asking = threading.Thread(target=ask_then_stop)
    asking.start()
    run_until_stopped(server.app, listening)
    asking.join()
    assert answers == [200]
    assert signal.getsignal(signum) == before
    assert "Traceback" not in capfd.readouterr().err
