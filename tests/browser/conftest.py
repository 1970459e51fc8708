# SPDX-License-Identifier: Apache-2.0
"""One Chromium a module, one gallery a worker, and visits that watch every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium
from tests.support.gallery import Gallery, open_gallery
from tests.support.visits import PHONE, Visit, visiting

Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not a worker's: while it is open, its event loop runs, and no test can start another."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def gallery() -> Iterator[Gallery]:
    """The address of a page by the name of its view (tests/support/gallery.py)."""
    with open_gallery() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visiting]:
    """Makes a visit: `visit()` with a phone, `visit(DESKTOP, java_script_enabled=False)`...

    At the end each page must have kept what every page promises (tests/support/visits.py).
    """
    with ExitStack() as held:
        yield lambda device=PHONE, **options: held.enter_context(
            visiting(browser, device, **options)
        )
