# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium: the one that the machine has, since Playwright's own is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
PATIENCE: Final = 90_000
"""Milliseconds for what a page shall come to show: longer than a page itself waits for anything."""
ABSENT: Final = "Chromium is not installed (on Debian: the packages chromium and fonts-liberation)"


def find_chromium() -> str | None:
    """Where it is, if it is anywhere."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end; without one a test fails, for what it promises is not kept."""
    program = find_chromium()
    if program is None:
        pytest.fail(ABSENT)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox"], timeout=PATIENCE
        )
        yield browser
        browser.close()
