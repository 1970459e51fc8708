# SPDX-License-Identifier: Apache-2.0
"""What is found on a machine, or wrong with it, is said in Italian too."""

from __future__ import annotations

import ast
import errno
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from filiera.cli.words.machine import MACHINE, machine_words
from filiera.errors import SetupError
from filiera.stack import doctor, ports, tools
from filiera.stack.ports import Ports
from filiera.stack.tools import find_node
from tests.cli.test_hints import literals

SAYS = {"Finding": (0, 2), "_missing": (0,), "SetupError": (1,), "ConflictError": (1,)}
"""Who takes a sentence, as which arguments."""
NAMES = {"Python", "venv", "make", "Node", "Kubo", "geth"}
"""Programs have the same name everywhere."""
WORD = re.compile(r"[a-z]{2}")

FAILURES: tuple[OSError | subprocess.SubprocessError, ...] = (
    FileNotFoundError(),
    PermissionError(),
    OSError(errno.ENOEXEC, os.strerror(errno.ENOEXEC)),
    subprocess.CalledProcessError(1, ["node"]),
    subprocess.TimeoutExpired(["node"], 60),
)
PUT_TOGETHER = {
    *(f"7 {tools._failure(each)}." for each in FAILURES),
    *(f"port of the {getattr(Ports(), each.name).name}" for each in fields(Ports)),
    *(
        f"Port 80, chosen for the chain, cannot be used: {os.strerror(number)}."
        for number in (errno.EADDRINUSE, errno.EACCES, errno.EIO)
    ),
    "7 is Node 18.1; Filiera needs 20 or newer.",
    "0.40.1, built from scripts/kubo, /opt/ipfs",
    "venv and ensurepip missing; the next `make setup` may need it",
    "not built yet (Go 1.26.6; too little room: 512 MB of 2 GB)",
    "any is free",
}


def sentences() -> Iterator[str]:
    """Those of this machine's findings and faults, with 7 for what is filled in."""
    for module in (doctor, tools, ports):
        path = Path(str(module.__file__))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                for at in SAYS.get(getattr(node.func, "id", ""), ()):
                    yield from literals(node.args[at], path)


def is_ours(sentence: str) -> bool:
    """Whether there is something to translate, and all of it stands at one place."""
    apart = sentence in NAMES or sentence in ("7 7.", "port of the 7")
    return WORD.search(sentence) is not None and not apart


FOUND = sorted({each for each in sentences() if is_ours(each)} | PUT_TOGETHER)


def test_sentences_are_found_where_they_are_written() -> None:
    assert len(FOUND) > 20
    assert {"not installed", "7 does not say its version.", "ports"} <= set(FOUND)


@pytest.mark.parametrize("sentence", FOUND)
def test_every_finding_is_said_in_italian(sentence: str) -> None:
    assert machine_words(sentence, lang="it") != sentence
    assert machine_words(sentence, lang="en") == sentence


def test_no_italian_sentence_is_left_over() -> None:
    said = {machine_words(each, lang="it") for each in FOUND}
    patterns = [re.sub(r"\\\{\w+\\\}", ".+", re.escape(italian)) for italian in MACHINE.values()]
    assert [each for each in patterns if not any(re.fullmatch(each, one) for one in said)] == []


@pytest.mark.parametrize(
    ("program", "mode", "says"),
    [
        (None, 0, "it is not there"),
        (b"#!/bin/sh\n", 0o600, "it may not be executed"),
        (b"#!/bin/sh\nexit 3\n", 0o700, "exit 3"),
        (b"no program", 0o700, os.strerror(errno.ENOEXEC)),
    ],
)
def test_a_program_that_does_not_run_says_why(
    tmp_path: Path, program: bytes | None, mode: int, says: str
) -> None:
    path = tmp_path / "node"
    if program is not None:
        path.write_bytes(program)
        path.chmod(mode)
    with pytest.raises(SetupError) as caught:
        find_node({"FILIERA_NODE": str(path)})
    assert caught.value.message == f"{path} does not run: {says}."
