# SPDX-License-Identifier: Apache-2.0
"""`filiera verify` and the Node command: the same arguments, exit codes and bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from filiera.stack.tools import find_node
from tests.support.patience import HANGS
from tests.support.vectors.files import FOLDER
from tests.support.world import REPORT
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
BUNDLE = FOLDER / "bundles" / "good-qbft.json"
TRUST = FOLDER / "trust" / "good-qbft.json"
OTHER_TRUST = FOLDER / "trust" / "input-trust-malformed.json"
BENT = FOLDER / "bundles" / "seal-foreign-qbft.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    run_node("backend/verifier/build.mjs", str(folder))
    return folder / "verify.mjs"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The step's document under a name of its own, and what is nobody's under every odd name."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "elsewhere").mkdir()
    (folder / "the report itself.pdf").write_bytes(REPORT)
    (folder / "link.pdf").symlink_to(folder / "the report itself.pdf")
    for name in ("b.txt", "A.txt", "\uffee.txt", "\U0001f9e5.txt", "two\nlines.txt"):
        (folder / name).write_bytes(name.encode())
    for name in (b"latin-\xe8.txt", b"latin-\xe9.txt"):
        (folder / os.fsdecode(name)).write_bytes(name)  # they become one where names are text
    (folder / "to nowhere").symlink_to(folder / "absent")
    (folder / "to itself").symlink_to(folder / "to itself")
    (folder / "without end").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    return folder


def both(built: Path, *arguments: object, language: str = "C.UTF-8") -> list[tuple[int, bytes]]:
    """Exit code and output of the one command and of the other."""
    python = [sys.executable, "-m", "filiera.cli.main"]
    node = [str(find_node().path), str(built)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "backend"), "LC_ALL": language}
    found = []
    for command in ([*python, "verify"], node):
        finished = subprocess.run(
            [*command, *map(str, arguments)],
            capture_output=True,
            timeout=HANGS,
            env=environment,
            cwd=ROOT,
        )
        found.append((finished.returncode, finished.stdout))
    return found


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--trust", TRUST),
        ("--trust", TRUST, "--subject", "9520000000028/LOT-1"),
        ("--trust", TRUST, "--subject", "9520000000028/LOT-2", "--max-age", "7d"),
        ("--trust", TRUST, "--require-documents"),
    ],
    ids=len,
)
def test_they_print_the_same_document_and_end_alike(
    built: Path, documents: Path, more: tuple[object, ...]
) -> None:
    one, other = both(built, BUNDLE, "--documents", documents, "--json", *more)
    assert one == other
    assert one[0] in (0, 1, 3)
    assert b'"filieraVerdict": 1' in one[1]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((BENT, "--trust", TRUST), 1),
        ((BUNDLE, "--trust", TRUST, "--max-age", "0s"), 3),
        ((TRUST, "--trust", TRUST), 3),
        ((BUNDLE, "--trust", OTHER_TRUST), 2),
        ((BUNDLE, "--trust", FOLDER / "absent.json"), 2),
        ((FOLDER / "absent.json", "--trust", TRUST), 2),
        ((BUNDLE, "--trust", TRUST, "--max-age", "soon"), 2),
        ((BUNDLE, "--trust", TRUST, "--subject", "no product"), 2),
        ((BUNDLE, "--trust", TRUST, "--documents", FOLDER / "absent"), 2),
        ((BUNDLE, "--unheard-of"), 2),
    ],
    ids=str,
)
def test_they_end_with_the_same_exit_code(
    built: Path, arguments: tuple[object, ...], status: int
) -> None:
    assert [code for code, _ in both(built, *arguments)] == [status, status]


@pytest.mark.parametrize(("locale", "language"), [("en_GB.UTF-8", "en"), ("it_IT.UTF-8", "it")])
def test_in_a_terminal_they_end_with_the_same_sentence_and_line(
    built: Path, documents: Path, locale: str, language: str
) -> None:
    arguments = (BUNDLE, "--trust", TRUST, "--documents", documents)
    document = json.loads(both(built, *arguments, "--json")[0][1])
    shown = [out.decode() for _, out in both(built, *arguments, language=locale)]
    for text in shown:
        *lines, last = text.splitlines()
        assert last.startswith(f"passport {document['subject']}: unknown (1 of 1 steps; ")
        assert max(map(len, lines)) <= 80
        flowing = " ".join(text.split())
        assert document["sentence"][language] in flowing
        assert document["trust"]["words"][language] in flowing
    assert shown[0].splitlines()[-1] == shown[1].splitlines()[-1]
