# SPDX-License-Identifier: Apache-2.0
"""Building Kubo from the modules that `scripts/kubo/` pins, once for a user.

What the build downloads and compiles stays in the cache folder until the build is
done, so that one that was interrupted goes on where it was; then it is removed.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from filiera.errors import SetupError
from filiera.stack import paths
from filiera.stack.locks import waiting_lock
from filiera.stack.progress import Finished, Progress, run
from filiera.stack.tools import Tool, built_kubo, find_go, find_ipfs

PROGRAM: Final = "github.com/ipfs/kubo/cmd/ipfs"
SPACE_NEEDED: Final = 2 * 1024**3


@dataclass
class _Count:
    """Lines so far of one phase of the build."""

    progress: Progress
    verb: str
    total: int | None = None
    prefix: str = ""
    seen: set[str] = field(default_factory=set)

    def __call__(self, line: str | None) -> None:
        if line is not None and line.startswith(self.prefix):
            self.seen.add(line)
        of = f" of {self.total}" if self.total else ""
        self.progress.show(f"{self.verb} {len(self.seen)}{of}")


def ensure_kubo() -> Tool:
    """The Kubo to run, built first if this user has none; raises `SetupError`."""
    if "FILIERA_IPFS" in os.environ or built_kubo().exists():
        return find_ipfs()
    progress = Progress("Kubo")
    lock = paths.cache_dir() / "kubo" / "lock"
    with waiting_lock(lock, on_wait=lambda: progress.show("another build is under way, waiting")):
        if not built_kubo().exists():
            _build(built_kubo(), progress)
    return find_ipfs()


def _build(target: Path, progress: Progress) -> None:
    work = paths.cache_dir() / "kubo" / "build"
    work.mkdir(parents=True, exist_ok=True)
    _require_space(work)
    progress.show("fetching modules (first time only, some minutes)")
    listed = _go(
        ["list", "-deps", "-f", "{{.ImportPath}}", PROGRAM],
        work,
        _Count(progress, "modules fetched:", prefix="go: downloading"),
    )
    total = len(listed.stdout.splitlines())
    _go(
        ["build", "-v", "-trimpath", "-ldflags=-s -w", "-o", str(work / "ipfs"), PROGRAM],
        work,
        _Count(progress, "compiling, packages:", total=total),
    )
    target.parent.mkdir(exist_ok=True)
    (work / "ipfs").replace(target)
    shutil.rmtree(work)
    progress.done(f"built {target}")


def _go(arguments: list[str], work: Path, count: _Count) -> Finished:
    go = find_go()
    finished = run(
        [str(go.path), *arguments],
        cwd=paths.checkout() / "scripts" / "kubo",
        env=_environment(go, work),
        tick=count,
    )
    if finished.status != 0:
        raise SetupError(
            "tool-build",
            f"Building Kubo failed (`go {arguments[0]}`, exit {finished.status}):\n"
            f"{finished.tail}\n",
            where="scripts/kubo",
            hint="The first build needs the Go module proxy (GOPROXY). Run `make setup` again "
            "when it is reachable, or let FILIERA_IPFS name a Kubo 0.40 program.",
        )
    return finished


def _environment(go: Tool, work: Path) -> dict[str, str]:
    """The person's environment, less what would change the program that comes out."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in {"GOOS", "GOARCH", "GOEXPERIMENT", "GOBIN"}
    }
    return env | {
        "GOROOT": str(go.path.parent.parent),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
        "GOFLAGS": "-mod=readonly -modcacherw -buildvcs=false",
        "CGO_ENABLED": "0",
        "GOCACHE": str(work / "compiled"),
        "GOMODCACHE": str(work / "modules"),
    }


def _require_space(work: Path) -> None:
    free = shutil.disk_usage(work).free
    if free < SPACE_NEEDED:
        raise SetupError(
            "tool-build",
            f"Building Kubo needs 2 GB for a while; {free // 1024**2} MB are free.",
            where=str(work),
            hint="Make room, or let XDG_CACHE_HOME name a folder on another disk.",
        )
