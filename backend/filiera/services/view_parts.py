# SPDX-License-Identifier: Apache-2.0
"""The parts that views share: checks, standings, blocks, documents, goods and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Final

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from filiera.model.ids import ni_uri
from filiera.model.statement import Goods, Place
from filiera.model.times import format_instant
from filiera.proof.facts import Block
from filiera.proof.reasons import Outcome, reason_words
from filiera.proof.verdict import Check, DocumentLine, Standing

ANSWERS: Final = 1_024
"""Answers whose words are remembered: most records get the same ones."""


_OUTSIDE: Final = ConfigDict(
    alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True
)


class View(BaseModel):
    """A view: camelCase outside, closed, frozen."""

    model_config = _OUTSIDE


class Part:
    """A part of a view that there are many of: the same outside, and here a plain dataclass.

    A passport has hundreds and is kept: as models they would take ten times the memory. What
    they are made of was checked before; what comes from outside is checked by the view.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = _OUTSIDE


@dataclass(frozen=True, slots=True)
class Words(Part):
    """The same sentence in English and Italian."""

    en: str
    it: str


@dataclass(frozen=True, slots=True)
class CheckView(Part):
    """One question, its answer and why."""

    subject: str
    check: str
    outcome: Outcome
    code: str
    params: Mapping[str, str]
    words: Words


@dataclass(frozen=True, slots=True)
class StandingView(Part):
    """What became of a record: `since` when it takes effect, `recorded` when it was said."""

    state: str
    since: str | None = None
    recorded: str | None = None
    reason: int | None = None
    successor: str | None = None
    findings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class BlockView(Part):
    """The block that the chain facts were read at."""

    number: int
    hash: str
    time: str


@dataclass(frozen=True, slots=True)
class DocumentView(Part):
    """A file that a record names; `outcome` is None when it was not presented."""

    sha256: str
    name: str
    media_type: str | None
    presented: bool
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class GoodsView(Part):
    """A lot in a step."""

    product: str
    name: str
    quantity: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class PlaceView(Part):
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
    return CheckView(
        subject=check.subject,
        check=check.check,
        outcome=check.outcome,
        code=check.code,
        params=check.params,
        words=_words(check.code, tuple(check.params.items())),
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
