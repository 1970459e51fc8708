# SPDX-License-Identifier: Apache-2.0
"""Every page of the site in every state that it has: one table of views, each by a name.

    with open_gallery() as gallery:
        address = gallery("revoked")

The servers are those of tests/support/site.py, served on loopback for as long as the
gallery is open, each from the first time that it is asked for.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Final

from filiera.demo.server import WebServer
from tests.support.server import Server
from tests.support.site import PAGE, SITUATIONS, HostileWorld, anchored

Gallery = Callable[[str], str]
"""Leads from the name of a view to its address."""


@dataclass(frozen=True, slots=True)
class View:
    """A page: the server that shows it (by its name in `SERVERS`), and where it is there."""

    server: str
    path: str = PAGE


def empty() -> Server:
    """Nothing was ever handed in."""
    return Server()


def hostile() -> Server:
    """Everybody wrote scripts into everything."""
    return anchored(HostileWorld())


SERVERS: Final[dict[str, Callable[[], Server]]] = {
    **SITUATIONS,
    "hostile": hostile,
    "empty": empty,
}

PASSPORTS: Final[dict[str, View]] = {name: View(name) for name in (*SITUATIONS, "hostile")}
"""A product's page in each state, and written by issuers who attack."""

OTHERS: Final[dict[str, View]] = {
    "front": View("gap", "/"),
    "front-empty": View("empty", "/"),
    "hostile-front": View("hostile", "/"),
    "search-unclear": View("gap", "/search?q=hello"),
    "search-wrong-digit": View("gap", "/search?q=9520000000029"),
    "search-place": View("gap", "/search?q=(414)9520000000004"),
    "unknown-product": View("gap", "/01/09521010000039"),
    "unknown-place": View("gap", "/414/9521010000008"),
    "unknown-record": View("gap", f"/search?q=ni:///sha-256;{'A' * 43}"),
    "key-not-served": View("gap", "/8006/095210100000390102"),
    "nothing-there": View("gap", "/nowhere"),
}
"""Pages that show no passport, by what a person did to get there."""

VIEWS: Final = PASSPORTS | OTHERS


@contextmanager
def open_gallery() -> Iterator[Gallery]:
    """The addresses of the views; what serves them ends with the block."""
    with ExitStack() as held:
        urls: dict[str, str] = {}

        def address_of(name: str) -> str:
            view = VIEWS[name]
            if view.server not in urls:
                server = SERVERS[view.server]()
                held.callback(server.store.close)
                urls[view.server] = held.enter_context(served(server.app))
            return urls[view.server] + view.path

        yield address_of


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an application while it is served on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening, WebServer(app, listening) as web:
        yield web.url
