# SPDX-License-Identifier: Apache-2.0
"""`make` and the set-up scripts: the right Python, clear words, values that pass unharmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VARIABLES = ("EPCIS", "PRODUCT", "TAMPER", "OUT", "ONCE", "NETWORK")
AWKWARD = 'it\'s a $HOME $(shell id) (half) "price"; #1 100%  \\ & è'


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in which setting up does nothing and `filiera` writes down what it got."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    script(tmp_path / "scripts" / "setup.sh", "exit 0")
    script(tmp_path / ".venv" / "bin" / "filiera", 'echo "$@" > said; env -0 > given; exit 3')
    return tmp_path


def make(checkout: Path, *words: str, **env: str) -> dict[str, str]:
    """Run make; the environment that `filiera` got."""
    inherited = {*VARIABLES, "MAKEFLAGS", "MAKEOVERRIDES", "MFLAGS"}
    clean = {name: value for name, value in os.environ.items() if name not in inherited}
    subprocess.run(["make", *words], cwd=checkout, env=clean | env, capture_output=True)
    entries = (checkout / "given").read_bytes().decode().split("\0")
    return dict(entry.split("=", 1) for entry in entries if entry)


@pytest.mark.parametrize("name", VARIABLES)
def test_a_value_on_makes_command_line_arrives_unharmed(checkout: Path, name: str) -> None:
    assert make(checkout, "demo", f"{name}={AWKWARD}")[name] == AWKWARD
    assert (checkout / "said").read_text() == "demo\n"


@pytest.mark.parametrize("name", VARIABLES)
def test_a_value_in_the_environment_arrives_unharmed(checkout: Path, name: str) -> None:
    assert make(checkout, "demo", **{name: AWKWARD})[name] == AWKWARD


def test_what_was_not_given_does_not_arrive(checkout: Path) -> None:
    assert not set(VARIABLES) & set(make(checkout, "demo"))


def set_up(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run setup.sh where only the programs in `folder` can be found."""
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup.sh", folder / "scripts")
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    (bin_folder / "dirname").symlink_to(shutil.which("dirname") or "/usr/bin/dirname")
    return subprocess.run(
        [shutil.which("sh") or "/bin/sh", str(folder / "scripts" / "setup.sh"), "--python-only"],
        env={"PATH": str(bin_folder)} | env,
        capture_output=True,
        text=True,
    )


def python_without(modules: str) -> str:
    """A Python that lacks these modules and otherwise runs what it is given."""
    lacking = f'case "$2" in *{modules}*) exit 1;; esac'
    return f'{lacking}; exec "{sys.executable}" "$@"'


def test_no_python_is_said_with_its_packages(tmp_path: Path) -> None:
    done = set_up(tmp_path)
    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert "python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "python3.13", "exit 1")
    script(tmp_path / "bin" / "python3.12", "exit 127")
    script(tmp_path / "bin" / "python3", '[ "$1" = -c ] || echo chosen "$@"; exit 0')
    done = set_up(tmp_path)
    assert done.stdout == "chosen scripts/setup.py --python-only\n"


def test_a_python_without_venv_is_said_with_its_package(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "python3", python_without("ensurepip"))
    done = set_up(tmp_path)
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert done.returncode == 1
    assert f"python{version}-venv" in done.stderr


def test_a_whole_python_is_preferred_to_a_newer_one_without_venv(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "python3.13", python_without("ensurepip"))
    script(tmp_path / "bin" / "python3.11", '[ "$1" = -c ] || echo chosen; exit 0')
    assert set_up(tmp_path).stdout == "chosen\n"


def test_a_python_that_the_person_names_and_that_does_not_serve_is_an_error(
    tmp_path: Path,
) -> None:
    script(tmp_path / "bin" / "python3", f'exec "{sys.executable}" "$@"')
    done = set_up(tmp_path, PYTHON="python2")
    assert done.returncode == 1
    assert "PYTHON=python2" in done.stderr


def test_the_lock_names_no_index_and_hashes_everything() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    packages = [n for n, line in enumerate(lines) if "==" in line]
    assert packages
    assert all("--hash=sha256:" in lines[n + 1] for n in packages)
