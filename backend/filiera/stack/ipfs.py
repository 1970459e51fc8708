# SPDX-License-Identifier: Apache-2.0
"""The local IPFS node: Kubo, alone, on loopback, with a repository of its own."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from filiera.errors import SetupError
from filiera.stack.parts import await_answer, post
from filiera.stack.ports import LOOPBACK
from filiera.stack.processes import Child, Command, RunFile
from filiera.stack.tools import Tool, find_ipfs


def start_ipfs(repo: Path, port: int, gateway: int, log: Path, run_file: RunFile) -> Child:
    """Start it on two ports, 0 for free ones; it does not answer yet.

    `repo` is made when it is not there, and kept when it is.
    """
    ipfs = find_ipfs()
    if not (repo / "config").exists():
        _init(ipfs, repo)
    _configure(repo / "config", port, gateway)
    for name in ("api", "gateway"):
        (repo / name).unlink(missing_ok=True)  # a killed run's addresses
    return Child(
        Command(
            name="IPFS node",
            words=[str(ipfs.path), "daemon", "--offline"],
            cwd=repo,
            env=_environment(repo),
        ),
        log,
        run_file,
    )


def await_ipfs(child: Child, repo: Path) -> tuple[str, str]:
    """The multiaddr of its API and the URL of its gateway, once it answers.

    Raises `UnavailableError` (`ipfs-unreachable`).
    """
    address = await_answer(child, "ipfs", lambda: _announced(repo / "api"))
    gateway = await_answer(child, "ipfs", lambda: _announced(repo / "gateway"))
    await_answer(child, "ipfs", lambda: post(f"{_url(address)}/api/v0/version"))
    return address, gateway


def _announced(file: Path) -> str | None:
    """An address that the node writes down when it listens there."""
    try:
        return file.read_text().strip() or None
    except OSError:
        return None


def _url(address: str) -> str:
    """http://127.0.0.1:PORT of /ip4/127.0.0.1/tcp/PORT."""
    return f"http://{LOOPBACK}:{address.rsplit('/', 1)[1]}"


def _init(ipfs: Tool, repo: Path) -> None:
    repo.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [ipfs.path, "init", "--profile=test,server"],
        env=_environment(repo),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise SetupError(
            "tool-build", f"`ipfs init` failed: {done.stderr.strip()}", where=str(repo)
        )


def _configure(path: Path, port: int, gateway: int) -> None:
    """Reach nobody and be reached from this machine only."""
    config: dict[str, Any] = json.loads(path.read_text())
    config["Addresses"] |= {
        "Swarm": [],
        "API": f"/ip4/{LOOPBACK}/tcp/{port}",
        "Gateway": f"/ip4/{LOOPBACK}/tcp/{gateway}",
    }
    config["Bootstrap"] = []
    config["Routing"] = {"Type": "none"}
    config["Discovery"]["MDNS"]["Enabled"] = False
    config["Swarm"] |= {
        "DisableNatPortMap": True,
        "RelayClient": {"Enabled": False},
        "RelayService": {"Enabled": False},
    }
    config["AutoTLS"] = {"Enabled": False}
    config["AutoConf"] = {"Enabled": False}
    config["AutoNAT"] = {"ServiceMode": "disabled"}
    config["Gateway"]["NoFetch"] = True
    config["Version"] = {"SwarmCheckEnabled": False}
    config["Plugins"] = {"Plugins": {"telemetry": {"Config": {"Mode": "off"}}}}
    path.write_text(json.dumps(config, indent=2))


def _environment(repo: Path) -> dict[str, str]:
    """Only this repository, whatever other IPFS the person has."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IPFS_", "GOLOG_", "LIBP2P_"))
    }
    return env | {"IPFS_PATH": str(repo), "IPFS_TELEMETRY": "off"}
