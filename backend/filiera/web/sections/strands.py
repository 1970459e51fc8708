# SPDX-License-Identifier: Apache-2.0
"""The drawing beside the timeline, row by row, as paths of SVG: no script, no style attribute.

A row is a *knot* of fixed height, where lots enter its node and leave it, and below it
*cords*, straight down for as long as the row's words are. Lengths are CSS pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.domain.timeline import Timeline

LANE: Final = 14
"""From one lane to the next."""
EDGE: Final = 11
"""From the drawing's edge to the middle of the first lane."""
NODE: Final = 27
"""From the row's upper end to the middle of its node."""
KNOT: Final = 54
"""The knot's height."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A path, and whether it is of a lot that nobody states the origin of."""

    path: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Strands:
    """One row's part of the drawing: `width` of all rows, `x` of its node."""

    width: int
    x: int
    knot: tuple[Strand, ...]
    cords: tuple[Strand, ...]

    knot_height = KNOT
    node_height = NODE


def strands(drawn: Timeline) -> tuple[Strands, ...]:
    """The drawing of every row."""
    from_gaps = _from_gaps(drawn)
    width = 2 * EDGE + LANE * (drawn.width - 1)
    found = []
    for number, row in enumerate(drawn.rows):
        node, above, below = _x(row.lane), from_gaps[number], from_gaps[number + 1]
        knot = (
            *(Strand(f"M{_x(lane)} 0V{KNOT}", lane in above) for lane in row.past),
            *(Strand(_curve(_x(lane), 0, node, NODE), lane in above) for lane in row.above),
            *(Strand(_curve(node, NODE, _x(lane), KNOT), lane in below) for lane in row.below),
        )
        after = sorted({*row.past, *row.below})
        cords = tuple(Strand(f"M{_x(lane)} 0V1", lane in below) for lane in after)
        found.append(Strands(width, node, knot, cords))
    return tuple(found)


def _from_gaps(drawn: Timeline) -> list[set[int]]:
    """Above each row, and below the last, the lanes of lots that come from a gap alone."""
    found: list[set[int]] = [set() for _ in range(len(drawn.rows) + 1)]
    for wire in drawn.wires:
        kinds = {drawn.rows[source].node.kind for source in wire.sources}
        if wire.lane is not None and kinds == {"gap"}:
            for row in range(wire.sources[0] + 1, wire.targets[-1] + 1):
                found[row].add(wire.lane)
    return found


def _x(lane: int) -> int:
    return EDGE + LANE * lane


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    """From one point down to another, upright at both ends."""
    if x == to_x:
        return f"M{x} {y}V{to_y}"
    middle = (y + to_y) // 2
    return f"M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y}"
