# SPDX-License-Identifier: Apache-2.0
"""Where each listed record is told: on the page itself, else in the auditor's view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from filiera.services.passport_view import PassportView, RecordView
from filiera.web import bounds
from filiera.web.addresses import audit_address
from filiera.web.audit.lines import listed


@dataclass(frozen=True, slots=True)
class Place:
    """An address within the site and a place there; the address of this very page is empty."""

    address: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a passport's records: `told` are those that the page itself tells.

    `lines` are their numbers in the auditor's view, from 1.
    """

    view: PassportView
    told: Set[str]
    lines: Mapping[str, int]

    @classmethod
    def of_page(cls, view: PassportView, sections: Iterable[object]) -> Places:
        """The places on a page with these sections, by the data of each.

        Data that tells of listed records has their ids as `told`: each of them has an element
        on the page that a link can lead to.
        """
        told = {record for each in sections for record in getattr(each, "told", ())}
        lines = {record.record: number for number, record in enumerate(listed(view), 1)}
        return cls(view, told, lines)

    def step(self, number: int) -> Place:
        """Where a step is told, by its number."""
        return self.of(self.view.steps[number - 1])

    def of(self, record: RecordView) -> Place:
        """Where a record is told; what has no element on the page is in the auditor's view."""
        if record.listed_as == "own":
            return Place("", "summary")
        if record.record not in self.told:
            return self.in_full(record)
        if record.listed_as == "claim":
            return Place("", "criteria")
        return Place("", f"step-{self.lines[record.record] - 1}")

    def in_full(self, record: RecordView) -> Place:
        """Where the auditor's view has a record unfolded."""
        line = self.lines[record.record]
        sheet = (line - 1) // bounds.SHEET_RECORDS + 1
        address = audit_address(self.view.id, sheet=sheet if sheet > 1 else None)
        return Place(address, f"record-{line}")
