# SPDX-License-Identifier: Apache-2.0
"""Many things at once, each with a result of its own: what it came to, or why it failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
