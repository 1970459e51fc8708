# SPDX-License-Identifier: Apache-2.0
"""What was suspended or revoked since, and what others say or was added since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from filiera.services.passport_view import OtherView, PassportView, RecordView
from filiera.web.messages import N_
from filiera.web.shown import Shown

RELATIONS: Final[dict[str, str]] = {
    "added-since": N_("Added since"),
    "said-by-others": N_("Said by others"),
    "replaced": N_("Replaced by this passport"),
}
"""How a record that the passport does not list stands to it."""


@dataclass(frozen=True, slots=True)
class Since:
    """`changed` are the listed records that are no longer in force, `others` the unlisted."""

    changed: tuple[RecordView, ...]
    others: tuple[OtherView, ...]
    relations: dict[str, str]


def build(shown: Shown) -> Since:
    """What became of it."""
    return Since(tuple(_changed(shown.view)), tuple(shown.view.others), RELATIONS)


def _changed(view: PassportView) -> Iterator[RecordView]:
    for record in (view.own, *view.steps, *view.claims):
        if record.standing.state not in ("in-force", "unknown"):
            yield record
