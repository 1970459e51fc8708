# SPDX-License-Identifier: Apache-2.0
"""SIGINT, SIGTERM and SIGHUP as one exception, at a moment when it can be borne."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked this process to stop; `signum` says how. No `except Exception` sees it."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


class StopSignals:
    """Turns the first stop signal into `Stopped` in the main thread, and ignores the rest.

    Whoever catches `Stopped` is already stopping: a second Ctrl-C must not leave the
    children of the first one behind. Enter it in the main thread, outside what is to be
    stopped in order.
    """

    def __init__(self) -> None:
        self._shields = 0
        self._received: int | None = None
        self._raised = False
        self._before: dict[signal.Signals, signal._HANDLER] = {}

    def __enter__(self) -> StopSignals:
        for each in STOPPING:
            self._before[each] = signal.signal(each, self._receive)
        return self

    def __exit__(self, *_: object) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)

    @contextmanager
    def shield(self) -> Iterator[None]:
        """Put a signal off until the end of the block: a child is started and noted, or not."""
        self._shields += 1
        try:
            yield
        finally:
            self._shields -= 1
        self._raise_once()

    # The system hands a handler both.
    def _receive(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._received = self._received or signum
        self._raise_once()

    def _raise_once(self) -> None:
        if self._received is not None and not self._raised and self._shields == 0:
            self._raised = True
            raise Stopped(self._received)
