# SPDX-License-Identifier: Apache-2.0
"""What an Accept header prefers (RFC 9110 section 12.5.1)."""

from __future__ import annotations

import pytest

from filiera.domain.negotiation import preferred

HTML, JSON, LINKSET = "text/html", "application/json", "application/linkset+json"
OFFERS = (HTML, JSON, LINKSET)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", HTML),
        ("*/*", HTML),
        ("application/json", JSON),
        ("Application/JSON;charset=utf-8", JSON),
        ("application/linkset+json", LINKSET),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("text/html;q=0.4, application/json;q=0.5", JSON),
        ("application/*", JSON),
        ("application/*;q=0.2, application/linkset+json", LINKSET),
        # The most specific range counts, wherever it stands.
        ("*/*, text/html;q=0", JSON),
        ("text/html;q=0.001", HTML),
        # What is malformed counts as not said.
        ("text/html;q=7, application/json;q=0.1", JSON),
        ("json, application/json", JSON),
    ],
)
def test_the_best_of_what_is_offered_is_chosen(accept, chosen):
    assert preferred(accept, OFFERS) == chosen


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "nonsense", "*/*;q=0"])
def test_nothing_is_chosen_where_all_is_refused(accept):
    assert preferred(accept, OFFERS) is None
