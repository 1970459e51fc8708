# SPDX-License-Identifier: Apache-2.0
"""Check it yourself: every question that was asked, its answer, and the way to ask it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from filiera.proof.reasons import Outcome
from filiera.proof.trust import Seal, trust_digest, trust_words
from filiera.proof.verdict import PASSPORT, combine
from filiera.services.passport_view import (
    BlockView,
    CheckView,
    PassportView,
    RecordView,
    StandingView,
)
from filiera.web.language import LANGUAGES
from filiera.web.messages import N_
from filiera.web.shown import Shown

Kind = Literal["passport", "own", "step", "claim", "identity"]
KINDS: Final[dict[Kind, str]] = {
    "passport": N_("The passport as a whole"),
    "own": N_("The product's own record"),
    "step": N_("Step %(number)s"),
    "claim": N_("Claim %(number)s"),
    "identity": N_("Identity %(number)s"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The checks about one thing; `record` is None for the passport as a whole."""

    kind: Kind
    number: int
    outcome: Outcome
    checks: tuple[CheckView, ...]
    record: RecordView | None

    @property
    def title(self) -> str:
        """What they are about; `%(number)s` where there are several of a kind."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Checks:
    """Every check, by what it is about; the block that the facts are from.

    `seal` says who may seal blocks by this server's trust file; `words` are that file's
    twelve, by language.
    """

    product: str
    outcome: Outcome
    standing: StandingView
    groups: tuple[Group, ...]
    block: BlockView | None
    source: str | None
    seal: Seal
    words: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many checks there are."""
        return sum(len(group.checks) for group in self.groups)

    @property
    def proven(self) -> int:
        """How many of them are proven."""
        checks = (check for group in self.groups for check in group.checks)
        return sum(check.outcome is Outcome.PROVEN for check in checks)


def build(shown: Shown) -> Checks:
    """The checks."""
    view, verdict = shown.view, shown.view.verdict
    digest = trust_digest(shown.trust)
    return Checks(
        product=view.id,
        outcome=verdict.outcome,
        standing=verdict.standing,
        groups=tuple(_groups(view)),
        block=verdict.block,
        source=verdict.source,
        seal=shown.trust.seal,
        words={each: " ".join(trust_words(digest, each)) for each in LANGUAGES},
    )


def _groups(view: PassportView) -> Iterator[Group]:
    whole = tuple(each for each in view.verdict.checks if each.subject == PASSPORT)
    yield Group("passport", 1, combine(each.outcome for each in whole), whole, None)
    listed: tuple[tuple[Kind, list[RecordView]], ...] = (
        ("own", [view.own]),
        ("step", list(view.steps)),
        ("claim", list(view.claims)),
        ("identity", list(view.identities)),
    )
    for kind, records in listed:
        for number, record in enumerate(records, 1):
            yield Group(kind, number, record.outcome, tuple(record.checks), record)
