# SPDX-License-Identifier: Apache-2.0
"""Children are stopped whole, and only children."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from filiera.stack.processes import Child, Command, RunFile, Started
from tests.support.patience import until

PATIENT = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + PATIENT
PARENT = (
    "import subprocess, sys; print('up', flush=True); "
    f"child = subprocess.Popen([sys.executable, '-c', {PATIENT!r}], stdout=subprocess.DEVNULL); "
    "print(child.pid, flush=True); child.wait()"
)


class Nursery:
    """Starts children for one test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run_file = RunFile(folder / "run.json")
        self.children: list[Child] = []

    def start(self, program: str) -> Child:
        """A child that runs a Python program and has said its first word."""
        command = Command("child", [sys.executable, "-c", program], self.folder, dict(os.environ))
        child = Child(command, self.folder / "logs" / "child.log", self.run_file)
        self.children.append(child)
        self.await_lines(child, 1)
        return child

    @staticmethod
    def await_end(child: Child) -> None:
        """Return when it has ended of its own accord."""
        until(lambda: child.exit_status() is not None)

    @staticmethod
    def await_lines(child: Child, count: int) -> list[str]:
        """What it has said, once that is so many lines or it has ended."""
        until(lambda: child.exit_status() is not None or child.output().count("\n") >= count)
        return child.output().splitlines()


def runs(process: psutil.Process) -> bool:
    """Whether it runs: a zombie only waits for its parent to look."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path)
    yield nursery
    for child in nursery.children:
        child.stop(grace=0.0)


def test_a_child_runs_in_a_session_of_its_own(nursery: Nursery) -> None:
    child = nursery.start(PATIENT)
    assert os.getsid(child.pid) == child.pid != os.getsid(0)


def test_a_child_is_noted_while_it_runs_and_forgotten_afterwards(nursery: Nursery) -> None:
    child = nursery.start(PATIENT)
    assert [each.pid for each in nursery.run_file.read()] == [child.pid]
    child.stop(grace=5.0)
    assert child.exit_status() is not None
    assert nursery.run_file.read() == []


def test_stopping_twice_is_stopping_once(nursery: Nursery) -> None:
    child = nursery.start(PATIENT)
    child.stop(grace=5.0)
    status = child.exit_status()
    child.stop(grace=5.0)
    assert status is not None
    assert child.exit_status() == status


def test_a_child_that_will_not_end_is_ended(nursery: Nursery) -> None:
    child = nursery.start(STUBBORN)
    child.stop(grace=0.1)
    assert not psutil.pid_exists(child.pid)


def test_what_a_child_started_ends_with_it(nursery: Nursery) -> None:
    child = nursery.start(PARENT)
    grandchild = psutil.Process(int(nursery.await_lines(child, 2)[1]))
    child.stop(grace=5.0)
    assert not runs(grandchild)


def test_a_child_that_ends_by_itself_leaves_its_last_words(nursery: Nursery) -> None:
    child = nursery.start(
        "import sys; print('up', flush=True); sys.exit('there is no more thread')"
    )
    nursery.await_end(child)
    assert child.exit_status() == 1
    assert child.last_words().endswith("there is no more thread")


def test_the_next_run_ends_what_a_killed_run_left(nursery: Nursery) -> None:
    child = nursery.start(PATIENT)
    assert RunFile(nursery.run_file.path).stop_leftovers() == ["child"]
    assert child.exit_status() is not None
    assert nursery.run_file.read() == []


def test_a_process_that_got_the_number_of_a_dead_child_is_left_alone(nursery: Nursery) -> None:
    with subprocess.Popen([sys.executable, "-c", PATIENT], stdout=subprocess.PIPE) as stranger:
        assert stranger.stdout
        stranger.stdout.readline()
        created = psutil.Process(stranger.pid).create_time()
        run_file = nursery.run_file
        run_file.add(Started("earlier", stranger.pid, created - 3_600, sys.executable))
        run_file.add(Started("another", stranger.pid, created, "/usr/bin/another-program"))
        assert run_file.stop_leftovers() == []
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.parametrize("text", ["", "[", "{}", '[{"pid": 1}]', "[1]"])
def test_a_run_file_that_was_never_finished_notes_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text)
    assert RunFile(path).stop_leftovers() == []
