# SPDX-License-Identifier: Apache-2.0
"""What stands on a sheet of paper of the sample, before it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    it: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """A heading a column, and rows of as many cells.

    `widths` are shares of the line; the last `figures` columns are set to the right.
    """

    title: Words
    heads: tuple[Words, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    figures: int = 1


@dataclass(frozen=True, slots=True)
class Paper:
    """What a sheet says. `issuer` is a name and an address; `framed` makes it a certificate."""

    issuer: tuple[str, str]
    title: Words
    number: str
    issued: datetime
    fields: tuple[tuple[Words, str], ...]
    statement: Words
    table: Table | None = None
    framed: bool = False
