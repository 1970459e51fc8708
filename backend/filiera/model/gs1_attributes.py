# SPDX-License-Identifier: Apache-2.0
"""Data attributes of GS1 Digital Link URIs: the AIs of the query string.

GS1 Digital Link: URI Syntax. The table of AIs is biip's; it is loaded only
when a URI has a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from filiera.model.gs1_keys import KEYS, check_key, malformed

NOT_ATTRIBUTES: Final = frozenset(
    {
        *("03", "21", "22", "235", "254", "7040", "7041", "8011", "8014", "8019", "8020"),
        *("8040", "8041", "8042", "8043", "8200"),
    }
)
"""AIs that GS1's syntax dictionary does not permit in a query (those without its flag `?`)."""


def attributes_of(query: Iterable[tuple[str, str]], taken: set[str]) -> tuple[tuple[str, str], ...]:
    """The (AI, value) pairs among a query's (name, value) pairs, in order.

    Names that are not all digits belong to others and are passed over; an all-digit name
    must be an AI, allowed here, not said before (`taken` holds the path's), and with a
    value of its form. Raises `gs1-malformed` or `gs1-check-digit`.
    """
    found: dict[str, str] = {}
    for ai, value in query:
        if not re.fullmatch("[0-9]+", ai):
            continue
        if ai in taken or ai in found:
            raise malformed(f"AI {ai} is given twice.")
        _check(ai, value)
        found[ai] = value
    return tuple(found.items())


def _check(ai: str, value: str) -> None:
    if ai in NOT_ATTRIBUTES:
        raise malformed(f"AI {ai} cannot stand in the query of a Digital Link.")
    if ai in KEYS or ai == "02":
        check_key("01" if ai == "02" else ai, value)  # 02 is the GTIN of a content
        return
    pattern = _pattern(ai)
    if pattern is None:
        raise malformed(f"{ai[:20]} is not a GS1 Application Identifier.")
    if not pattern.fullmatch(ai + value):
        raise malformed(f"{value[:40]!r} is not a value of AI {ai}.")


@cache
def _pattern(ai: str) -> re.Pattern[str] | None:
    entry = _entry(ai)
    return re.compile(entry.pattern, re.ASCII) if entry else None


def format_of(ai: str) -> str | None:
    """The format of an AI and its value as the General Specifications write it, `N2+X..20`.

    None for what is no AI.
    """
    entry = _entry(ai)
    return entry.format if entry else None


@cache
def _entry(ai: str) -> Any:
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    try:
        entry = GS1ApplicationIdentifier.extract(ai)
    except ParseError:
        return None
    # `extract` looks for a prefix: it finds 99 in 999.
    return entry if entry.ai == ai else None
