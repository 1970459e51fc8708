# SPDX-License-Identifier: Apache-2.0
"""Every page of the site in every state that it has: one table of views, each by a name.

    with open_gallery() as gallery:
        address = gallery("revoked")

The sites are those of tests/support/site.py and that of the demonstration's sample, served
on loopback for as long as the gallery is open, each from the first time that it is asked for.
All of them give bundles that prove, so that the browser's own check has something to say.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from fastapi import FastAPI

from filiera.demo.server import WebServer
from filiera.settings import Settings
from filiera.web.app import create_site
from tests.support.chain import running_chain
from tests.support.ipfs import running_ipfs
from tests.support.large import crowded, large
from tests.support.proving import proving
from tests.support.running import sample_running
from tests.support.server import Server
from tests.support.site import PAGE, SITUATIONS, HostileWorld, anchored
from tests.support.visits import SHOWN

AUDIT: Final = PAGE.replace("/passport", "/audit")
Opened = Callable[[], AbstractContextManager[FastAPI]]
Gallery = Callable[[str], str]
"""Leads from the name of a view to its address."""


@dataclass(frozen=True, slots=True)
class View:
    """A page: the site that shows it (by its name in `SITES`), and where it is there.

    `at` is when it is to be looked at, in seconds since 1970; None is now.
    """

    site: str
    path: str = PAGE
    at: int | None = SHOWN


def in_memory(make: Callable[[], Server]) -> Opened:
    """The site of a district in memory."""

    @contextmanager
    def opened() -> Iterator[FastAPI]:
        server = proving(make())
        yield server.app
        server.store.close()

    return opened


@contextmanager
def sample() -> Iterator[FastAPI]:
    """The site of the demonstration's sample, on a chain and an IPFS node of its own."""
    with TemporaryDirectory(prefix="filiera-sample-") as folder, ExitStack() as held:
        chain = held.enter_context(running_chain())
        ipfs = held.enter_context(running_ipfs(Path(folder)))
        running = held.enter_context(sample_running(chain, ipfs, Path(folder)))
        running.finish()
        yield create_site(running.services, settings=Settings(page_age=0), background=False)


SITES: Final[dict[str, Opened]] = {
    **{name: in_memory(make) for name, make in SITUATIONS.items()},
    "hostile": in_memory(lambda: anchored(HostileWorld())),
    "empty": in_memory(Server),
    "long": in_memory(lambda: large(60)),
    "crowded": in_memory(crowded),
    "sample": sample,
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
    "audit": View("gap", AUDIT),
    "audit-disproven": View("disproven", AUDIT),
    "audit-hostile": View("hostile", AUDIT),
    "long": View("long"),
    "audit-long": View("long", f"{AUDIT}&sheet=3"),
}
"""Pages beside the passport's, by what a person did to get there."""

SAMPLE: Final[dict[str, View]] = {"sample": View("sample", "/01/09521010000015/10/PT-001", at=None)}
"""What `make demo` shows. Its site takes seconds to open."""

VIEWS: Final = SAMPLE | PASSPORTS | OTHERS

CROWDED: Final[dict[str, View]] = {
    "crowded": View("crowded"),
    "audit-crowded": View("crowded", AUDIT),
}
"""Pages as full as issuers can make them: too long for a picture."""


@contextmanager
def open_gallery() -> Iterator[Gallery]:
    """The addresses of the views; what serves them ends with the block."""
    with ExitStack() as held:
        urls: dict[str, str] = {}

        def address_of(name: str) -> str:
            view = (VIEWS | CROWDED)[name]
            if view.site not in urls:
                app = held.enter_context(SITES[view.site]())
                urls[view.site] = held.enter_context(served(app))
            return urls[view.site] + view.path

        yield address_of


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an application while it is served on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening, WebServer(app, listening) as web:
        yield web.url
