# SPDX-License-Identifier: Apache-2.0
"""Kubo and geth are built once, whole or not at all, and a failure says why.

Go is a stand-in here.
"""

from __future__ import annotations

import shutil
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from filiera.errors import SetupError
from filiera.stack import go_build, paths
from filiera.stack.go_build import ensure_built
from filiera.stack.tools import GETH, KUBO, GoProgram, Tool, built_path

LIST = 'echo "$@" >> {calls}; echo one/package; echo two/package; echo go: downloading x >&2'
BUILD = (
    'echo "$@" >> {calls}; env > {calls}.env; echo one/package >&2; '
    'while [ "$1" != -o ]; do shift; done; '
    'printf "#!/bin/sh\\necho version {version}\\n" > "$2"; chmod +x "$2"'
)


class FakeGo:
    """A `go` of which the tests decide what it does, with a cache folder of its own."""

    def __init__(self, program: GoProgram, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program = program
        self.version = (*program.series, 1)[:3]
        self.folder = folder
        self.calls_file = folder / "calls"
        self.path = folder / "goroot" / "bin" / "go"
        self.path.parent.mkdir(parents=True)
        monkeypatch.delenv(program.setting, raising=False)
        monkeypatch.setattr(paths, "cache_dir", lambda: folder / "cache")
        monkeypatch.setattr(go_build, "find_go", lambda: Tool(self.path, (1, 26, 6), "stand-in"))
        self.does(LIST, BUILD)

    def does(self, listing: str, building: str) -> None:
        """What `go list` and `go build` do."""
        version = ".".join(map(str, self.version))
        body = f"if [ $1 = list ]; then {listing}; else {building}; fi"
        self.path.write_text(f"#!/bin/sh\n{body.format(calls=self.calls_file, version=version)}\n")
        self.path.chmod(0o755)

    def build(self) -> Tool:
        """What is being tested."""
        return ensure_built(self.program)

    @property
    def built(self) -> Path:
        """Where the program is put."""
        return built_path(self.program)

    def calls(self) -> list[str]:
        """The verbs with which it was called."""
        if not self.calls_file.exists():
            return []
        return [line.split()[0] for line in self.calls_file.read_text().splitlines()]


@pytest.fixture(params=[KUBO, GETH], ids=lambda program: program.name)
def go(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeGo:
    return FakeGo(request.param, tmp_path, monkeypatch)


def test_a_program_is_built_into_the_cache_and_what_the_build_needed_is_removed(go: FakeGo) -> None:
    tool = go.build()
    assert (tool.path, tool.version) == (go.built, go.version)
    assert sorted(each.name for each in go.program.cache.iterdir()) == sorted(
        [go.built.parent.name, "lock"]
    )


def test_a_program_that_is_built_is_not_built_again(go: FakeGo) -> None:
    go.build()
    go.build()
    assert go.calls() == ["list", "build"]


def test_geth_is_linked_as_it_must_be(go: FakeGo) -> None:
    go.build()
    link = "-s -w -checklinkname=0" if go.program is GETH else "-s -w"
    assert f"-ldflags={link} -o" in go.calls_file.read_text()


def test_the_build_is_the_same_whatever_the_environment_says(
    go: FakeGo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"GOOS": "plan9", "GOFLAGS": "-mod=mod", "CGO_ENABLED": "1"}.items():
        monkeypatch.setenv(name, value)
    go.build()
    said = (go.folder / "calls.env").read_text().splitlines()
    assert "CGO_ENABLED=0" in said
    assert "GOTOOLCHAIN=local" in said
    assert "GOFLAGS=-mod=readonly -modcacherw -buildvcs=false" in said
    assert not [line for line in said if line.startswith("GOOS=")]


def test_a_build_that_fails_says_why_and_leaves_no_program(go: FakeGo) -> None:
    go.does(LIST, "echo the proxy is on holiday >&2; exit 3")
    with pytest.raises(SetupError) as caught:
        go.build()
    assert caught.value.code == "tool-build"
    assert "the proxy is on holiday" in caught.value.message
    assert "`go build`, exit 3" in caught.value.message
    assert go.program.setting in str(caught.value.hint)
    assert not go.built.exists()


def test_a_build_after_one_that_failed_succeeds(go: FakeGo) -> None:
    go.does(LIST, "exit 1")
    with pytest.raises(SetupError):
        go.build()
    go.does(LIST, BUILD)
    assert go.build().version == go.version


def test_two_builds_at_once_are_one_build(go: FakeGo) -> None:
    together = threading.Barrier(2)

    def build() -> None:
        together.wait()
        go.build()

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
        go.build()
    assert "300 MB are free" in caught.value.message
    assert go.calls() == []
