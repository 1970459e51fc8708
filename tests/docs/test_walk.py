# SPDX-License-Identifier: Apache-2.0
"""The README's walk, typed word for word beside a running demonstration."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks
from tests.support.patience import HANGS

# One demonstration for all of them, also where tests run side by side.
pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("walk")]

FILIERA = f"{shlex.quote(sys.executable)} -m filiera.cli.main"
RECORD = re.compile(r"ni:///sha-256;[\w-]{43}")
STANDING = {"suspend": "suspended", "resume": "in force", "revoke": "revoked"}


@dataclass
class Walk:
    """Commands as a person types them, in a folder of theirs; every question is answered yes.

    `shown` is what the demonstration printed at its start.
    """

    folder: Path
    environment: dict[str, str]
    shown: str

    def run(self, line: str) -> str:
        """What a command line prints, both streams; it must end well."""
        done = subprocess.run(
            line.replace(".venv/bin/filiera", FILIERA),
            shell=True,
            cwd=self.folder,
            env=self.environment,
            input="y\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=HANGS,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}"
        return done.stdout


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("walk")
    mine = {n: v for n, v in os.environ.items() if not n.startswith(("FILIERA_", "LC_", "LANG"))}
    environment = {**mine, "FILIERA_STATE": str(folder / "state"), "COLUMNS": "80"}
    with subprocess.Popen(
        [sys.executable, "-m", "filiera.cli.main", "demo"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as demo:
        stuck = threading.Timer(HANGS, demo.kill)
        stuck.start()
        try:
            assert demo.stdout is not None
            shown = []
            for line in demo.stdout:
                shown.append(line)
                if line.startswith("passport "):
                    break
            stuck.cancel()  # it is up; from here on each command has a limit of its own
            yield Walk(folder, environment, "".join(shown))
        finally:
            stuck.cancel()
            demo.terminate()
            try:
                demo.communicate(timeout=HANGS)
            finally:
                demo.kill()


def lines(page: Path) -> list[str]:
    """The command lines that a page tells people to type while the demonstration runs."""
    text = "\n".join(block.text for block in blocks(page) if block.language == "sh")
    every = text.replace("\\\n", " ").splitlines()
    return [line for line in every if line.startswith(".venv/bin/filiera")]


# What differs from run to run, and what stands for it.
PASSING = [
    (r"\d{4}-\d\d-\d\d", "<day>"),
    (r"\d\d:\d\d", "<time>"),
    (r"0x[0-9a-f]{40}", "<account>"),
    (r"ni:///sha-256;[\w-]{43}", "<record>"),
    (r"block \d+", "block <n>"),
    (r"(127\.0\.0\.1[:/]|tcp/)\d+", r"\1<port>"),
    (r" \(port \d+ was taken\)", ""),
    (r"^state .*", "state"),
    (r"^Sign and submit this\? \[y/n\] y?", ""),
]


def lasting(text: str) -> list[str]:
    """The lines of an output, less what differs from run to run."""
    for pattern, word in PASSING:
        text = re.sub(pattern, word, text, flags=re.MULTILINE)
    return [line.rstrip() for line in text.splitlines()]


def shown_in_readme() -> list[str]:
    return [block.text for block in blocks(ROOT / "README.md") if block.language == "text"]


def test_the_demonstration_prints_what_the_readme_shows(walk: Walk) -> None:
    shown = lasting(shown_in_readme()[0])
    assert "[…]" in shown
    assert [line for line in shown if line not in (*lasting(walk.shown), "[…]")] == []


def test_every_command_of_the_readme_s_walk_works_and_says_what_it_shows(walk: Walk) -> None:
    said = lasting("".join(take(walk, ROOT / "README.md")))
    for text in shown_in_readme()[1:]:
        assert [line for line in lasting(text) if line not in said] == []


def test_so_does_the_italian_one_s(walk: Walk) -> None:
    assert any("Scarf Arcata" in each for each in take(walk, ROOT / "README.it.md"))


def take(walk: Walk, page: Path) -> list[str]:
    """Type every line of a page's walk; what each of them printed."""
    (walk.folder / "certificate.pdf").write_bytes(b"%PDF-1.7\n% " + page.name.encode())
    dyers, printed = "", []
    for line in lines(page):
        said = walk.run(line.replace("RECORD", dyers))
        if "claim new" in line and "--as dyer" in line:
            dyers = RECORD.findall(said)[-1]
        if change := re.search(r" status (\w+) ", line):
            assert f"now: {STANDING[change[1]]}." in said
        printed.append(said)
    return printed
