# SPDX-License-Identifier: Apache-2.0
"""Many things at once: in order, bounded, and no more of them after a failure."""

from __future__ import annotations

from threading import Barrier

import pytest

from filiera.errors import UnavailableError
from filiera.services.results import in_order
from tests.support.patience import HANGS


def test_so_many_are_under_way_at_once_and_come_out_in_order() -> None:
    together = Barrier(4)

    def meet(number: int) -> int:
        together.wait(timeout=HANGS)  # broken, unless four of them come
        return number

    assert list(in_order(range(20), meet, 4)) == list(range(20))


def test_what_came_before_a_failure_stands_and_hardly_anything_is_begun_after_it() -> None:
    begun: list[int] = []
    came: list[int] = []

    def read(number: int) -> int:
        begun.append(number)
        if number == 5:
            raise UnavailableError("ipfs-unreachable", "It is down.", part="ipfs")
        return number

    with pytest.raises(UnavailableError):
        for number in in_order(range(1_000), read, 4):
            came.append(number)  # noqa: PERF402 - what came before stands
    assert came == [0, 1, 2, 3, 4]
    assert max(begun) < 5 + 4


def test_of_nothing_comes_nothing() -> None:
    assert list(in_order([], len, 4)) == []
