# SPDX-License-Identifier: Apache-2.0
"""What was suspended or revoked since, and what others say or was added since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.model.statement import RecordType
from filiera.services.passport_view import OtherView, RecordView
from filiera.web import bounds
from filiera.web.bounds import Few, few
from filiera.web.messages import N_
from filiera.web.shown import Shown
from filiera.web.states import STANDINGS

RELATIONS: Final[dict[str, str]] = {
    "added-since": N_("Added since"),
    "said-by-others": N_("Said by others"),
    "replaced": N_("Replaced by this passport"),
}
"""How a record that the passport does not list stands to it."""
TYPES: Final[dict[str, str]] = {
    RecordType.DPP.value: N_("a passport"),
    RecordType.PRODUCT_STATEMENT.value: N_("a product statement"),
    RecordType.DTE.value: N_("a step"),
    RecordType.DCC.value: N_("a claim"),
    RecordType.DIA.value: N_("an identity"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A record that the passport does not list: what it is to it, and what kind of record."""

    record: OtherView
    relation: str
    kind: str


@dataclass(frozen=True, slots=True)
class Since:
    """`changed` are the listed records that are no longer in force, `others` the unlisted.

    `more` says how many of those are not among them, `unread` of how many listed ones it could
    not be read what became of them.
    """

    changed: Few[RecordView]
    others: tuple[Told, ...]
    more: int
    unread: int


def build(shown: Shown) -> Since:
    """What became of it."""
    view = shown.view
    listed = (view.own, *view.steps, *view.claims)
    return Since(
        few(
            [each for each in listed if _is_changed(each)],
            bounds.CHANGES,
            lambda each: STANDINGS[each.standing.state],
        ),
        tuple(
            Told(other, RELATIONS[other.relation], TYPES.get(other.type, other.type))
            for other in view.others
        ),
        view.others_left_out,
        sum(each.standing.state == "unknown" for each in listed),
    )


def _is_changed(record: RecordView) -> bool:
    return record.standing.state not in ("in-force", "unknown")
