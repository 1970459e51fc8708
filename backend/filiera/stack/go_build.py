# SPDX-License-Identifier: Apache-2.0
"""Building Kubo and geth from the modules that `scripts/` pins, once for a user.

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
from filiera.stack.locks import waiting_lock
from filiera.stack.progress import Finished, Progress, run
from filiera.stack.tools import KUBO, GoProgram, Tool, built_path, find_built, find_go

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
    return ensure_built(KUBO)


def ensure_built(program: GoProgram) -> Tool:
    """The program to run, built first if this user has none; raises `SetupError`."""
    if program.setting in os.environ or built_path(program).exists():
        return find_built(program)
    progress = Progress(program.name)
    lock = program.cache / "lock"
    with waiting_lock(lock, on_wait=lambda: progress.show("another build is under way, waiting")):
        if not built_path(program).exists():
            _build(program, progress)
    return find_built(program)


def _build(program: GoProgram, progress: Progress) -> None:
    work = program.cache / "build"
    work.mkdir(parents=True, exist_ok=True)
    _require_space(program, work)
    progress.show("fetching modules (first time only, some minutes)")
    listed = _go(
        program,
        ["list", "-deps", "-f", "{{.ImportPath}}", program.package],
        work,
        _Count(progress, "modules fetched:", prefix="go: downloading"),
    )
    total = len(listed.stdout.splitlines())
    link = f"-ldflags=-s -w {program.link}".rstrip()
    built = work / program.binary
    _go(
        program,
        ["build", "-v", "-trimpath", link, "-o", str(built), program.package],
        work,
        _Count(progress, "compiling, packages:", total=total),
    )
    target = built_path(program)
    target.parent.mkdir(exist_ok=True)
    built.replace(target)
    shutil.rmtree(work)
    progress.done(f"built {target}")


def _go(program: GoProgram, arguments: list[str], work: Path, count: _Count) -> Finished:
    go = find_go()
    finished = run(
        [str(go.path), *arguments], cwd=program.module, env=_environment(go, work), tick=count
    )
    if finished.status != 0:
        raise SetupError(
            "tool-build",
            f"Building {program.name} failed (`go {arguments[0]}`, exit {finished.status}):\n"
            f"{finished.tail}\n",
            where=f"scripts/{program.folder}",
            hint="The first build needs the Go module proxy (GOPROXY). Try again when it is "
            f"reachable, or let {program.setting} name a {program.name} {program.wanted}.",
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


def _require_space(program: GoProgram, work: Path) -> None:
    free = shutil.disk_usage(work).free
    if free < SPACE_NEEDED:
        raise SetupError(
            "tool-build",
            f"Building {program.name} needs 2 GB for a while; {free // 1024**2} MB are free.",
            where=str(work),
            hint="Make room, or let XDG_CACHE_HOME name a folder on another disk.",
        )
