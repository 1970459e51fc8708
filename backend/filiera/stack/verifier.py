# SPDX-License-Identifier: Apache-2.0
"""The browser verifier, built from the checkout's sources for the pages to load."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filiera.errors import SetupError
from filiera.stack import paths
from filiera.stack.progress import Progress, run
from filiera.stack.tools import find_node

SOURCES: Final = ("build.mjs", "package-lock.json", "src/**/*")
BUILT: Final = ("dist/verifier.html", "dist/verify.mjs", "dist/self-check.js")
_STAMP: Final = "dist/.built"


def ensure_verifier() -> None:
    """Build it unless what is there was made from these sources; raises `SetupError`."""
    folder = paths.checkout() / "backend" / "verifier"
    stamp = folder / _STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == _state(folder):
        return
    progress = Progress("Verifier")
    progress.show("building the browser verifier")
    finished = run(
        [str(find_node().path), "build.mjs"], cwd=folder, env=os.environ, tick=lambda _: None
    )
    if finished.status != 0:
        raise SetupError(
            "tool-build",
            f"The browser verifier could not be built (exit {finished.status}):\n{finished.tail}\n",
            where="backend/verifier",
            hint="Run `make setup` again; if its sources were changed, mend what is named above.",
        )
    stamp.write_text(_state(folder), "utf-8")
    progress.done("built")


def _state(folder: Path) -> str:
    """A digest of the sources and of what was built: another one of either is a new build."""
    whole = hashlib.sha256()
    for file in _files(folder):
        content = file.read_bytes() if file.is_file() else b""
        whole.update(f"{file.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(file for file in folder.glob(pattern) if file.is_file())
    yield from (folder / name for name in BUILT)
