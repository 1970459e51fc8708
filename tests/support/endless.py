# SPDX-License-Identifier: Apache-2.0
"""A node on loopback that says whatever it likes, for as long as somebody listens.

    with speaking(with_head(b"Content-Length: 9", flood(b"x"))) as node:
        KuboDocumentStore(node.api).get(document)
    assert node.said < ...

What is asked is not looked at; every connection is answered once, and the same.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain, repeat
from typing import Final

PIECE: Final = 1 << 16
FLOOD: Final = 256 << 20
"""Bytes of what would have no end: more than any bound, and less than a machine's memory."""
IN_FLIGHT: Final = 16 << 20
"""Bytes that may lie between two sockets: said, and read by nobody."""

OK: Final = b"HTTP/1.1 200 OK\r\n"
Answer = Callable[[], Iterator[bytes]]


class Node:
    """Where it is, what it was asked (how each request begins), how many bytes were taken."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.api = f"/ip4/127.0.0.1/tcp/{port}"
        self.asked: list[bytes] = []
        self.said = 0


@contextmanager
def speaking(answer: Answer, *, listens: bool = True) -> Iterator[Node]:
    """A node that gives that answer to everybody; one that does not listen takes no request."""
    over = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        node, held = Node(server.getsockname()[1]), list[socket.socket]()

        def serve(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), closing(connection):
                if listens:
                    node.asked.append(connection.recv(PIECE))
                for piece in answer():
                    if over.is_set():
                        return
                    connection.sendall(piece)
                    node.said += len(piece)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    held.append(server.accept()[0])
                    threading.Thread(target=serve, args=(held[-1],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield node
        finally:
            over.set()
            for connection in held:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def once(data: bytes) -> Answer:
    """Only that, and nothing more."""
    return lambda: iter([data])


def flood(piece: bytes = bytes(PIECE), *, head: bytes = OK + b"\r\n") -> Answer:
    """A head, and the same piece until nobody takes it."""
    pieces = piece * max(1, PIECE // len(piece))
    return lambda: chain([head], repeat(pieces, FLOOD // len(pieces)))


def chunked(piece: bytes = bytes(PIECE)) -> Answer:
    """The same in chunks (RFC 9112, 7.1)."""
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    return flood(b"%x\r\n%b\r\n" % (len(piece), piece), head=head)


def drip(head: bytes, byte: bytes) -> Answer:
    """A head, and then a byte now and then: never silent for long, and never at an end."""
    pause = threading.Event()
    return lambda: chain([head], (byte for _ in repeat(None) if not pause.wait(0.005)))


DRIPS: Final = {
    "in its first line": drip(b"HTTP/1.1 200 O", b"K"),
    "in its head": drip(OK + b"X-Said: ", b"x"),
    "between its heads": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "in its body": drip(OK + b"Content-Length: 900000\r\n\r\n", b"x"),
    "in a chunk": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n80000\r\n", b"x"),
    "between its chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "after its chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"x: x\r\n"),
    "in a refusal": drip(b"HTTP/1.1 500 No\r\nContent-Length: 900000\r\n\r\n", b"["),
}
"""Where a node may be slow for ever."""
