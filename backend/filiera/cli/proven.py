# SPDX-License-Identifier: Apache-2.0
"""The one sentence about a bundle: what was proven, by whom, as of when, sealed by whom."""

from __future__ import annotations

from filiera.cli.show_checks import first_failing
from filiera.cli.show_passport import seal_words
from filiera.cli.wording import one_line, product_label
from filiera.cli.words import Language, say
from filiera.proof.reasons import Outcome
from filiera.services.passport_view import PassportView


def proven_sentence(view: PassportView, lang: Language) -> str:
    """What the verdict about a bundle means, and what it does not."""
    verdict, own = view.verdict, view.own
    failing = first_failing(view, lang)
    said = say(
        f"bundle.{verdict.outcome}",
        lang=lang,
        product=product_label(view.id, lang),
        who=own.issuer.name or own.issuer.account or "?",
        steps=verdict.steps.total,
        claims=verdict.claims.total,
        block=verdict.block.number if verdict.block else "?",
        time=one_line(verdict.block.time) if verdict.block else "?",
        seal=seal_words(view, lang),
        why=failing or "",
    )
    standing = verdict.standing.state
    if verdict.outcome is Outcome.PROVEN and standing not in ("in-force", "unknown"):
        state = say(f"standing.{standing}", lang=lang)
        said += " " + say("bundle.standing", lang=lang, state=state)
    return f"{said} {say('bundle.not', lang=lang)}"
