# SPDX-License-Identifier: Apache-2.0
"""What this machine has, what it lacks, and what to do about it.

A finding never raises: a check that cannot be made is itself a finding. Nothing is
installed or changed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filiera.errors import FilieraError, SetupError
from filiera.stack import paths
from filiera.stack.go_build import SPACE_NEEDED
from filiera.stack.node_modules import modules_dir, modules_ready
from filiera.stack.ports import Port, ports_from
from filiera.stack.tools import (
    GETH,
    KUBO,
    SETUP_HINT,
    GoProgram,
    Tool,
    built_path,
    find_built,
    find_go,
    find_node,
)


class State(StrEnum):
    """What a check came to. Only `MISSING` keeps Filiera from running here."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, what it came to, what was seen, what to do if anything.

    `where` is the setting that decides it, if one does. The name and the state are permanent;
    all of it is in English.
    """

    name: str
    state: State
    detail: str
    advice: str = ""
    where: str = ""


def run_doctor(env: Mapping[str, str] = os.environ) -> list[Finding]:
    """Look at everything that running the local stack needs, in the order of need."""
    return [
        _python(),
        _venv(),
        _make(),
        _guarded("Node", lambda: _tool("Node", find_node(env))),
        _guarded("local chain", lambda: _hardhat(env)),
        _guarded("Kubo", lambda: _built(KUBO, State.MISSING, env)),
        _guarded("geth", lambda: _built(GETH, State.NOTE, env)),
        *_ports(env),
    ]


def ready(findings: list[Finding]) -> bool:
    """Whether nothing is missing."""
    return all(each.state is not State.MISSING for each in findings)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", State.OK, f"{version}, {sys.executable}")


def _venv() -> Finding:
    lacking = [name for name in ("venv", "ensurepip") if not _is_installed(name)]
    if not lacking:
        return Finding("venv", State.OK, "can make environments")
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return Finding(
        "venv",
        State.NOTE,
        f"{' and '.join(lacking)} missing; the next `make setup` may need it",
        f"Debian, Ubuntu: package {package}.",
    )


def _make() -> Finding:
    found = shutil.which("make")
    if found:
        return Finding("make", State.OK, found)
    return Finding("make", State.NOTE, "not found", "Debian, Ubuntu: package make.")


def _hardhat(env: Mapping[str, str]) -> Finding:
    if modules_ready(find_node(env)):
        return Finding("local chain", State.OK, str(modules_dir()))
    if (modules_dir() / "hardhat").is_dir():
        return Finding("local chain", State.NOTE, "installed, but not as locked", SETUP_HINT)
    return Finding("local chain", State.MISSING, "not installed", SETUP_HINT)


def _built(program: GoProgram, lacking: State, env: Mapping[str, str]) -> Finding:
    """`lacking` is what it comes to when it is not built yet."""
    if env.get(program.setting) or built_path(program).exists():
        return _tool(program.name, find_built(program, env))
    go = find_go()
    free = shutil.disk_usage(_existing(paths.cache_dir())).free
    room = "" if free >= SPACE_NEEDED else f"; too little room: {free // 1024**2} MB of 2 GB"
    version = ".".join(map(str, go.version))
    return Finding(program.name, lacking, f"not built yet (Go {version}{room})", program.hint)


def _tool(name: str, tool: Tool) -> Finding:
    version = ".".join(map(str, tool.version))
    return Finding(name, State.OK, f"{version}, {tool.source}, {tool.path}")


def _ports(env: Mapping[str, str]) -> list[Finding]:
    try:
        ports = ports_from(env)
    except SetupError as error:
        return [_missing("ports", error)]
    return [_port(each) for each in (ports.web, ports.chain, ports.ipfs, ports.gateway)]


def _port(port: Port) -> Finding:
    name = f"port of the {port.name}"
    try:
        if port.pick() or not port.default:
            return Finding(name, State.OK, f"{port.chosen or port.default or 'any'} is free")
    except FilieraError as error:
        return _missing(name, error)
    return Finding(name, State.NOTE, f"{port.default} is taken; another will be used")


def _guarded(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except FilieraError as error:
        return _missing(name, error)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Finding(name, State.MISSING, f"could not be looked at: {why}", SETUP_HINT)


def _missing(name: str, error: FilieraError) -> Finding:
    return Finding(name, State.MISSING, error.message, error.hint or "", error.where or "")


def _existing(path: Path) -> Path:
    """The path or its nearest parent that is there."""
    return next(each for each in (path, *path.parents) if each.exists())


def _is_installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
