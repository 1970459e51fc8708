# SPDX-License-Identifier: Apache-2.0
"""Care, repair, end of life, the issuer: what the product's own record says, if it does.

UNTP leaves a product's `characteristics` open. Read are `care`, `repair` and `endOfLife`,
each alone or with the language behind it (`careEn`, `careIt`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from filiera.model.scalars import is_text
from filiera.model.statement import Ingredient, OwnProduct, PartyInRole
from filiera.proof.evidence import Presented
from filiera.proof.reasons import Outcome
from filiera.services.passport_view import IssuerView
from filiera.web import bounds
from filiera.web.bounds import Few, few
from filiera.web.language import LANGUAGES
from filiera.web.messages import N_
from filiera.web.shown import Shown

TOPICS: Final[dict[str, str]] = {
    "care": N_("Care"),
    "repair": N_("Repair"),
    "endOfLife": N_("End of life"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What the record says of one topic: by language, and "" for what names none."""

    title: str
    texts: Mapping[str, str]

    def text(self, language: str) -> str | None:
        """In the reader's language, else in whichever there is."""
        return self.texts.get(language) or next(iter(self.texts.values()), None)


@dataclass(frozen=True, slots=True)
class Care:
    """`readable` is False where the own record is disproven: then nothing of it is repeated."""

    readable: bool
    topics: tuple[Topic, ...]
    materials: Few[Ingredient]
    parties: Few[PartyInRole]
    issuer: IssuerView

    def percent(self, share: Decimal) -> Decimal:
        """A share of the mass in percent."""
        return share * 100


def build(shown: Shown) -> Care:
    """The section."""
    own = shown.passport.own
    said = own.statement.said if own.statement else None
    if own.outcome is Outcome.DISPROVEN or not isinstance(said, OwnProduct):
        return Care(False, (), Few(()), Few(()), shown.view.own.issuer)
    stated = _characteristics(shown.passport.evidence.records[own.id])
    return Care(
        readable=True,
        topics=tuple(Topic(title, _texts(stated, name)) for name, title in TOPICS.items()),
        materials=few(said.materials, bounds.SAYINGS),
        parties=few(said.parties, bounds.SAYINGS),
        issuer=shown.view.own.issuer,
    )


def _characteristics(record: Presented) -> Mapping[str, Any]:
    subject = record.signed.payload.get("credentialSubject")
    found = subject.get("characteristics") if isinstance(subject, dict) else None
    return found if isinstance(found, dict) else {}


def _texts(stated: Mapping[str, Any], name: str) -> Mapping[str, str]:
    spelled: dict[str, str] = {each: f"{name}{each.capitalize()}" for each in LANGUAGES}
    spelled[""] = name
    found = {language: stated.get(member) for language, member in spelled.items()}
    # UNTP leaves them open, so no schema has looked at them.
    return {
        language: text
        for language, text in found.items()
        if isinstance(text, str) and is_text(text)
    }
