# SPDX-License-Identifier: Apache-2.0
"""The stack starts both parts, says where they are, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from filiera.adapters.documents.kubo import KuboDocumentStore
from filiera.errors import ConflictError, SetupError, UnavailableError
from filiera.stack.local import Stack
from filiera.stack.ports import Port, Ports
from filiera.stack.processes import RunFile
from tests.support.patience import HANGS
from tests.support.ports import anywhere

pytestmark = pytest.mark.stack

HOLD = """
import sys
from pathlib import Path
from filiera.stack.local import Stack
from filiera.stack.signals import Stopped, StopSignals
from tests.support.ports import anywhere
try:
    with StopSignals() as signals, Stack(Path(sys.argv[1]), ports=anywhere(), signals=signals):
        print("ready", flush=True)
        sys.stdin.read()
except Stopped as stopped:
    sys.exit(100 + stopped.signum)
"""


def test_a_default_port_that_is_lost_between_looking_and_listening_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        lost = taken.getsockname()[1]
        pick = Port.pick

        def blind(port: Port, *, free: bool = False) -> int:
            return pick(port, free=free) if free else lost

        monkeypatch.setattr(Port, "pick", blind)
        with Stack(tmp_path / "state", ports=Ports()) as stack:
            assert block_number(stack.chain_url) == 0
            assert str(lost) not in stack.chain_url + stack.ipfs_api + stack.gateway_url


def block_number(url: str) -> int:
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "eth_blockNumber", "params": []})
    request = urllib.request.Request(
        url, data=body.encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=HANGS) as answer:
        return int(json.load(answer)["result"], 16)


def listening(pids: list[int]) -> set[str]:
    """The addresses on which these processes listen."""
    return {
        connection.laddr.ip
        for pid in pids
        for connection in psutil.Process(pid).net_connections()
        if connection.status == psutil.CONN_LISTEN
    }


def children_of(state: Path) -> list[int]:
    return [each.pid for each in RunFile(state / "run.json").read()]


@contextmanager
def held(state: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has started a stack in that folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_both_parts_answer_on_loopback_alone_and_end_with_the_block(tmp_path: Path) -> None:
    with Stack(tmp_path / "demo", ports=anywhere()) as stack:
        assert block_number(stack.chain_url) == 0
        store = KuboDocumentStore(stack.ipfs_api)
        assert store.get(store.add(b"a certificate", "text/plain")) == b"a certificate"
        pids = children_of(stack.state)
        assert len(pids) == 2
        assert listening(pids) == {"127.0.0.1"}
        assert [part.log.is_file() for part in stack.parts] == [True] * 3
    assert not any(psutil.pid_exists(pid) for pid in pids)
    assert children_of(stack.state) == []


def test_one_part_can_be_stopped_while_the_other_goes_on(tmp_path: Path) -> None:
    with Stack(tmp_path / "demo", ports=anywhere()) as stack:
        stack.stop_part("chain")
        with pytest.raises(OSError, match="refused"):
            block_number(stack.chain_url)
        assert KuboDocumentStore(stack.ipfs_api).add(b"still there", "text/plain")


def test_a_taken_default_port_is_left_and_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ports = replace(anywhere(), chain=replace(Ports().chain, default=port))
        with Stack(tmp_path / "demo", ports=ports) as stack:
            chain = stack.parts[0]
            assert (chain.name, chain.left_port) == ("chain", port)
            assert block_number(stack.chain_url) == 0


def test_a_taken_chosen_port_starts_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ports = replace(anywhere(), ipfs=replace(Ports().ipfs, chosen=server.getsockname()[1]))
        with pytest.raises(ConflictError) as caught, Stack(tmp_path / "demo", ports=ports):
            pass
    assert caught.value.code == "port-taken"
    assert children_of(tmp_path / "demo") == []


def test_a_second_stack_on_the_same_folder_is_refused_and_harms_nothing(tmp_path: Path) -> None:
    with Stack(tmp_path / "demo", ports=anywhere()) as stack:
        with pytest.raises(ConflictError) as caught, Stack(tmp_path / "demo", ports=anywhere()):
            pass
        assert caught.value.code == "already-running"
        assert block_number(stack.chain_url) == 0


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_leaves_no_process(tmp_path: Path, signum: signal.Signals) -> None:
    with held(tmp_path / "demo") as process:
        pids = children_of(tmp_path / "demo")
        process.send_signal(signum)
        assert process.wait(timeout=HANGS) == 100 + signum
    assert len(pids) == 2
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_after_a_kill_the_next_start_ends_what_was_left(tmp_path: Path) -> None:
    with held(tmp_path / "demo") as process:
        left = children_of(tmp_path / "demo")
        process.kill()
        process.wait()
    with Stack(tmp_path / "demo", ports=anywhere()) as stack:
        assert stack.leftovers == ["local chain", "IPFS node"]
        assert not set(left) & set(children_of(stack.state))
        assert block_number(stack.chain_url) == 0


def test_a_fresh_start_empties_the_folder_and_another_keeps_it(tmp_path: Path) -> None:
    with Stack(tmp_path / "demo", ports=anywhere()) as stack:
        stored = KuboDocumentStore(stack.ipfs_api).add(b"kept", "text/plain")
        (stack.state / "note").write_text("kept")
    with Stack(tmp_path / "demo", ports=anywhere(), fresh=False) as stack:
        assert KuboDocumentStore(stack.ipfs_api).get(stored) == b"kept"
        assert (stack.state / "note").exists()
    with Stack(tmp_path / "demo", ports=anywhere()) as stack:
        assert not (stack.state / "note").exists()


def test_a_folder_with_somebodys_files_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("three years of work")
    with pytest.raises(SetupError) as caught, Stack(tmp_path, ports=anywhere()):
        pass
    assert caught.value.code == "setting-invalid"
    assert os.listdir(tmp_path) == ["thesis.odt"]  # noqa: PTH208


def test_a_part_that_dies_at_once_is_reported_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "ipfs"
    broken.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        "version) echo ipfs version 0.40.1 ;;\n"
        'init) echo \'{"Addresses": {}, "Discovery": {"MDNS": {}}, "Swarm": {}, "Gateway": {}}\''
        ' > "$IPFS_PATH/config" ;;\n'
        "*) echo the spindle broke >&2; exit 7 ;;\n"
        "esac\n"
    )
    broken.chmod(0o755)
    monkeypatch.setenv("FILIERA_IPFS", str(broken))
    with pytest.raises(UnavailableError) as caught, Stack(tmp_path / "demo", ports=anywhere()):
        pass
    assert (caught.value.code, caught.value.part) == ("ipfs-unreachable", "ipfs")
    assert "exit 7" in caught.value.message
    assert "the spindle broke" in caught.value.message
    assert children_of(tmp_path / "demo") == []
