# SPDX-License-Identifier: Apache-2.0
"""What a section is built from."""

from __future__ import annotations

from dataclasses import dataclass

from filiera.domain.criteria_states import CriteriaStates
from filiera.proof.trust import TrustFile
from filiera.services.passport_view import PassportView, passport_view
from filiera.services.passports import Passport


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Shown:
    """A passport that is to be shown: as it was assembled, as the API gives it, and when.

    `criteria` are in the states of that time; `trust` is what a reader of its bundle is to pin.
    `last` is when every part last answered for it, where one did not now and that is known.
    """

    passport: Passport
    view: PassportView
    now: int
    criteria: CriteriaStates
    trust: TrustFile
    last: int | None = None

    @classmethod
    def of(cls, passport: Passport, now: int, trust: TrustFile, last: int | None = None) -> Shown:
        """A passport assembled at `now` (seconds since 1970); `last` is for one in an outage."""
        view = passport_view(passport)
        before = last if view.unavailable else None
        return cls(passport, view, now, passport.criteria(now), trust, before)
