# SPDX-License-Identifier: Apache-2.0
"""Passports as they were last assembled, each shown again for a few seconds; and their pages.

So that what has not changed is the same page to the byte, and many people who scan the same
label ask the chain once. What a part did not answer for is asked again at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final, TypeAlias
from weakref import ref

from filiera.services import Services
from filiera.services.body import Body
from filiera.services.keeping import Flights, Keep
from filiera.web.shown import Shown

MAX_KEPT: Final = 256
MAX_BODIES: Final = 8 << 20
"""Bytes of all finished pages together, as they are kept: a thousand or so."""


class Shelf:
    """Keeps a passport for `keep` seconds; 0 keeps nothing.

    That time begins before its facts are read, so that nothing shown is older.
    """

    def __init__(self, services: Services, keep: int) -> None:
        self._services = services
        self._keep = keep
        self._kept: Keep[str, Shown] = Keep(MAX_KEPT)
        self._under_way: Flights[str, Shown] = Flights()

    def shown(self, product: str) -> Shown:
        """The passport of a product by its canonical id.

        Whoever asks while it is assembled waits for it. Raises `passport-not-found`, and
        `UnavailableError` when the database does not answer.
        """
        while self._keep:
            if (kept := self._at_hand(product)) is not None:
                return kept
            shown, own = self._under_way.join(
                product, lambda: self._at_hand(product) or self._assemble(product)
            )
            # What others began may have taken longer than it may be kept.
            if own or self._holds(shown):
                return shown
        return self._assemble(product)

    def _at_hand(self, product: str) -> Shown | None:
        kept = self._kept.get(product)
        return kept if kept is not None and self._holds(kept) else None

    def _holds(self, shown: Shown) -> bool:
        return 0 <= self._services.clock.now() - shown.now < self._keep

    def _assemble(self, product: str) -> Shown:
        now = self._services.clock.now()
        passport = self._services.passports.assemble(product)
        # Its time alone is told again in an outage: what it said then may hold no longer.
        before = self._kept.get(product)
        last = before.now if before is not None and before.now <= now else None
        shown = Shown.of(passport, now, self._services.bundles.trust, last)
        if self._keep and not shown.view.unavailable:
            self._kept.put(product, shown)
        return shown


_Key: TypeAlias = tuple[str, Hashable]
"""A product, and what else decides the bytes of its page."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A finished page, and of which passport; it does not keep the passport alive."""

    of: ref[Shown]
    body: Body


class Bodies:
    """The finished pages of passports, each as long as that very passport is the one shown.

    A passport that is assembled anew makes new ones. One that a part did not answer for is
    never shown twice, so its page is not kept.
    """

    def __init__(self) -> None:
        self._kept: Keep[_Key, _Made] = Keep(MAX_BODIES, lambda made: len(made.body.data))
        self._under_way: Flights[tuple[int, Hashable], Body] = Flights()

    def body(self, shown: Shown, name: Hashable, make: Callable[[], Body]) -> Body:
        """The page called `name` of a passport: the one that is kept, else what `make` makes."""
        if shown.view.unavailable:
            return make()

        def made() -> Body:
            body = make()
            self._kept.put((shown.view.id, name), _Made(ref(shown), body))
            return body

        return (
            self._at_hand(shown, name)
            or self._under_way.join(
                (id(shown), name), lambda: self._at_hand(shown, name) or made()
            )[0]
        )

    def _at_hand(self, shown: Shown, name: Hashable) -> Body | None:
        kept = self._kept.get((shown.view.id, name))
        return kept.body if kept is not None and kept.of() is shown else None
