# SPDX-License-Identifier: Apache-2.0
"""A page that is cut leads to the rest, and no page is too wide, whatever issuers wrote."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from filiera.web import bounds
from tests.browser.conftest import Visiting
from tests.support.gallery import PAGE, Gallery, served
from tests.support.large import large
from tests.support.visits import UNFOLD

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("browser")]

STEPS = 12
IN_VIEW = """id => {
    const { top } = document.getElementById(id).getBoundingClientRect();
    return top >= 0 && top < innerHeight;
}"""


@pytest.fixture(scope="module")
def long() -> Iterator[str]:
    """The address of a passport of which every bound is reached, and every sheet has few lines."""
    with pytest.MonkeyPatch.context() as patch:
        for name, most in {"ROWS": 4, "RECORDS": 4, "SHEET_RECORDS": 5, "SHEET_CHECKS": 40}.items():
            patch.setattr(bounds, name, most)
        made = large(STEPS)
        with served(made.app) as url:
            yield url + PAGE
        made.store.close()


def test_a_link_to_a_row_that_is_cut_leads_to_that_record_unfolded(
    long: str, visit: Visiting
) -> None:
    visitor = visit()
    page = visitor.go(long)
    page.evaluate(UNFOLD)
    number = STEPS // 2 + 1  # what the claim is about, in the midst
    assert page.locator(f"#step-{number}").count() == 0
    visitor.follow(page.locator("#criteria").get_by_role("link", name=f"Step {number}").first)
    assert "/audit" in page.url
    record = page.url.partition("#")[2]
    expect(page.locator(f"#{record}")).to_be_visible()
    page.wait_for_function(IN_VIEW, arg=record)
    assert f"Step {number} of lot" in page.locator("details[open] > summary").inner_text()


def test_all_that_is_cut_is_in_the_auditors_view_one_link_away(long: str, visit: Visiting) -> None:
    visitor = visit()
    page = visitor.go(long)
    visitor.follow(page.locator(".is-cut a"))
    assert page.locator("main.audit, .audit").count() == 1
    assert f"{STEPS + 4} records" in page.locator(".outcomes [aria-current]").inner_text()


def test_a_choice_stays_made_from_sheet_to_sheet(long: str, visit: Visiting) -> None:
    visitor = visit()
    page = visitor.go(long.replace("/passport", "/audit") + "&outcome=disproven")
    page.locator("select[name=check]").select_option("account")
    visitor.follow(page.get_by_role("button", name="Show"))
    visitor.follow(page.locator("a[rel=next]").first)
    assert {"outcome=disproven", "check=account", "sheet=2"} <= set(
        page.url.split("?")[1].split("&")
    )
    assert set(page.locator(".records td:nth-child(2) .mark").all_inner_texts()) == {"disproven"}
    assert page.locator("select[name=check]").input_value() == "account"


@pytest.mark.parametrize("view", ["crowded", "audit-crowded"])
def test_the_longest_names_push_no_state_off_the_first_screen_and_no_page_beyond_its_width(
    view: str, gallery: Gallery, visit: Visiting
) -> None:
    visitor = visit()
    page = visitor.go(gallery(view))
    assert "Proven, with a gap" in visitor.first_screen()
    page.evaluate(UNFOLD)
