# SPDX-License-Identifier: Apache-2.0
"""The browser's own verdict on a real chain and IPFS: the sample's garment, and outages."""

from __future__ import annotations

import socket

import pytest
from playwright.sync_api import Page

from filiera.demo.server import WebServer
from filiera.settings import Settings
from filiera.web.addresses import passport_address
from filiera.web.app import create_site
from tests.support.browser import PATIENCE, chromium
from tests.support.hostile import ANSWERED
from tests.support.running import Running

pytestmark = pytest.mark.stack


def verdict(page: Page, address: str) -> str:
    """What the browser says of its own accord of the page at an address."""
    page.goto(f"{address}?lang=en")
    page.locator(ANSWERED).wait_for()
    return " ".join(page.locator("[data-place=said]").inner_text().split())


def test_a_browser_proves_the_sample_by_itself_and_takes_no_outage_for_a_forgery(
    running: Running,
) -> None:
    running.finish()
    app = create_site(running.services, settings=Settings(page_age=0), background=False)
    listening = socket.create_server(("127.0.0.1", 0))
    with listening, WebServer(app, listening) as web, chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
        page.set_default_timeout(PATIENCE)
        address = web.url + passport_address(running.product)

        said = verdict(page, address)
        assert said.startswith("proven")
        assert "Sottoportico Esempio vouches for 09521010000015 lot PT-001 with 7 steps" in said
        assert page.locator("[role=alert]").count() == 0

        running.ipfs.cut()
        assert verdict(page, address).startswith("proven")
        running.ipfs.mend()

        running.chain.cut()
        assert "chain-unreachable" in verdict(page, address)
        assert page.get_attribute("#self-check", "data-outcome") == "unknown"
        assert page.locator("[role=alert]").count() == 0

        running.chain.mend()
        verdict(page, address)
        page.locator(f"{ANSWERED}.tone-proven").wait_for()
        browser.close()
