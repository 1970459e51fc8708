# SPDX-License-Identifier: Apache-2.0
"""One geth node: its folder, its account, its process, and its private channel.

The channel is a socket file that only this user can open. What rules a node (its peers,
its sealing, its price of gas) goes through it and is never served over HTTP.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
from pathlib import Path
from typing import Any, Final

from filiera.errors import SetupError, UnavailableError
from filiera.stack.parts import await_answer
from filiera.stack.ports import LOOPBACK
from filiera.stack.processes import Child, Command, RunFile
from filiera.stack.tools import GETH, find_built

_TIMEOUT: Final = 20.0
"""Seconds for an answer on the private channel: five of them may start on a busy machine."""
_MEGABYTES: Final = "64"
# Nobody is looked for, and nobody is listened to but from this machine. geth fetches from
# a peer at once only when it has five, or as many as it may have; of those it may have it
# dials and accepts a part, unless told otherwise.
_CONFIG: Final = """\
[Node.P2P]
ListenAddr = "{loopback}:0"
NoDiscovery = true
BootstrapNodes = []
StaticNodes = []
TrustedNodes = []
MaxPeers = {peers}
DialRatio = 1
"""


class GethNode:
    """A node in a folder of its own. `channel` is where its socket file is to be."""

    def __init__(self, name: str, folder: Path, channel: Path) -> None:
        self.name = name
        self.folder = folder
        self._channel = channel
        self._child: Child | None = None

    def make_account(self, password: Path) -> str:
        """A new key, made by geth and kept in the folder; its address."""
        self._run("account", "new", "--lightkdf", f"--password={password}")
        return self.account()

    def account(self) -> str:
        """The address of the key in the folder, lower-case hex with 0x."""
        (key,) = (self.folder / "keystore").iterdir()
        return "0x" + str(json.loads(key.read_text())["address"]).lower()

    def init(self, genesis: Path) -> None:
        """Write the first block into the folder."""
        self._run("init", "--state.scheme=hash", str(genesis))

    def start(self, words: list[str], peers: int, log: Path, run_file: RunFile) -> None:
        """Start it, for so many peers; it neither answers nor seals yet."""
        config = self.folder / "config.toml"
        config.write_text(_CONFIG.format(loopback=LOOPBACK, peers=peers))
        self._channel.unlink(missing_ok=True)
        common = [
            *("--config", str(config), "--datadir", str(self.folder)),
            *("--ipcpath", str(self._channel), "--nat", "none"),
            # What a consensus client would use; it cannot be left out.
            *("--authrpc.addr", LOOPBACK, "--authrpc.port", "0"),
            *("--syncmode", "full", "--gcmode", "archive", "--state.scheme", "hash"),
            *("--cache", _MEGABYTES, "--snapshot=false"),
        ]
        self._child = Child(
            Command(
                name=self.name,
                words=[str(find_built(GETH).path), *common, *words],
                cwd=self.folder,
                env=_environment(),
            ),
            log,
            run_file,
        )

    def await_enode(self) -> str:
        """Its address for peers, once it answers; raises `UnavailableError`."""
        await_answer(self.child, "chain", lambda: self._ask("admin_nodeInfo"))
        return str(self.call("admin_nodeInfo")["enode"])

    def await_url(self) -> str:
        """The URL of its JSON-RPC, once it serves it; raises `UnavailableError`."""
        return await_answer(self.child, "chain", self._announced)

    def call(self, method: str, *params: Any) -> Any:
        """The answer of its private channel; `UnavailableError` (`chain-unreachable`)."""
        answer = self._ask(method, *params)
        if answer is None or "error" in answer:
            raise UnavailableError(
                "chain-unreachable",
                f"The {self.name} did not do {method}: {answer or 'no answer'}.",
                part="chain",
                where=str(self.child.log),
            )
        return answer["result"]

    @property
    def child(self) -> Child:
        """Its process."""
        assert self._child, f"the {self.name} was not started"
        return self._child

    @property
    def started(self) -> bool:
        """Whether it was."""
        return self._child is not None

    def _announced(self) -> str | None:
        found = re.search(r"HTTP server started +endpoint=(127\.0\.0\.1:\d+)", self.child.output())
        return f"http://{found[1]}" if found else None

    def _ask(self, method: str, *params: Any) -> Any:
        """The whole answer, or None while nobody answers."""
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        try:
            with socket.socket(socket.AF_UNIX) as channel:
                channel.settimeout(_TIMEOUT)
                channel.connect(str(self._channel))
                channel.sendall(json.dumps(call).encode() + b"\n")
                with channel.makefile("rb") as answers:
                    return json.loads(answers.readline())
        except (OSError, ValueError):
            return None

    def _run(self, *words: str) -> None:
        """A command of geth that ends by itself."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = subprocess.run(
            [find_built(GETH).path, f"--datadir={self.folder}", *words],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise SetupError(
                "tool-build",
                f"`geth {words[0]}` failed: {done.stderr.strip()[-500:]}",
                where=str(self.folder),
            )


def _environment() -> dict[str, str]:
    """geth reads every option from the environment too: none of those counts."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GETH_")}
