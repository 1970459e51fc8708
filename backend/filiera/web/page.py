# SPDX-License-Identifier: Apache-2.0
"""The page of a product, as data: what it says in every language, section by section.

A section is a module that builds its data and a template that shows them. Adding one is a
line in `SECTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from filiera.services.passport_view import PassportView
from filiera.web.messages import N_
from filiera.web.places import Places
from filiera.web.sections import care, checks, criteria, since, summary, timeline
from filiera.web.shown import Shown
from filiera.web.states import State, state_of


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the page: `name` is its anchor and the name of its template."""

    name: str
    title: str
    build: Callable[[Shown], object]

    @property
    def template(self) -> str:
        """The partial that shows it, given the section's data as `data`."""
        return f"sections/{self.name}.html"


SECTIONS: Final[tuple[Section, ...]] = (
    Section("summary", N_("In one sentence"), summary.build),
    Section("criteria", N_("By criterion"), criteria.build),
    Section("timeline", N_("From fibre to shop"), timeline.build),
    Section("since", N_("Since then, and said by others"), since.build),
    Section("checks", N_("Check it yourself"), checks.build),
    Section("care", N_("Care, repair, end of life"), care.build),
)
"""In the order of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the templates need: the state and, by name, each section's data."""

    view: PassportView
    state: State
    data: Mapping[str, object]
    places: Places
    sections: tuple[Section, ...] = SECTIONS


def build_page(shown: Shown) -> Page:
    """The page of a passport."""
    data = {section.name: section.build(shown) for section in SECTIONS}
    places = Places.of_page(shown.view, data.values())
    return Page(shown.view, state_of(shown.view, shown.criteria), data, places)
