# SPDX-License-Identifier: Apache-2.0
"""The web server of `filiera serve`: on a socket that is bound before, until a signal ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn

GRACE: Final = 5
"""Seconds that requests under way have to end."""
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End in order at each of the signals; uvicorn's own would raise them again after."""
        before = {each: signal.signal(each, self.handle_exit) for each in _STOPPING}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def run_until_stopped(app: Any, listening: socket.socket) -> None:
    """Serve an ASGI application; returns once it was told to stop and requests have ended."""
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=GRACE)
    _Server(config).run(sockets=[listening])
