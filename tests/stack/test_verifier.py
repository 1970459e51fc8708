# SPDX-License-Identifier: Apache-2.0
"""Set-up builds the browser verifier, and again when it is another. Node is a stand-in here."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.errors import SetupError
from filiera.stack import paths, verifier
from filiera.stack.tools import Tool
from filiera.stack.verifier import BUILT, ensure_verifier

BUILD = """#!/bin/sh
echo built >> builds
mkdir -p dist
for each in {}; do cp src/page.ts $each; done
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The verifier's folder of a checkout, whose Node copies its one source."""
    found = tmp_path / "backend" / "verifier"
    (found / "src").mkdir(parents=True)
    (found / "src" / "page.ts").write_text("one")
    node = tmp_path / "node"
    node.write_text(BUILD.format(" ".join(BUILT)))
    node.chmod(0o755)
    monkeypatch.setattr(paths, "checkout", lambda: tmp_path)
    monkeypatch.setattr(verifier, "find_node", lambda: Tool(node, (24, 0, 0), "stand-in"))
    return found


def builds(folder: Path) -> int:
    return len((folder / "builds").read_text().splitlines())


def test_what_is_built_is_not_built_again(folder: Path) -> None:
    ensure_verifier()
    ensure_verifier()
    assert builds(folder) == 1
    assert all((folder / name).read_text() == "one" for name in BUILT)


def test_other_sources_are_another_build(folder: Path) -> None:
    ensure_verifier()
    (folder / "src" / "page.ts").write_text("two")
    ensure_verifier()
    assert (folder / BUILT[0]).read_text() == "two"


@pytest.mark.parametrize("name", BUILT)
def test_what_was_altered_or_removed_since_is_built_again(folder: Path, name: str) -> None:
    ensure_verifier()
    (folder / name).write_text("altered")
    ensure_verifier()
    (folder / name).unlink()
    ensure_verifier()
    assert (builds(folder), (folder / name).read_text()) == (3, "one")


def test_a_build_that_fails_says_what_it_said_and_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = folder / "broken"
    broken.write_text("#!/bin/sh\necho no such source >&2\nexit 1\n")
    broken.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(verifier, "find_node", lambda: Tool(broken, (24, 0, 0), "stand-in"))
        with pytest.raises(SetupError, match="no such source"):
            ensure_verifier()
    ensure_verifier()
    assert builds(folder) == 1
