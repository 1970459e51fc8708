# SPDX-License-Identifier: Apache-2.0
"""Which media type a client would rather have: the Accept header (RFC 9110 section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_RANGE = re.compile(r"([!#$&+.^_a-z0-9*-]+)/([!#$&+.^_a-z0-9*-]+)")
_WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """The offer that the header likes best, the first of equals, None if it refuses them all.

    An empty header accepts everything; a malformed range is passed over.
    """
    ranges = list(_ranges(accept)) or ([] if accept.strip() else [("*", "*", 1.0)])
    weights = [_weight(offer, ranges) for offer in offers]
    best = max(weights, default=0.0)
    return offers[weights.index(best)] if best > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    for piece in accept.lower().split(","):
        name, *parameters = (part.strip() for part in piece.split(";"))
        match = _RANGE.fullmatch(name)
        weight = next((each for each in parameters if each.startswith("q=")), "q=1")
        weighed = _WEIGHT.fullmatch(weight)
        if match and weighed:
            yield match[1], match[2], float(weighed[1])


def _weight(offer: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The weight of the most specific range that the offer is in."""
    kind, _, subkind = offer.partition("/")
    for wanted in ((kind, subkind), (kind, "*"), ("*", "*")):
        for main, sub, weight in ranges:
            if (main, sub) == wanted:
                return weight
    return 0.0
