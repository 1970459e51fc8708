# SPDX-License-Identifier: Apache-2.0
"""Child processes: started in sessions of their own, stopped whole, never left behind.

A terminal's Ctrl-C reaches only Filiera, which then stops its children in order. What
it starts is noted in a run file with the time at which the system started it, so that
a run that was killed outright can be cleared up by the next one, and nothing else is.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import psutil

TAIL_LINES: Final = 12
CLOCK_SLACK: Final = 2.0
CLEARED: Final = 30.0
"""Seconds for the system to clear away what was killed: only a busy machine takes any."""


@dataclass(frozen=True, slots=True)
class Command:
    """What to run: its name for people, the words, where, with which environment."""

    name: str
    words: Sequence[str]
    cwd: Path
    env: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Started:
    """How a process is known again: its number alone may by now be somebody else's."""

    name: str
    pid: int
    created: float
    program: str

    def find(self) -> psutil.Process | None:
        """That process, if it still runs."""
        try:
            process = psutil.Process(self.pid)
            same = (
                abs(process.create_time() - self.created) <= CLOCK_SLACK
                and (process.cmdline() or [""])[0] == self.program
            )
        except psutil.Error:
            return None
        return process if same and _runs(process) else None


class RunFile:
    """The children of one state folder, on disk from the moment at which they start."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> list[Started]:
        """What is noted; a file that was never finished notes nothing."""
        try:
            return [Started(**entry) for entry in json.loads(self.path.read_text())]
        except (OSError, ValueError, TypeError):
            return []

    def add(self, started: Started) -> None:
        """Note a child."""
        self._write([*self.read(), started])

    def remove(self, pid: int) -> None:
        """Forget a child that has ended."""
        self._write([each for each in self.read() if each.pid != pid])

    def _write(self, entries: Sequence[Started]) -> None:
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps([asdict(each) for each in entries], indent=1))
        draft.replace(self.path)

    def stop_leftovers(self, grace: float = 5.0) -> list[str]:
        """End what a killed run left running; the names of what was found."""
        found = [(each, process) for each in self.read() if (process := each.find())]
        for _, process in found:
            _end(process, grace)
        self._write([])
        return [each.name for each, _ in found]


class Child:
    """One running program, its output in a log file."""

    def __init__(self, command: Command, log: Path, run_file: RunFile) -> None:
        self.name = command.name
        self.log = log
        self._run_file = run_file
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command.words,
                cwd=command.cwd,
                env=dict(command.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            run_file.add(self._identity(command))
        except BaseException:
            self._process.kill()
            raise

    def _identity(self, command: Command) -> Started:
        try:
            created = psutil.Process(self.pid).create_time()
        except psutil.Error:
            created = time.time()
        return Started(self.name, self.pid, created, command.words[0])

    @property
    def pid(self) -> int:
        """The process number, which is also its session's and its group's."""
        return self._process.pid

    def exit_status(self) -> int | None:
        """How it ended, or None while it runs."""
        return self._process.poll()

    def output(self) -> str:
        """Everything that it has said."""
        return self.log.read_text(errors="replace")

    def last_words(self) -> str:
        """The last lines of its log, for a person to read."""
        return "\n".join(self.output().splitlines()[-TAIL_LINES:])

    def ask_to_end(self) -> None:
        """SIGTERM without waiting, so that several end at a time; `stop` is to follow."""
        if self.exit_status() is None:
            self._process.terminate()

    def stop(self, grace: float) -> None:
        """Ask it to end, wait `grace` seconds, then end it; twice is once."""
        if self.exit_status() is None:
            _end(psutil.Process(self.pid), grace)
            self._process.wait(CLEARED)
        self._run_file.remove(self.pid)


def _end(process: psutil.Process, grace: float) -> None:
    """SIGTERM to the process and what it started, then SIGKILL to what is left.

    psutil signals only what is still the process that it was: a number that went to
    somebody else in the meantime is left alone.
    """
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for member in family:
        _quietly(member.terminate)
    for member in _await_end(family, grace):
        _quietly(member.kill)
    _await_end(family, 2.0)


def _await_end(family: Sequence[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that still run after so long; a zombie only waits for its parent to look."""
    deadline = time.monotonic() + seconds
    while (alive := [each for each in family if _runs(each)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _quietly(send: Callable[[], None]) -> None:
    """Signal a process that may be gone already."""
    with contextlib.suppress(psutil.NoSuchProcess):
        send()
