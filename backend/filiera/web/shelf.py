# SPDX-License-Identifier: Apache-2.0
"""Passports as they were last assembled, each shown again for a few seconds.

So that what has not changed is the same page to the byte, and many people who scan the same
label ask the chain once. What a part did not answer for is asked again at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from filiera.services import Services
from filiera.web.shown import Shown

MAX_KEPT: Final = 256


@dataclass(slots=True)
class Shelf:
    """Keeps a passport for `keep` seconds; 0 keeps nothing."""

    services: Services
    keep: int
    _kept: dict[str, Shown] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def shown(self, product: str) -> Shown:
        """The passport of a product by its canonical id.

        Raises `passport-not-found`, and `UnavailableError` when the database does not answer.
        """
        now = self.services.clock.now()
        with self._lock:
            kept = self._kept.get(product)
        if kept is not None and 0 <= now - kept.now < self.keep:
            return kept
        shown = Shown.of(self.services.passports.assemble(product), now)
        if self.keep and not shown.view.unavailable:
            self._put(product, shown)
        return shown

    def _put(self, product: str, shown: Shown) -> None:
        with self._lock:
            self._kept.pop(product, None)
            self._kept[product] = shown
            while len(self._kept) > MAX_KEPT:
                del self._kept[next(iter(self._kept))]
