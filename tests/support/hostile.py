# SPDX-License-Identifier: Apache-2.0
"""A site in a browser that a test can make lie: what it answers at an address, and as whom.

site = Site(proving(anchored()))
site.answers["/bundle"] = tampered      instead of what ends so
site.instead["/01/…"] = PAGE            another page under that address
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Browser, Page
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from filiera.demo.server import WebServer
from tests.support.browser import PATIENCE
from tests.support.server import Server
from tests.support.site import PAGE


@dataclass
class Site:
    """An application over a server's own: it forwards what it does not lie about."""

    server: Server
    answers: dict[str, Response] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)
    url: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app: Any = self.server.app
        if scope["type"] == "http":
            app = next((lie for end, lie in self.answers.items() if _ends(scope, end)), app)
            if shown := self.instead.get(scope["path"]):
                path, _, query = shown.partition("?")
                known = {"path": path, "raw_path": path.encode(), "query_string": query.encode()}
                scope = {**scope, **known}
        await app(scope, receive, send)


def _ends(scope: Scope, end: str) -> bool:
    return str(scope["path"]).endswith(end)


@contextmanager
def served(server: Server) -> Iterator[Site]:
    """A site on loopback; `url` is where."""
    site = Site(server)
    with socket.create_server(("127.0.0.1", 0)) as listening, WebServer(site, listening) as web:
        site.url = web.url
        yield site


@contextmanager
def reader(browser: Browser, site: Site, **options: Any) -> Iterator[Page]:
    """Somebody's page, a minute after the server's time; it asks nobody but the site."""
    context = browser.new_context(locale="en-GB", **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.clock.set_fixed_time(datetime.fromtimestamp(site.server.clock.now() + 60, UTC))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda asked: complaints.append(asked.url) if _foreign(asked, site) else None
    )
    yield page
    context.close()
    assert complaints == []


def _foreign(asked: Any, site: Site) -> bool:
    return not asked.url.startswith(f"{site.url}/")


def opened(page: Page, site: Site, address: str = PAGE, language: str = "en") -> Page:
    """The page at an address, once the browser has said something of its own."""
    joint = "&" if "?" in address else "?"
    page.goto(f"{site.url}{address}{joint}lang={language}")
    page.wait_for_selector(ANSWERED)
    return page


ANSWERED = "[data-place=said] .headline .mark"
