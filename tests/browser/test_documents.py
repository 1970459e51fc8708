# SPDX-License-Identifier: Apache-2.0
"""A document of an issuer's is shown to who opens it, and can do nothing to the pages."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame

from filiera.model.links import LinkType, RecordLink
from tests.support.browser import PATIENCE
from tests.support.gallery import PAGE, served
from tests.support.server import Server
from tests.support.visits import DESKTOP
from tests.support.world import World

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("browser")]

ATTACK = r"app.alert\('from the paper'\); this.submitForm\('/search'\); app.launchURL\('/'\)"


def pdf(script: str) -> bytes:
    """A page of one line, and a script that runs when it is opened (PDF 1.4, 3.4 and 8.6.4)."""
    line = b"BT /F1 24 Tf 40 150 Td (Certificate) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (%s) >> >>"
        % script.encode("ascii"),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources %s >>"
        % b"<< /Font << /F1 5 0 R >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return written + head + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(written)


def is_viewer(frame: Frame) -> bool:
    """Chromium's own viewer of PDF is an extension, of another origin than the site."""
    return frame.url.startswith("chrome-extension://")


PAPER = pdf(ATTACK)


class WithPaper(World):
    """The first step has that PDF for its document."""

    def spin(self, **changes: object) -> dict[str, object]:
        paper = sha256(PAPER).digest()
        link = RecordLink(LinkType.DOCUMENT, paper, "certificate.pdf", "application/pdf")
        return super().spin(links=[link], **changes)


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    server = Server(WithPaper())
    parts: Any = [("record", (None, jws)) for jws in server.world.jws.values()]
    parts.append(("document", ("certificate.pdf", PAPER, "application/pdf")))
    assert server.client.post("/v1/records", files=parts).status_code < 300
    server.anchor()
    with served(server.app) as url:
        yield url
    server.store.close()


def test_a_pdf_is_shown_and_its_script_reaches_nothing_of_the_site(
    shop: str, browser: Browser
) -> None:
    with browser.new_context(**DESKTOP) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{shop}{PAGE}&lang=en")
        link = page.get_by_role("link", name="certificate.pdf").get_attribute("href")
        page.goto("about:blank")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: dialog.dismiss())
        with page.expect_event("framenavigated", is_viewer), page.expect_event("dialog") as dialog:
            page.goto(f"{shop}{link}")
        assert dialog.value.message == "from the paper"  # the viewer ran it, and it is no page
        assert page.url == f"{shop}{link}"
        assert context.pages == [page]
        icon = f"{shop}/favicon.ico"  # the browser asks for it by itself
        of_the_site = {each for each in asked if each.startswith(shop)} - {icon}
        assert of_the_site == {f"{shop}{link}"}
