# SPDX-License-Identifier: Apache-2.0
"""The parts that views share: checks, standings, blocks, documents, goods and places."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from filiera.model.ids import ni_uri
from filiera.model.statement import Goods, Place
from filiera.model.times import format_instant
from filiera.proof.facts import Block
from filiera.proof.reasons import REASONS, Outcome, reason_words
from filiera.proof.verdict import Check, DocumentLine, Standing

CHECKS: Final = 4_096
"""Checks whose views are remembered: a passport shows each twice, and the same again later."""
ANSWERS: Final = 1_024
"""Answers whose words are remembered: most records get the same ones."""


class View(BaseModel):
    """A part of the view: camelCase outside, closed, frozen."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True
    )


class Words(View):
    """The same sentence in English and Italian."""

    en: str
    it: str


class CheckView(View):
    """One question, its answer and why."""

    subject: str
    check: str
    outcome: Outcome
    code: str
    params: dict[str, str]
    words: Words


class StandingView(View):
    """What became of a record: `since` when it takes effect, `recorded` when it was said."""

    state: str
    since: str | None = None
    recorded: str | None = None
    reason: int | None = None
    successor: str | None = None
    findings: list[str] = []


class BlockView(View):
    """The block that the chain facts were read at."""

    number: int
    hash: str
    time: str


class DocumentView(View):
    """A file that a record names; `outcome` is None when it was not presented."""

    sha256: str
    name: str
    media_type: str | None
    presented: bool
    outcome: Outcome | None


class GoodsView(View):
    """A lot in a step."""

    product: str
    name: str
    quantity: str | None
    unit: str | None


class PlaceView(View):
    """A facility, as the record names it."""

    id: str
    name: str
    locality: str | None
    country: str | None


def block_view(block: Block) -> BlockView:
    """A block."""
    return BlockView(
        number=block.number, hash="0x" + block.hash.hex(), time=instant_view(block.time)
    )


def check_views(checks: Iterable[Check]) -> list[CheckView]:
    """Checks, in order."""
    return [check_view(check) for check in checks]


def check_view(check: Check) -> CheckView:
    """A check with its words."""
    return _check_view(check.subject, check.check, check.code, tuple(check.params.items()))


@lru_cache(CHECKS)
def _check_view(
    subject: str, name: str, code: str, params: tuple[tuple[str, str], ...]
) -> CheckView:
    return CheckView(
        subject=subject,
        check=name,
        outcome=REASONS[code].outcome,
        code=code,
        params=dict(params),
        words=_words(code, params),
    )


@lru_cache(ANSWERS)
def _words(code: str, params: tuple[tuple[str, str], ...]) -> Words:
    given = dict(params)
    return Words(en=reason_words(code, given, "en"), it=reason_words(code, given, "it"))


def standing_view(standing: Standing) -> StandingView:
    """A standing."""
    return StandingView(
        state=standing.state.value,
        since=instant_text(standing.since),
        recorded=instant_text(standing.recorded),
        reason=standing.reason,
        successor=ni_uri(standing.successor) if standing.successor else None,
        findings=[ni_uri(each) for each in standing.findings],
    )


LAST_INSTANT: Final = 253_402_300_799
"""9999-12-31T23:59:59Z: the contracts can tell later ones, RFC 3339 cannot."""


def instant_view(seconds: int) -> str:
    """Seconds since 1970 as RFC 3339; what lies beyond the year 9999 as its last second."""
    return format_instant(min(seconds, LAST_INSTANT))


def instant_text(seconds: int | None) -> str | None:
    """Like `instant_view`, None as None."""
    return instant_view(seconds) if seconds is not None else None


def document_view(line: DocumentLine) -> DocumentView:
    """A document of a record."""
    return DocumentView(
        sha256="0x" + line.sha256.hex(),
        name=line.name,
        media_type=line.media_type,
        presented=line.presented,
        outcome=line.outcome,
    )


def goods_view(goods: Goods) -> GoodsView:
    """A lot and how much of it."""
    return GoodsView(
        product=goods.product,
        name=goods.name,
        quantity=format(goods.quantity.value, "f") if goods.quantity else None,
        unit=goods.quantity.unit if goods.quantity else None,
    )


def place_view(place: Place) -> PlaceView:
    """A facility."""
    return PlaceView(id=place.id, name=place.name, locality=place.locality, country=place.country)
