# SPDX-License-Identifier: Apache-2.0
"""What is kept is bounded, and what many ask for at once is made once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Semaphore
from typing import Any

import pytest

from filiera.errors import UnavailableError
from filiera.services import keeping
from filiera.services.keeping import Flights, Keep
from tests.support.patience import HANGS


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept: Keep[str, int] = Keep(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]


def test_together_they_are_no_heavier_than_there_is_room() -> None:
    kept: Keep[str, bytes] = Keep(10, len)
    kept.put("a", bytes(6))
    kept.put("b", bytes(4))
    kept.put("a", bytes(7))
    assert [kept.get(key) for key in "ab"] == [bytes(7), None]
    kept.put("b", bytes(3))
    assert [kept.get(key) for key in "ab"] == [bytes(7), bytes(3)]


def test_what_is_too_heavy_by_itself_drives_nothing_else_out() -> None:
    kept: Keep[str, bytes] = Keep(10, len)
    kept.put("a", bytes(6))
    kept.put("b", bytes(4))
    kept.put("b", bytes(11))
    assert [kept.get(key) for key in "ab"] == [bytes(6), None]


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Semaphore:
    """Released by everybody who begins to wait for what is under way."""
    begun = Semaphore(0)

    class Awaited(Future[Any]):
        def result(self, timeout: float | None = None) -> Any:
            begun.release()
            return super().result(timeout)

    monkeypatch.setattr(keeping, "Future", Awaited)
    return begun


def asked_by_three(make: Callable[[], str], waiting: Semaphore) -> list[Future[tuple[str, bool]]]:
    """Three who ask for one thing; it is made when the other two are waiting for it."""
    flights: Flights[str, str] = Flights()
    begun, go_on = Event(), Event()

    def slowly() -> str:
        begun.set()
        assert go_on.wait(HANGS)
        return make()

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(flights.join, "it", slowly)]
        assert begun.wait(HANGS)
        asked += [pool.submit(flights.join, "it", lambda: "made twice") for _ in range(2)]
        for _ in range(2):
            assert waiting.acquire(timeout=HANGS)
        assert flights.join("something else", lambda: "at once") == ("at once", True)
        go_on.set()
    assert flights.join("it", lambda: "made anew") == ("made anew", True)
    return asked


def test_what_many_ask_for_at_once_is_made_once(waiting: Semaphore) -> None:
    asked = asked_by_three(lambda: "made", waiting)
    assert [each.result() for each in asked] == [("made", True), ("made", False), ("made", False)]


def test_an_outage_is_waited_for_once_by_all_who_ask(waiting: Semaphore) -> None:
    down = UnavailableError("chain-unreachable", "The chain is down.", part="chain")

    def fail() -> str:
        raise down

    assert [each.exception() for each in asked_by_three(fail, waiting)] == [down, down, down]
