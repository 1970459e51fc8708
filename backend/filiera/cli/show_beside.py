# SPDX-License-Identifier: Apache-2.0
"""What stands below a passport's tables: what is missing, what changed, what others said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filiera.cli.wording import one_line, product_label, record_name
from filiera.cli.words import Language, say, say_if_known
from filiera.model.status_reasons import reason_phrase
from filiera.services.passport_view import PassportView, RecordView, StandingView


def standing_since(standing: StandingView, lang: Language) -> str:
    """`revoked since 2026-11-02 10:00 UTC (stated by mistake)`."""
    said: str = say_if_known(f"standing.{standing.state}", standing.state, lang=lang)
    if standing.since:
        said += " " + say("standing.since", lang=lang, when=one_line(standing.since))
    if standing.reason is not None:
        said += f" ({reason_phrase(standing.reason, lang)})"
    return said


def changed(view: PassportView, lang: Language) -> Iterator[str]:
    """Steps and claims that are no longer in force."""
    listed: tuple[tuple[str, Sequence[RecordView]], ...] = (
        ("subject.step", view.steps),
        ("subject.claim", view.claims),
    )
    for key, records in listed:
        for number, record in enumerate(records, 1):
            if record.standing.state not in ("in-force", "unknown"):
                name = say(key, lang=lang, n=number)
                yield f"{name}: {standing_since(record.standing, lang)}"


def gaps(view: PassportView, lang: Language) -> Iterator[str]:
    """Lots whose making no listed step states."""
    numbers = {step.record: number for number, step in enumerate(view.steps, 1)}
    for gap in view.gaps:
        lot = product_label(gap.product, lang)
        if gap.step is None:
            yield say("gap.product", lang=lang, lot=lot)
        else:
            yield say("gap", lang=lang, lot=lot, step=numbers.get(gap.step, "?"))


def not_presented(view: PassportView, lang: Language) -> Iterator[str]:
    """Documents that records name and that were not at hand."""
    for record in (view.own, *view.steps, *view.claims, *view.identities):
        for document in record.documents:
            if not document.presented:
                of = record.name or "?"
                yield say("document.of", lang=lang, name=document.name, record=of)


def others(view: PassportView, lang: Language) -> Iterator[str | tuple[str, str, str]]:
    """Records about the same product or lots that the passport does not list, in three lines."""
    for other in view.others:
        relation = say_if_known(f"relation.{other.relation}", other.relation, lang=lang)
        kind = say_if_known(f"type.{other.type}", other.type, lang=lang)
        who = other.issuer or other.account
        if other.outcome is not None:
            who = f"{who}, {say(f'outcome.{other.outcome}', lang=lang)}"
        yield f"{relation}: {kind} “{other.name}”", who, record_name(other.record)
    if view.others_left_out:
        yield say("others.left-out", lang=lang, count=view.others_left_out)
