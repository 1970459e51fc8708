# SPDX-License-Identifier: Apache-2.0
"""Checks in a terminal: every question with its answer, or only those that failed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from filiera.cli.output import clean
from filiera.cli.words import Language, say
from filiera.proof.reasons import Outcome
from filiera.services.passport_view import CheckView, PassportView, RecordView

_COLOURS = {Outcome.PROVEN: "green", Outcome.DISPROVEN: "red", Outcome.UNKNOWN: "yellow"}


def failing_checks(view: PassportView, lang: Language) -> Iterator[str]:
    """What decides that the passport is not proven, and of which records; by answer."""
    names = _subjects(view, lang)
    found: dict[str, list[str]] = defaultdict(list)
    for check in _failing(view):
        found[f"{check.code}. {_words(check, lang)}"].append(_name(check.subject, names))
    for answer, subjects in found.items():
        yield f"{', '.join(subjects)}: {answer}"


def first_failing(view: PassportView, lang: Language) -> str | None:
    """The words of what decides a verdict other than proven."""
    outcome = view.verdict.outcome
    checks = (c for c in view.verdict.checks if c.outcome is outcome is not Outcome.PROVEN)
    first = next(checks, None)
    return (
        None
        if first is None
        else f"{_name(first.subject, _subjects(view, lang))}: {_words(first, lang)}"
    )


def _failing(view: PassportView) -> Iterator[CheckView]:
    whole = (c for c in view.verdict.checks if c.subject == "passport")
    yield from (check for check in whole if check.outcome is not Outcome.PROVEN)
    records: tuple[RecordView, ...] = (view.own, *view.steps, *view.claims, *view.identities)
    yield from (record.failing for record in records if record.failing)


def all_checks(view: PassportView, lang: Language) -> Iterator[Text | Table]:
    """Every check, by what it is about: outcome, code, and what it says in words."""
    names = _subjects(view, lang)
    by_subject: dict[str, list[CheckView]] = defaultdict(list)
    for check in view.verdict.checks:
        by_subject[check.subject].append(check)
    for subject, checks in by_subject.items():
        yield Text("\n" + clean(_name(subject, names)), style="bold")
        if subject.startswith("ni:"):
            yield Text(clean(subject), style="dim")
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=15)
        table.add_column(overflow="fold")
        for check in checks:
            outcome = say(f"outcome.{check.outcome}", lang=lang)
            said = Text(clean(f"{check.code}: "))
            said.append(clean(_words(check, lang)), "dim")
            table.add_row(Text(outcome, style=_COLOURS[check.outcome]), said)
        yield table


def _subjects(view: PassportView, lang: Language) -> dict[str, str]:
    """What each check's subject is called in the passport: `step 3`, `claim 1`, ..."""
    names = {"passport": say("subject.passport", lang=lang)}
    names[view.own.record] = say("subject.own", lang=lang)
    for key, records in (
        ("subject.step", view.steps),
        ("subject.claim", view.claims),
        ("subject.identity", view.identities),
    ):
        for number, record in enumerate(records, 1):
            name = f" ({record.name})" if record.name else ""
            names[record.record] = say(key, lang=lang, n=number) + name
    return names


def _name(subject: str, names: dict[str, str]) -> str:
    return names.get(subject, subject)


def _words(check: CheckView, lang: Language) -> str:
    sentence = check.words.it if lang == "it" else check.words.en
    name = check.params.get("name")
    return f"{sentence} ({name})" if name else sentence
