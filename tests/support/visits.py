# SPDX-License-Identifier: Apache-2.0
"""A person before a page: a context of Chromium that notes what a page may not do.

    with visiting(browser, PHONE) as visit:
        visit.go(f"{url}/passport?id=...")

Its clock stands shortly after that of the districts in memory, so that what they prove is not
too old for the browser's own check; with `at=None` it runs, as before a chain of now.

At the end nothing may have been asked of another origin, nothing stored, nothing complained
of in the console, no dialog opened, and no page wider than the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Response,
)

from tests.support.browser import PATIENCE
from tests.support.world import NOW

SHOWN: Final = NOW + 60
"""When the pages of a district in memory are looked at, in seconds since 1970."""
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 900}}

AXE: Final = Path(__file__).parents[1] / "browser/node_modules/axe-core/axe.min.js"
HEADLINE: Final = "#summary .headline"
UNFOLD: Final = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
# A page that is itself a 404, or asks for what is not at hand, is told so in the console.
STATUS: Final = "Failed to load resource: the server responded with a status of"


@dataclass
class Visit:
    """One person's page, and what it did besides being shown."""

    context: BrowserContext
    page: Page
    origins: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._ask)
        self.page.on("response", self._answer)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)

    def go(self, address: str, language: str = "en") -> Page:
        """Open an address of the site in a language; "" leaves the choice to the browser."""
        if language:
            joint = "&" if "?" in address else "?"
            address = f"{address}{joint}lang={language}"
        self.origins.add(origin_of(address))
        self.page.goto(address)
        return self.page

    def follow(self, link: Locator) -> None:
        """Click what leads to another page, and be there."""
        with self.page.expect_navigation():
            link.click()

    def settle(self) -> None:
        """Wait until the browser's own check, if the page has one, has said what it found."""
        self.page.wait_for_function(SETTLED)

    def width(self) -> int:
        """How wide the page is, in CSS pixels, beyond the window or not."""
        found: int = self.page.evaluate("document.documentElement.scrollWidth")
        return found

    def first_screen(self) -> str:
        """The words that are wholly within the window, before anything is scrolled."""
        found: str = self.page.evaluate(WORDS_IN_WINDOW)
        return " ".join(found.split())

    def barriers(self) -> list[str]:
        """What axe-core finds wrong with the page as it is shown now: rule, element, reason."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        return [
            f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def check(self) -> None:
        """Fail if the page did what no page of Filiera may do."""
        assert self.complaints == []
        assert {origin_of(each) for each in self.asked} <= self.origins
        assert self.context.cookies() == []
        assert self.page.evaluate(STORED) == 0
        window = self.page.viewport_size
        assert window
        assert self.width() <= window["width"], self.page.url

    def _ask(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.asked.append(request.url)

    def _answer(self, response: Response) -> None:
        if "/static/" in response.url and response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(STATUS):
            self.complaints.append(f"{message.type}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


STORED: Final = """
async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length
"""
SETTLED: Final = """
() => {
    const said = document.querySelector("[data-place=said]");
    return !said || said.querySelector(".headline .mark") !== null;
}
"""
WORDS_IN_WINDOW: Final = """
() => {
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
        range.selectNodeContents(walker.currentNode);
        const { top, bottom, width } = range.getBoundingClientRect();
        if (width && top >= 0 && bottom <= innerHeight) words.push(walker.currentNode.data);
    }
    return words.join("");
}
"""


@contextmanager
def visiting(
    browser: Browser, device: dict[str, Any], *, at: int | None = SHOWN, **options: Any
) -> Iterator[Visit]:
    """A visit with that device; `options` are those of a Chromium context of Playwright.

    The page's clock stands `at` so many seconds since 1970, or runs.
    """
    context = browser.new_context(**{"locale": "en-GB", **device, **options})
    context.set_default_timeout(PATIENCE)
    if at is not None:
        context.clock.set_fixed_time(datetime.fromtimestamp(at, UTC))
    visit = Visit(context, context.new_page())
    yield visit
    visit.check()
    context.close()


def origin_of(address: str) -> str:
    """Scheme, host and port of an address."""
    place = urlsplit(address)
    return f"{place.scheme}://{place.netloc}"
