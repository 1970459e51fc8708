# SPDX-License-Identifier: Apache-2.0
"""Long commands that show that they are alive, and their last lines when they fail."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TextIO

TERMINAL_INTERVAL = 0.2
LOG_INTERVAL = 10.0


@dataclass
class Progress:
    """One line that is rewritten on a terminal, and repeated now and then in a log."""

    label: str
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    _shown: float = float("-inf")

    def __post_init__(self) -> None:
        self._started = self.clock()

    def show(self, detail: str) -> None:
        """Say how far it is, if it was not said a moment ago."""
        now = self.clock()
        terminal = self.stream.isatty()
        if now - self._shown < (TERMINAL_INTERVAL if terminal else LOG_INTERVAL):
            return
        self._shown = now
        line = f"{self.label}: {detail} ({now - self._started:.0f} s)"
        self.stream.write(f"\r\x1b[K{line[:78]}" if terminal else f"{line}\n")
        self.stream.flush()

    def done(self, detail: str) -> None:
        """Leave a last line that stays."""
        erase = "\r\x1b[K" if self.stream.isatty() else ""
        seconds = self.clock() - self._started
        self.stream.write(f"{erase}{self.label}: {detail} ({seconds:.0f} s)\n")
        self.stream.flush()


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended: its exit status, the last lines of both outputs, its stdout."""

    status: int
    tail: str
    stdout: str


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    tick: Callable[[str | None], None],
) -> Finished:
    """Run `command` to its end; `tick` gets each line of stderr, and None twice a second."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    stdout: list[str] = []
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        assert process.stderr
        readers = [
            threading.Thread(target=_hand_on, args=(process.stderr, lines), daemon=True),
            threading.Thread(target=_read, args=(process.stdout, stdout.append), daemon=True),
        ]
        for reader in readers:
            reader.start()
        try:
            tail = _follow(lines, tick)
            readers[1].join()
            status = process.wait()
        except BaseException:
            process.terminate()
            raise
    return Finished(status, "\n".join([*tail, *stdout[-5:]]), "\n".join(stdout))


def _read(stream: IO[str], put: Callable[[str], None]) -> None:
    for line in stream:
        put(line.rstrip())


def _hand_on(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    """Every line, and None once there are no more: nobody waits for another."""
    _read(stream, lines.put)
    lines.put(None)


def _follow(lines: queue.SimpleQueue[str | None], tick: Callable[[str | None], None]) -> deque[str]:
    """Tick until the end of the lines; the last of them."""
    tail: deque[str] = deque(maxlen=15)
    while True:
        try:
            line = lines.get(timeout=0.5)
        except queue.Empty:
            tick(None)
            continue
        if line is None:
            return tail
        tail.append(line)
        tick(line)
