# SPDX-License-Identifier: Apache-2.0
"""Makes .venv as requirements.lock says, then lets filiera.stack.setup do the rest.

Runs under any Python from 3.11 on, with nothing but its standard library. What is
done is remembered in .venv/filiera.json: a second run changes nothing and needs no
network. `--python-only` leaves out Node's packages and Kubo.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "filiera.json"
LOCK = ROOT / "requirements.lock"
PIP = (VENV_PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--progress-bar=off")


def main() -> int:
    """Set everything up, one process at a time; 0 when it is ready."""
    state = ROOT / ".filiera"
    state.mkdir(exist_ok=True)
    with (state / "setup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            ensure_python()
        except subprocess.CalledProcessError as error:
            say(f"making .venv failed (exit {error.returncode}):\n{error.output or ''}")
            say("the first time needs the Python package index; run it again when it is reachable")
            return 1
        if "--python-only" in sys.argv[1:]:
            return 0
        return subprocess.run([VENV_PYTHON, "-m", "filiera.stack.setup"], cwd=ROOT).returncode


def ensure_python() -> None:
    """Make .venv and install the lock into it, unless both are as they should be."""
    if not venv_serves():
        say("making .venv with Python " + version())
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    if read_stamp() == wanted():
        return
    say("installing Python packages (the first time takes a minute or two)")
    STAMP.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as build_tools:
        # varint has no wheel: what builds it must be there first, pinned like the rest.
        build_tools.write(locked("setuptools"))
        build_tools.flush()
        install("--require-hashes", "-r", build_tools.name)
    install("--require-hashes", "--no-build-isolation", "-r", LOCK)
    install("--no-deps", "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(json.dumps(wanted()))
    say("Python packages installed")


def install(*arguments: str | Path) -> None:
    """Let .venv's pip install, showing what it is at."""
    command = [*PIP, *arguments]
    tail: deque[str] = deque(maxlen=15)
    shown = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout
        for line in pip.stdout:
            tail.append(line)
            words = line.split()
            if words and time.monotonic() - shown > (0.2 if sys.stderr.isatty() else 10):
                shown = time.monotonic()
                say(" ".join(words[:2])[:60], passing=True)
    if pip.returncode != 0:
        raise subprocess.CalledProcessError(pip.returncode, command, "".join(tail))


def venv_serves() -> bool:
    """Whether .venv is there, whole, still in its place and of the Python asked for."""
    if os.environ.get("PYTHON") and read_stamp().get("python", version()) != version():
        return False
    if read_stamp().get("root", str(ROOT)) != str(ROOT):
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([VENV_PYTHON, "-c", probe], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def read_stamp() -> dict[str, str]:
    """What the last complete installation was made from; empty when there is none."""
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def wanted() -> dict[str, str]:
    """What an installation made now is made from."""
    digest = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    python = read_stamp().get("python", version()) if not os.environ.get("PYTHON") else version()
    return {"digest": digest.hexdigest(), "python": python, "root": str(ROOT)}


def locked(name: str) -> str:
    """A package's lines of the lock, hashes included."""
    found = re.search(rf"^{name}==.*(?:\n    --hash=.*)+", LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{LOCK.name} does not name {name}; renew it with scripts/lock.sh.")
    return found.group() + "\n"


def version() -> str:
    """The Python that runs this, as 3.12.1."""
    return ".".join(map(str, sys.version_info[:3]))


def say(what: str, *, passing: bool = False) -> None:
    """Tell the person what is happening; what passes is overwritten on a terminal."""
    start, end = ("\r\x1b[K", "" if passing else "\n") if sys.stderr.isatty() else ("", "\n")
    print(f"{start}set-up: {what}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
