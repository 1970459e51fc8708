# SPDX-License-Identifier: Apache-2.0
"""Many things at once, each with a result of its own: what it came to, or why it failed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from filiera.errors import FilieraError, UnavailableError

A = TypeVar("A")
B = TypeVar("B")


def good(results: Iterable[A | FilieraError]) -> list[A]:
    """Those that have not failed."""
    return [each for each in results if not isinstance(each, FilieraError)]


def each_of(items: Iterable[A | FilieraError], do: Callable[[A], B]) -> list[B | FilieraError]:
    """`do` of every item that has not failed; its error, if it raises one, in its place.

    An UnavailableError is no answer about the item and is raised on.
    """
    done: list[B | FilieraError] = []
    for item in items:
        try:
            done.append(item if isinstance(item, FilieraError) else do(item))
        except UnavailableError:
            raise
        except FilieraError as error:
            done.append(error)
    return done


def in_order(items: Iterable[A], do: Callable[[A], B], at_once: int) -> Iterator[B]:
    """`do` of every item, at most so many at once in threads, in the order of the items.

    What `do` raises is raised in its item's place: what came before stands, and nothing
    more is begun. Only what is under way then is waited for.
    """
    with ThreadPoolExecutor(at_once) as pool:
        under_way: deque[Future[B]] = deque()
        for item in items:
            under_way.append(pool.submit(do, item))
            if len(under_way) == at_once:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
