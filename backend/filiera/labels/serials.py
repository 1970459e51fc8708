# SPDX-License-Identifier: Apache-2.0
"""The serial numbers of a batch: a range as people write it, or a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from filiera.errors import InputError
from filiera.model.gs1 import ProductId, product_id
from filiera.model.gs1_link import digital_link

MOST: Final = 2_000
"""Labels of one sheet: a hundred pages."""
_RANGE = re.compile(r"(?P<head>.*?)(?P<first>[0-9]{1,12})(?:-|\.\.)(?P=head)(?P<last>[0-9]{1,12})")
_BARE_END = re.compile(r"(?P<head>.+?)(?P<first>[0-9]{1,12})(?:-|\.\.)(?P<last>[0-9]{1,12})")


def serial_range(text: str) -> list[str]:
    """The serials from A to B of `A-B` or `A..B`, both included, zeros in front kept.

    `0001-0250`, `S-001-S-100` and `S-001..100` are ranges. Raises InputError (`usage`).
    """
    match = _RANGE.fullmatch(text.strip()) or _BARE_END.fullmatch(text.strip())
    if match is None:
        raise _wrong(f"{text[:80]!r} is not a range of serial numbers.")
    first, last = int(match["first"]), int(match["last"])
    if not first <= last < first + MOST:
        raise _wrong(f"{text[:80]!r} has {max(last - first + 1, 0)} serial numbers.")
    width = len(match["first"])
    return [f"{match['head']}{number:0{width}d}" for number in range(first, last + 1)]


def serial_list(text: str) -> list[str]:
    """The serials of a text, one a line; empty lines say nothing. Raises InputError (`usage`)."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if not 0 < len(found) <= MOST:
        raise _wrong(f"The list has {len(found)} serial numbers.")
    twice = [serial for serial, times in Counter(found).items() if times > 1]
    if twice:
        raise _wrong(f"The list has {twice[0][:40]!r} more than once.")
    return found


def items(product: ProductId, serials: Sequence[str]) -> list[ProductId]:
    """The items of a model or batch with these serial numbers.

    Raises InputError: `usage` for what has no serial numbers under it, `gs1-malformed` for one
    that GS1 does not allow.
    """
    if product.gtin is None or product.link is None or product.serial is not None:
        raise _wrong("Only a GTIN, or a lot of one, has serial numbers under it.")
    if product.link.qualifier("235") is not None:
        raise _wrong("This product has a serial number of its own already.")
    gtin, above = product.gtin, product.link.qualifiers
    return [product_id(digital_link("01", gtin, *above, ("21", each)).uri) for each in serials]


def _wrong(message: str) -> InputError:
    return InputError(
        "usage",
        message,
        where="--serials",
        hint=f"Give a range like 0001-0250, or a file with one a line; at most {MOST} at once.",
    )
