# SPDX-License-Identifier: Apache-2.0
"""What was made once and may be asked for again: a bounded keep, and one maker at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _one(_: object) -> int:
    return 1


class Keep(Generic[K, V]):
    """The values that were asked for last, together no heavier than `room`.

    `weigh` says what one weighs, by default 1; one that is heavier than `room` by itself is
    not kept. Safe between threads.
    """

    def __init__(self, room: int, weigh: Callable[[V], int] = _one) -> None:
        self._room = room
        self._weigh = weigh
        self._kept: dict[K, V] = {}
        self._weight = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """The value of that key, if it is still kept: the last one to go from now on."""
        with self._lock:
            value = self._kept.pop(key, None)
            if value is not None:
                self._kept[key] = value
            return value

    def put(self, key: K, value: V) -> None:
        """Keep a value instead of the one before it; what was asked for longest ago goes."""
        weight = self._weigh(value)
        with self._lock:
            before = self._kept.pop(key, None)
            if before is not None:
                self._weight -= self._weigh(before)
            if weight > self._room:
                return
            self._kept[key] = value
            self._weight += weight
            while self._weight > self._room:
                self._weight -= self._weigh(self._kept.pop(next(iter(self._kept))))


class Flights(Generic[K, V]):
    """Work under way, by what it is for: whoever asks meanwhile waits for it and shares it.

    What comes out is shared as it is, an exception too, so that a part that is down is not
    waited for by one after the other. Safe between threads.
    """

    def __init__(self) -> None:
        self._flying: dict[K, Future[V]] = {}
        self._lock = Lock()

    def join(self, key: K, make: Callable[[], V]) -> tuple[V, bool]:
        """What `make` returns, or what somebody else's does that is under way already.

        The second value says whether it was this one's own.
        """
        with self._lock:
            under_way = self._flying.get(key)
            if under_way is None:
                own = self._flying[key] = Future[V]()
        if under_way is not None:
            return under_way.result(), False
        try:
            made = make()
        except BaseException as error:
            self._land(key)
            own.set_exception(error)
            raise
        self._land(key)
        own.set_result(made)
        return made, True

    def _land(self, key: K) -> None:
        with self._lock:
            del self._flying[key]
