# SPDX-License-Identifier: Apache-2.0
"""A site inside the demonstration's own process, on a socket that is bound before."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Any

import uvicorn

from filiera.errors import UnavailableError

START_LIMIT = 60.0
STOP_LIMIT = 5.0
POLL_EVERY = 0.02


class WebServer:
    """Serves an ASGI application from a thread while the block runs; `url` is where."""

    def __init__(self, app: Any, listening: socket.socket) -> None:
        address, port = listening.getsockname()
        self.url = f"http://{address}:{port}"
        self._socket = listening
        config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=int(STOP_LIMIT) - 2)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="web", daemon=True
        )

    def __enter__(self) -> WebServer:
        self._thread.start()
        deadline = time.monotonic() + START_LIMIT
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise UnavailableError(
                    "internal", "The web server did not start.", part="web", where=self.url
                )
            time.sleep(POLL_EVERY)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join(STOP_LIMIT)
        self._socket.close()
