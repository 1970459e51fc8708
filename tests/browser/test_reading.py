# SPDX-License-Identifier: Apache-2.0
"""However a person reads: language, keyboard, no motion, no JavaScript, paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from filiera.web.page import SECTIONS
from tests.browser.conftest import Visiting
from tests.labels.reading import text_of
from tests.support.gallery import Gallery
from tests.support.visits import DESKTOP, HEADLINE, PHONE, UNFOLD

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("browser")]


def squeezed(text: str) -> str:
    return " ".join(text.split())


# Languages


def test_the_language_is_the_browser_s_and_italian_where_it_asks_for_neither(
    gallery: Gallery, visit: Visiting
) -> None:
    for locale, language in {"en-US": "en", "it-IT": "it", "de-DE": "it"}.items():
        page = visit(locale=locale).go(gallery("proven"), language="")
        assert page.locator("html").get_attribute("lang") == language


def test_switching_languages_keeps_the_address_and_writes_dates_as_people_do(
    gallery: Gallery, visit: Visiting
) -> None:
    visitor = visit(locale="it-IT")
    page = visitor.go(gallery("gap") + "&linkType=gs1:pip", language="")
    before = urlsplit(page.url)
    assert "1 ottobre 2026" in page.locator(".times").first.inner_text()
    visitor.follow(page.get_by_role("link", name="English"))
    after = urlsplit(page.url)
    assert after.path == before.path
    assert parse_qs(after.query) == parse_qs(before.query) | {"lang": ["en"]}
    assert page.locator("html").get_attribute("lang") == "en"
    assert "1 October 2026" in page.locator(".times").first.inner_text()
    visitor.follow(page.locator(".brand"))
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator(".label").first.click()
    expect(page.locator(HEADLINE)).to_have_text("Proven, with a gap")


# Keyboard

IN_ORDER: Final = """
() => [...document.querySelectorAll("a[href], summary, input, button, select, textarea")]
    .filter((each) => each.checkVisibility() && each.type !== "hidden" && !each.disabled)
"""
FOCUSED: Final = f"""
() => {{
    const found = document.activeElement;
    const {{ outlineStyle, outlineWidth }} = getComputedStyle(found);
    const {{ top, bottom }} = found.getBoundingClientRect();
    return {{
        place: ({IN_ORDER})().indexOf(found),
        visible: outlineStyle === "solid" && parseFloat(outlineWidth) >= 2,
        within: bottom > 0 && top < innerHeight,
    }};
}}
"""


@pytest.mark.parametrize("view", ["front", "gap", "nothing-there"])
def test_the_keyboard_alone_reaches_everything_in_order_and_shows_where_it_is(
    view: str, gallery: Gallery, visit: Visiting
) -> None:
    visitor = visit(DESKTOP, reduced_motion="reduce")
    page = visitor.go(gallery(view))
    visitor.settle()
    page.evaluate(UNFOLD)
    number = page.evaluate(f"({IN_ORDER})().length")
    assert number > 4
    for place in range(number):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == {"place": place, "visible": True, "within": True}


def test_the_first_key_offers_to_skip_to_the_content(gallery: Gallery, visit: Visiting) -> None:
    visitor = visit(DESKTOP)
    page = visitor.go(gallery("proven"))
    page.keyboard.press("Tab")
    assert "To the content" in visitor.first_screen()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_folds_open_and_a_search_is_made_without_a_pointer(
    gallery: Gallery, visit: Visiting
) -> None:
    visitor = visit(DESKTOP)
    page = visitor.go(gallery("proven"))
    visitor.settle()
    fold = page.locator("details:not([open]) > summary").first
    opened = page.locator("details[open]").count()
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open]")).to_have_count(opened + 1)
    page.locator(".brand").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#q").focus()
    page.keyboard.type("9520000000028/LOT-1")
    page.keyboard.press("Enter")
    expect(page.locator(HEADLINE)).to_have_text("Proven")


# Motion, scripts, paper


def moving(page: Page) -> Any:
    """Whatever moves or would move: animations, transitions, smooth scrolling."""
    return page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((each) => {
            const style = getComputedStyle(each);
            return style.animationName !== "none" || style.scrollBehavior === "smooth"
                || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
        }).map((each) => each.outerHTML.slice(0, 80))"""
    )


def test_nothing_moves_for_a_person_who_asked_for_no_motion(
    gallery: Gallery, visit: Visiting
) -> None:
    page = visit(reduced_motion="reduce").go(gallery("outage-chain"))
    for device in (PHONE, DESKTOP):
        page.set_viewport_size(device["viewport"])
        assert moving(page) == []
        assert page.evaluate("document.getAnimations().length") == 0
    assert moving(visit(reduced_motion="no-preference").go(gallery("proven"))) != []


def test_without_javascript_everything_but_the_self_check_is_there(
    gallery: Gallery, visit: Visiting
) -> None:
    visitor = visit(java_script_enabled=False)
    page = visitor.go(gallery("gap"))
    for section in SECTIONS:
        assert page.locator(f"#{section.name}").inner_text().strip()
    fold = page.locator(".checks").first
    fold.locator("summary").click()
    expect(fold.locator("li").first).to_be_visible()
    visitor.follow(page.get_by_role("link", name="Italiano"))
    expect(page.locator(HEADLINE)).to_have_text("Provato, con una lacuna")
    visitor.follow(page.locator(".brand"))
    page.locator("#q").fill("9520000000028/LOT-1")
    page.locator(".search button").click()
    expect(page.locator(HEADLINE)).to_have_text("Provato, con una lacuna")


def test_on_paper_stand_the_sentence_and_everything_that_is_folded(
    gallery: Gallery, visit: Visiting, tmp_path: Path
) -> None:
    page = visit(DESKTOP).go(gallery("gap"))
    lead = squeezed(page.locator("#summary .lead").inner_text())
    file = tmp_path / "page.pdf"
    page.pdf(path=file, format="A4")
    printed = squeezed(text_of(file.read_bytes()))
    assert lead in printed
    assert "Proven, with a gap" in printed
    assert "It does not say that it is true" in printed
    assert "said on 1 October 2026 · about step 2" in printed
    assert "Look up" not in printed
