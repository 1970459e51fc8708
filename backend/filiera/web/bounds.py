# SPDX-License-Identifier: Apache-2.0
"""How much of a kind one page shows: a bound for everything that a passport can have many of.

So a page stays one that a person reads and a phone holds, whatever issuers wrote. What is left
out is counted where it would stand, in words, and is whole in the auditor's view (docs/web.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from filiera.proof.reasons import Outcome
from filiera.services.passport_view import DocumentView
from filiera.web.states import OUTCOMES, Mark

T = TypeVar("T")

ROWS: Final = 250
"""Rows of the timeline: half of them from the fibre on, half up to the product."""
LOTS: Final = 20
"""Lots that go into a step, and as many that come out of it."""
LOTS_IN_ALL: Final = 1_500
"""Lots that go into the steps of a page, and as many that come out: of many each tells fewer."""
ENDS: Final = 6
"""Steps that are named as where a lot comes from or goes to."""
HELD: Final = 7
"""Certificates that held on the day of a step."""
DOCUMENTS: Final = 20
"""Documents under a step or a claim."""
CLAIMS: Final = 10
"""Claims under one criterion beside the one that decides it, and under none as many."""
STEPS: Final = 12
"""Steps that a claim is about."""
CHANGES: Final = 50
"""Listed records that are no longer simply in force."""
FAILING: Final = 50
"""Checks that are disproven, and as many that could not be made."""
RECORDS: Final = 40
"""Records whose checks are listed one by one."""
CHECKS: Final = 30
"""Checks of one such record."""
SAYINGS: Final = 40
"""Materials that the product's own record names, and firms as many."""
TITLE: Final = 80
"""Characters of the product's name at the head of its page, so that the state is seen with it."""
TEXT: Final = 200
"""Characters of a name, or of an identifier, that stands in a list."""
SHEET_RECORDS: Final = 25
"""Records on one sheet of the auditor's view."""
SHEET_CHECKS: Final = 250
"""Checks on one sheet of the auditor's view."""
SHEET_DOCUMENTS: Final = 100
"""Documents of one record there, and gaps at its head."""
SHEET_OTHERS: Final = 50
"""Records there that the passport does not list."""
SHEET_FACTS: Final = 25
"""Entries of the registries about one record there, of each kind the last."""
ISSUERS: Final = 250
"""Issuers there to choose from."""
PART: Final = 20_000
"""Characters there of one part of a signed record."""


@dataclass(frozen=True, slots=True)
class Few(Generic[T]):
    """What is shown of a list, how many more there are, and what must be said of those.

    `among` are marks, each with the number of those left out that bear it.
    """

    shown: tuple[T, ...]
    more: int = 0
    among: tuple[tuple[Mark, int], ...] = ()


def few(items: Sequence[T], most: int, mark: Callable[[T], Mark | None] = lambda _: None) -> Few[T]:
    """The first `most`; `mark` is what must not go unsaid of one, None where nothing is."""
    if len(items) <= most:
        return Few(tuple(items))
    left = items[most:]
    return Few(tuple(items[:most]), len(left), tally(map(mark, left)))


def brief(text: str, most: int = TEXT) -> str:
    """A text of an issuer's as it stands in a list; what is cut ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def lots(rows: int) -> int:
    """How many lots a row may name, in and out, on a page with so many rows."""
    return min(LOTS, LOTS_IN_ALL // max(rows, 1))


def tally(marks: Iterable[Mark | None]) -> tuple[tuple[Mark, int], ...]:
    """How many bear each mark; None is none."""
    return tuple(Counter(each for each in marks if each is not None).items())


def mark_of(outcome: Outcome | None) -> Mark | None:
    """The mark of an outcome that must not go unsaid: whatever is not proven."""
    return OUTCOMES[outcome] if outcome not in (None, Outcome.PROVEN) else None


def few_documents(documents: Sequence[DocumentView], most: int = DOCUMENTS) -> Few[DocumentView]:
    """The documents that a record names; those that were altered come first where some are cut."""
    if len(documents) > most:
        documents = sorted(documents, key=lambda each: mark_of(each.outcome) is None)
    return few(documents, most, lambda each: mark_of(each.outcome))
