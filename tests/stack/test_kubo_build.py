# SPDX-License-Identifier: Apache-2.0
"""Kubo is built once, whole or not at all, and a failure says why. Go is a stand-in here."""

from __future__ import annotations

import shutil
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from filiera.errors import SetupError
from filiera.stack import kubo_build, paths
from filiera.stack.kubo_build import ensure_kubo
from filiera.stack.tools import Tool, built_kubo

LIST = 'echo "$@" >> {calls}; echo one/package; echo two/package; echo go: downloading x >&2'
BUILD = (
    'echo "$@" >> {calls}; env > {calls}.env; echo one/package >&2; '
    'while [ "$1" != -o ]; do shift; done; '
    'printf "#!/bin/sh\\necho ipfs version 0.40.1\\n" > "$2"; chmod +x "$2"'
)


class FakeGo:
    """A `go` of which the tests decide what it does, with a cache folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.calls_file = folder / "calls"
        self.path = folder / "goroot" / "bin" / "go"
        self.path.parent.mkdir(parents=True)
        monkeypatch.delenv("FILIERA_IPFS", raising=False)
        monkeypatch.setattr(paths, "cache_dir", lambda: folder / "cache")
        monkeypatch.setattr(kubo_build, "find_go", lambda: Tool(self.path, (1, 26, 6), "stand-in"))
        self.does(LIST, BUILD)

    def does(self, listing: str, building: str) -> None:
        """What `go list` and `go build` do."""
        body = f"if [ $1 = list ]; then {listing}; else {building}; fi"
        self.path.write_text(f"#!/bin/sh\n{body.format(calls=self.calls_file)}\n")
        self.path.chmod(0o755)

    def calls(self) -> list[str]:
        """The verbs with which it was called."""
        if not self.calls_file.exists():
            return []
        return [line.split()[0] for line in self.calls_file.read_text().splitlines()]


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeGo:
    return FakeGo(tmp_path, monkeypatch)


def test_kubo_is_built_into_the_cache_and_what_the_build_needed_is_removed(go: FakeGo) -> None:
    tool = ensure_kubo()
    assert (tool.path, tool.version) == (built_kubo(), (0, 40, 1))
    assert sorted(each.name for each in (go.folder / "cache" / "kubo").iterdir()) == sorted(
        [built_kubo().parent.name, "lock"]
    )


def test_a_kubo_that_is_built_is_not_built_again(go: FakeGo) -> None:
    ensure_kubo()
    ensure_kubo()
    assert go.calls() == ["list", "build"]


def test_the_build_is_the_same_whatever_the_environment_says(
    go: FakeGo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"GOOS": "plan9", "GOFLAGS": "-mod=mod", "CGO_ENABLED": "1"}.items():
        monkeypatch.setenv(name, value)
    ensure_kubo()
    said = (go.folder / "calls.env").read_text().splitlines()
    assert "CGO_ENABLED=0" in said
    assert "GOTOOLCHAIN=local" in said
    assert "GOFLAGS=-mod=readonly -modcacherw -buildvcs=false" in said
    assert not [line for line in said if line.startswith("GOOS=")]


def test_a_build_that_fails_says_why_and_leaves_no_program(go: FakeGo) -> None:
    go.does(LIST, "echo the proxy is on holiday >&2; exit 3")
    with pytest.raises(SetupError) as caught:
        ensure_kubo()
    assert caught.value.code == "tool-build"
    assert "the proxy is on holiday" in caught.value.message
    assert "`go build`, exit 3" in caught.value.message
    assert "FILIERA_IPFS" in str(caught.value.hint)
    assert not built_kubo().exists()


def test_a_build_after_one_that_failed_succeeds(go: FakeGo) -> None:
    go.does(LIST, "exit 1")
    with pytest.raises(SetupError):
        ensure_kubo()
    go.does(LIST, BUILD)
    assert ensure_kubo().version == (0, 40, 1)


def test_two_builds_at_once_are_one_build(go: FakeGo) -> None:
    together = threading.Barrier(2)

    def build() -> None:
        together.wait()
        ensure_kubo()

    threads = [threading.Thread(target=build) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert go.calls() == ["list", "build"]


def test_too_little_room_is_said_before_anything_is_fetched(
    go: FakeGo, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(9, 9, 300 * 1024**2))
    with pytest.raises(SetupError) as caught:
        ensure_kubo()
    assert "300 MB are free" in caught.value.message
    assert go.calls() == []
