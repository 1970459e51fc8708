# SPDX-License-Identifier: Apache-2.0
"""Why a record's standing was changed: the reason codes that statuses on chain carry.

A status entry holds one byte; the contract keeps it and judges nothing by it. A number
never changes its meaning. Adding a reason is a line in `STATUS_REASONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from filiera.errors import InputError


@dataclass(frozen=True, slots=True)
class StatusReason:
    """One reason: the number on chain, a word to type, a phrase in English and Italian."""

    number: int
    word: str
    en: str
    it: str

    def phrase(self, language: str) -> str:
        """The phrase in "en" or "it"."""
        return self.it if language == "it" else self.en


STATUS_REASONS: Final[dict[int, StatusReason]] = {
    reason.number: reason
    for reason in (
        StatusReason(0, "unstated", "no reason stated", "motivo non dichiarato"),
        StatusReason(1, "mistake", "stated by mistake", "dichiarato per errore"),
        StatusReason(2, "corrected", "corrected or newer data", "dati corretti o più recenti"),
        StatusReason(3, "certificate-withdrawn", "certificate withdrawn", "certificato ritirato"),
        StatusReason(4, "not-conforming", "goods do not conform", "merce non conforme"),
        StatusReason(5, "recalled", "goods recalled", "merce richiamata"),
        StatusReason(6, "under-review", "under review", "in corso di verifica"),
        StatusReason(7, "review-passed", "review passed", "verifica superata"),
        StatusReason(8, "misused", "used for other goods", "usato per altra merce"),
        StatusReason(9, "key-lost", "key lost or in wrong hands", "chiave persa o in mani altrui"),
    )
}


def status_reason(text: str) -> StatusReason:
    """The reason that a word, a number or a phrase names; raises `reason-unknown`."""
    wanted = text.strip().casefold()
    for reason in STATUS_REASONS.values():
        if wanted in (str(reason.number), reason.word, reason.en, reason.it):
            return reason
    known = ", ".join(reason.word for reason in STATUS_REASONS.values())
    raise InputError(
        "reason-unknown", f"{text[:60]!r} is not a reason.", hint=f"Known reasons: {known}."
    )


def reason_phrase(number: int, language: str) -> str:
    """What a number on chain means to a reader; a number that is new here as it is."""
    reason = STATUS_REASONS.get(number)
    return reason.phrase(language) if reason else str(number)
