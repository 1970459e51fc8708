# SPDX-License-Identifier: Apache-2.0
"""What was suspended or revoked since, and what others say or was added since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from filiera.model.statement import RecordType
from filiera.services.passport_view import OtherView, PassportView, RecordView
from filiera.web.messages import N_
from filiera.web.shown import Shown

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
class Changed:
    """A listed record that is no longer simply in force, and where on the page it is told."""

    record: RecordView
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """A record that the passport does not list: what it is to it, and what kind of record."""

    record: OtherView
    relation: str
    kind: str


@dataclass(frozen=True, slots=True)
class Since:
    """`changed` are the listed records that are no longer in force, `others` the unlisted.

    `more` says how many of those are not among them.
    """

    changed: tuple[Changed, ...]
    others: tuple[Told, ...]
    more: int


def build(shown: Shown) -> Since:
    """What became of it."""
    return Since(
        tuple(each for each in _listed(shown.view) if _is_changed(each.record)),
        tuple(
            Told(other, RELATIONS[other.relation], TYPES.get(other.type, other.type))
            for other in shown.view.others
        ),
        shown.view.others_left_out,
    )


def _listed(view: PassportView) -> Iterator[Changed]:
    yield Changed(view.own, "summary")
    for number, step in enumerate(view.steps, 1):
        yield Changed(step, f"step-{number}")
    for claim in view.claims:
        yield Changed(claim, "criteria")


def _is_changed(record: RecordView) -> bool:
    return record.standing.state not in ("in-force", "unknown")
