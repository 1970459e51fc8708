# SPDX-License-Identifier: Apache-2.0
"""axe-core finds no barrier: every page in every state, phone and desktop, light and dark."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visiting
from tests.support.gallery import OTHERS, PASSPORTS, Gallery
from tests.support.visits import DESKTOP, PHONE, UNFOLD, Visit

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("browser")]


def look_from_every_side(visit: Visit) -> list[str]:
    """What axe-core finds on either device and in either scheme, everything unfolded."""
    visit.page.evaluate(UNFOLD)
    found = []
    for device in (PHONE, DESKTOP):
        visit.page.set_viewport_size(device["viewport"])
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme=scheme)
            found += visit.barriers()
    return found


@pytest.mark.parametrize("view", PASSPORTS)
def test_no_state_of_a_passport_puts_up_a_barrier(
    view: str, gallery: Gallery, visit: Visiting
) -> None:
    visitor = visit()
    visitor.go(gallery(view))
    assert look_from_every_side(visitor) == []


@pytest.mark.parametrize("view", OTHERS)
def test_no_other_page_puts_up_a_barrier(view: str, gallery: Gallery, visit: Visiting) -> None:
    visitor = visit()
    visitor.go(gallery(view), "it")
    assert look_from_every_side(visitor) == []


def test_a_barrier_would_be_found(gallery: Gallery, visit: Visiting) -> None:
    visitor = visit()
    page = visitor.go(gallery("proven"))
    page.evaluate("document.querySelector('.lead').style.color = '#d0ccc4'")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    rules = {each.split(":")[0] for each in visitor.barriers()}
    assert rules == {"color-contrast", "html-has-lang"}
