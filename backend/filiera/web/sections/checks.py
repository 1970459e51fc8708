# SPDX-License-Identifier: Apache-2.0
"""Check it yourself: what was asked, what did not hold, and the way to ask it again.

Each kind of question stands there once with its numbers, then every answer that is not
"proven", then record by record as many as a page has room for. The auditor's view has all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from filiera.web import bounds
from filiera.web.bounds import Few, few, mark_of
from filiera.web.language import LANGUAGES
from filiera.web.messages import N_
from filiera.web.questions import QUESTIONS
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
    checks: Few[CheckView]
    record: RecordView | None

    @property
    def title(self) -> str:
        """What they are about; `%(number)s` where there are several of a kind."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Question:
    """A named check: what it asks ("" where that is not known), and how often it got an answer."""

    name: str
    words: str
    answers: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Failing:
    """The checks of one outcome, each with what it is about."""

    outcome: Outcome
    total: int
    checks: Few[tuple[Group, CheckView]]


@dataclass(frozen=True, slots=True)
class Checks:
    """What was asked, what did not hold, and record by record; the block of the facts.

    `seal` says who may seal blocks by this server's trust file; `words` are that file's
    twelve, by language.
    """

    product: str
    outcome: Outcome
    standing: StandingView
    questions: tuple[Question, ...]
    failing: tuple[Failing, ...]
    groups: Few[Group]
    block: BlockView | None
    source: str | None
    seal: Seal
    words: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many checks there are."""
        return sum(sum(each.answers.values()) for each in self.questions)

    @property
    def proven(self) -> int:
        """How many of them are proven."""
        return sum(each.answers.get(Outcome.PROVEN, 0) for each in self.questions)


def build(shown: Shown) -> Checks:
    """The checks."""
    view, verdict = shown.view, shown.view.verdict
    digest = trust_digest(shown.trust)
    found = list(_groups(view))
    asked = [(group, check) for group, checks in found for check in checks]
    groups = [group for group, _ in found]
    return Checks(
        product=view.id,
        outcome=verdict.outcome,
        standing=verdict.standing,
        questions=tuple(_questions([check for _, check in asked])),
        failing=tuple(_failing(asked)),
        groups=few(groups, bounds.RECORDS, lambda group: mark_of(group.outcome)),
        block=verdict.block,
        source=verdict.source,
        seal=shown.trust.seal,
        words={each: " ".join(trust_words(digest, each)) for each in LANGUAGES},
    )


def _groups(view: PassportView) -> Iterator[tuple[Group, Sequence[CheckView]]]:
    """What there are checks about, each with all of them: the whole first, then every record."""
    whole = [each for each in view.verdict.checks if each.subject == PASSPORT]
    yield _group("passport", 1, combine(each.outcome for each in whole), whole), whole
    listed: tuple[tuple[Kind, Sequence[RecordView]], ...] = (
        ("own", [view.own]),
        ("step", view.steps),
        ("claim", view.claims),
        ("identity", view.identities),
    )
    for kind, records in listed:
        for number, record in enumerate(records, 1):
            group = _group(kind, number, record.outcome, record.checks, record)
            yield group, record.checks


def _group(
    kind: Kind,
    number: int,
    outcome: Outcome,
    checks: Sequence[CheckView],
    record: RecordView | None = None,
) -> Group:
    shown = few(checks, bounds.CHECKS, lambda check: mark_of(check.outcome))
    return Group(kind, number, outcome, shown, record)


def _questions(checks: Sequence[CheckView]) -> Iterator[Question]:
    """Every kind of check that was made, in the order of the table."""
    answers = Counter((check.check, check.outcome) for check in checks)
    names = {check.check for check in checks}
    for name in (*(each for each in QUESTIONS if each in names), *sorted(names - {*QUESTIONS})):
        found = {each: answers[name, each] for each in Outcome if answers[name, each]}
        yield Question(name, QUESTIONS.get(name, ""), found)


def _failing(asked: Sequence[tuple[Group, CheckView]]) -> Iterator[Failing]:
    """What is disproven, and what could not be checked; nothing where there is none."""
    for outcome in (Outcome.DISPROVEN, Outcome.UNKNOWN):
        found = [each for each in asked if each[1].outcome is outcome]
        if found:
            yield Failing(outcome, len(found), few(found, bounds.FAILING))
