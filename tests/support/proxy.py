# SPDX-License-Identifier: Apache-2.0
"""A loopback proxy before a node, which a test can cut and mend.

    proxy = stack.enter_context(Proxy.before(chain.url))
    proxy.cut()      # what is open is broken off, what is new is refused
    proxy.mend()     # the same port serves again

An outage as a client sees it, without stopping the node: a local chain that is stopped
forgets everything.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests.support.patience import HANGS
from tests.support.ports import bound


class Proxy:
    """Passes bytes on between 127.0.0.1:`port` and one target."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._place = bound()  # nobody else is given the port while it is cut
        self.port: int = self._place.getsockname()[1]
        self.mend()

    @property
    def url(self) -> str:
        """Where a client finds the target by way of this proxy."""
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    @contextmanager
    def before(cls, url: str) -> Iterator[Proxy]:
        """A proxy before the node at this URL, gone afterwards."""
        place = urlsplit(url)
        assert place.hostname
        assert place.port
        proxy = cls((place.hostname, place.port))
        try:
            yield proxy
        finally:
            proxy.cut()
            proxy._place.close()

    def cut(self) -> None:
        """Break off every connection and refuse new ones."""
        with self._lock:
            listener, self._listener = self._listener, None
            broken, self._open = self._open, set()
        for each in (listener, *broken):
            if each is not None:
                _end(each)

    def mend(self) -> None:
        """Serve, on the same port as before."""
        listener = bound(self.port)
        listener.listen()
        self._listener = listener
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self._join(listener, client)

    def _join(self, listener: socket.socket, client: socket.socket) -> None:
        try:
            node = socket.create_connection(self._target, HANGS)
        except OSError:
            return _end(client)
        node.settimeout(None)  # how long an answer may take is for the client to say
        with self._lock:
            if self._listener is not listener:
                _end(client)
                return _end(node)
            self._open |= {client, node}
        for source, sink in ((client, node), (node, client)):
            threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()
        return None

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                sink.sendall(data)
        with self._lock:
            self._open -= {source, sink}
        _end(source)
        _end(sink)


def _end(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
