# SPDX-License-Identifier: Apache-2.0
"""The products that the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.errors import InputError
from filiera.model.records import statement_of
from filiera.proof.jws import parse_jws
from filiera.services import Services

SHOWN: Final = 24
"""Products on the home page: those whose passport came last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A product with a passport, and the name that its newest own record gives it."""

    product: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Home:
    """The newest products first, and how many there are."""

    entries: tuple[Entry, ...]
    total: int


def home(services: Services) -> Home:
    """What the home page lists; raises UnavailableError."""
    products = services.store.products()
    newest = products[: -SHOWN - 1 : -1]
    return Home(tuple(Entry(each, _name(services, each)) for each in newest), len(products))


def _name(services: Services, product: str) -> str | None:
    """What the newest stored record says, unchecked: the page that it leads to checks it."""
    records = services.store.own_records(product)
    try:
        said = statement_of(parse_jws(records[-1].jws).payload).said if records else None
    except InputError:
        return None
    return getattr(said, "name", None)
