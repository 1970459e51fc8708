# SPDX-License-Identifier: Apache-2.0
"""What every page keeps, whoever wrote what it shows; each visit of these tests watches for it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visiting
from tests.support.gallery import Gallery
from tests.support.site import EVIL
from tests.support.visits import PHONE, UNFOLD, visiting

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("browser")]

FOREIGN = "fetch('http://127.0.0.1:9/').catch(() => 0)"
BREACHES = {
    "a message in the console": "console.log('here')",
    "an error": "setTimeout(() => { throw new Error('here') })",
    "a dialog": "alert('here')",
    "a question to another origin": FOREIGN,
    # It is set beside the page's own thread; who reads it has it set before.
    "a cookie": "document.cookie = 'seen=1; max-age=60'; return document.cookie",
    "something stored": "localStorage.setItem('seen', '1')",
    "something stored for the session": "sessionStorage.setItem('seen', '1')",
    "more than the width": "document.body.style.width = '500px'",
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_visit_notices(breach: str, browser: Browser, gallery: Gallery) -> None:
    with pytest.raises(AssertionError), visiting(browser, PHONE) as visit:
        visit.go(gallery("nothing-there")).evaluate(f"() => {{ {BREACHES[breach]} }}")
        visit.page.evaluate("new Promise((done) => { setTimeout(done); })")


@pytest.mark.parametrize("view", ["hostile", "hostile-front", "audit-hostile"])
def test_a_script_in_every_field_of_an_issuer_is_read_and_does_not_run(
    view: str, gallery: Gallery, visit: Visiting
) -> None:
    page = visit().go(gallery(view))
    page.evaluate(UNFOLD)
    drawn = "img:not([src^='/v1/passports/'])"  # but for the page's own code, on paper
    assert page.locator(f"{drawn}, iframe, object, base").count() == 0
    assert EVIL in " ".join(page.locator("main").inner_text().split())
