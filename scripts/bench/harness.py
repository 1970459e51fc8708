# SPDX-License-Identifier: Apache-2.0
"""How all benchmarks measure: contenders take turns, and what counts is their ratio.

A machine's speed changes from minute to minute, so a time alone says little. The
contenders of one race run one after another in every round, forwards and backwards by
turns; a ratio is taken within each round, and its median is reported with its range.
"""

from __future__ import annotations

import gc
import json
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Final

WALL: Final = perf_counter
"""For what waits, for a disk above all."""
CPU: Final = process_time
"""For what only computes: what other programs do on the machine counts less."""

Contender = Callable[[], Callable[[], object]]
"""Prepares one run, untimed, and returns what is to be timed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: the median of all rounds, and their range."""

    name: str
    unit: str
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Report:
    """What one benchmark found. `about` says what was measured, on how much, how often."""

    bench: str
    about: str
    figures: tuple[Figure, ...]


Times = Mapping[str, Sequence[float]]
"""Seconds by contender, one number a round."""


def race(
    rounds: int, contenders: Mapping[str, Contender], clock: Callable[[], float] = CPU
) -> dict[str, list[float]]:
    """The seconds that each contender took by `clock`, round by round."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for name in order:
            run = contenders[name]()
            gc.collect()
            start = clock()
            run()
            times[name].append(clock() - start)
        order.reverse()
    return times


def ready(run: Callable[[], object]) -> Contender:
    """A contender that has nothing to prepare."""
    return lambda: run


def ratio(times: Times, one: str, other: str) -> Figure:
    """How many times as long `one` takes as `other`."""
    pairs = zip(times[one], times[other], strict=True)
    return figure(f"{one} / {other}", "x", [a / b for a, b in pairs])


def rate(times: Times, name: str, count: int, what: str) -> Figure:
    """How many of `count` things a second."""
    return figure(name, f"{what}/s", [count / seconds for seconds in times[name]])


def cost(times: Times, name: str, count: int, what: str) -> Figure:
    """Microseconds for each of `count` things."""
    return figure(name, f"us/{what}", [seconds * 1e6 / count for seconds in times[name]])


def figure(name: str, unit: str, values: Sequence[float]) -> Figure:
    """The median and range of `values`."""
    return Figure(name, unit, median(values), min(values), max(values))


def machine() -> str:
    """What the figures were taken on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{cores} cores, {python}, {platform.system()} {platform.machine()}"


def as_json(reports: Sequence[Report]) -> str:
    """All reports as one JSON object."""
    found = {"machine": machine(), "reports": [asdict(report) for report in reports]}
    return json.dumps(found, indent=2)


def as_text(reports: Sequence[Report]) -> str:
    """All reports as lines to read: median, unit, range."""
    lines = [f"machine: {machine()}"]
    for report in reports:
        width = max(len(each.name) for each in report.figures)
        lines += ["", f"{report.bench}: {report.about}"]
        lines += [_line(each, width) for each in report.figures]
    return "\n".join(lines)


def _line(found: Figure, width: int) -> str:
    spread = f"{_number(found.low)} .. {_number(found.high)}"
    head = f"  {found.name:<{width}}  {_number(found.median):>9} {found.unit:<11}"
    return head.rstrip() if found.low == found.high else f"{head} {spread}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
