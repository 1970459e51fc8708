# SPDX-License-Identifier: Apache-2.0
"""Where the time goes: cProfile's table of one workload."""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections.abc import Callable
from pathlib import Path

from scripts.bench.harness import CPU, Figure, Report, figure

ROOT = Path(__file__).resolve().parents[2]
TOP = 15

Row = tuple[tuple[str, int, str], float, float]
"""((file, line, function), own seconds, cumulative seconds)."""


def profile(
    name: str, about: str, run: Callable[[], object], clock: Callable[[], float] = CPU
) -> Report:
    """The functions of `run` that took most by `clock`, in hundredths of the whole.

    Calls of Python functions cost more under the profiler than without it, calls of C
    functions hardly: it says where to look, not how long a thing takes.
    """
    profiler = cProfile.Profile(clock)
    profiler.runcall(run)
    found = pstats.Stats(profiler)
    stats = found.stats  # type: ignore[attr-defined]
    rows: list[Row] = [(place, own, whole) for place, (_, _, own, whole, _) in stats.items()]
    total = max(whole for _, _, whole in rows)
    by_own = sorted(rows, key=lambda row: -row[1])[:TOP]
    by_whole = sorted(rows, key=lambda row: -row[2])[:TOP]
    return Report(
        f"profile of {name}",
        about,
        (
            *(_share(place, "% own", own / total) for place, own, _ in by_own),
            *(_share(place, "% cumulative", whole / total) for place, _, whole in by_whole),
        ),
    )


def _share(place: tuple[str, int, str], unit: str, share: float) -> Figure:
    return figure(_where(*place), unit, [100 * share])


def _where(file: str, line: int, function: str) -> str:
    """A function's place, from the project's or the library's root on."""
    if not line:
        return function
    roots = [ROOT / "backend", *(Path(entry) for entry in sys.path if entry)]
    within = [root for root in roots if Path(file).is_relative_to(root)]
    deepest = max(within, key=lambda root: len(root.parts), default=Path(file).anchor)
    return f"{Path(file).relative_to(deepest)}:{line} {function}"
