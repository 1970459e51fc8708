# SPDX-License-Identifier: Apache-2.0
"""The local chain: Hardhat's node, in memory, new at every start."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from filiera.errors import SetupError
from filiera.stack import paths
from filiera.stack.node_modules import modules_dir
from filiera.stack.parts import await_answer, post
from filiera.stack.ports import LOOPBACK
from filiera.stack.processes import Child, Command, RunFile
from filiera.stack.tools import SETUP_HINT, find_node


def start_chain(port: int, log: Path, run_file: RunFile) -> Child:
    """Start it on a port, 0 for a free one; it does not answer yet."""
    script = modules_dir() / "hardhat" / "internal" / "cli" / "cli.js"
    if not script.is_file():
        raise SetupError(
            "tool-missing", "The local chain is not installed.", where=str(script), hint=SETUP_HINT
        )
    words = [str(find_node().path), str(script), "node", "--hostname", LOOPBACK]
    return Child(
        Command(
            name="local chain",
            words=[*words, "--port", str(port)],
            cwd=paths.checkout() / "hardhat_local",
            env=_environment(),
        ),
        log,
        run_file,
    )


def await_chain(child: Child) -> str:
    """Its URL, once it answers; raises `UnavailableError` (`chain-unreachable`)."""
    url = await_answer(child, "chain", lambda: announced(child.output()))
    await_answer(child, "chain", lambda: _rpc(url, "eth_chainId"))
    # It would write every call into its log, and spend time on that.
    _rpc(url, "hardhat_setLoggingEnabled", False)
    return url


def announced(output: str) -> str | None:
    """The URL that its output names, once it listens there."""
    found = re.search(r"server at (http://127\.0\.0\.1:\d+)/", output)
    return found.group(1) if found else None


def _rpc(url: str, method: str, *params: object) -> object | None:
    call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    answer = post(url, json.dumps(call).encode())
    return None if answer is None else json.loads(answer).get("result")


def _environment() -> dict[str, str]:
    """Nothing may ask a question, report home, or change how Node runs."""
    env = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    return env | {"HARDHAT_DISABLE_TELEMETRY_PROMPT": "true", "NO_COLOR": "1"}
