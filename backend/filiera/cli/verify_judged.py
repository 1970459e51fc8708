# SPDX-License-Identifier: Apache-2.0
"""A bundle that could be read, judged: one document for programs, a passport for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from filiera.cli import clock
from filiera.cli.output import clean
from filiera.cli.show_passport import render_passport
from filiera.cli.words import language, say
from filiera.proof.bundle import Bundle
from filiera.proof.demanded import requiring_documents
from filiera.proof.trust import TrustFile
from filiera.proof.verdict_document import VerdictDocument, verdict_document
from filiera.services.bundle_file import passport_from_bundle
from filiera.services.bundle_reading import match_documents, passport_without_trust
from filiera.services.passport_view import PassportView, passport_view


@dataclass(frozen=True, slots=True)
class Judged:
    """A bundle's verdict: as one document for programs, as a passport for people."""

    document: VerdictDocument
    view: PassportView


def judge(
    bundle: Bundle,
    trust: TrustFile | None,
    hashes: Mapping[str, bytes],
    *,
    subject: str | None,
    max_age: int | None,
    require_documents: bool,
) -> Judged:
    """The verdict by a trust file, now; without one, of what needs no chain.

    `hashes` are the files at hand (name -> SHA-256); `max_age` is in seconds. Raises
    InputError where the bundle holds what is no header or node.
    """
    names = {_unicode(name): digest for name, digest in hashes.items()}
    at_hand = match_documents(bundle, dict(sorted(names.items())))
    passport = (
        passport_without_trust(bundle, subject=subject, documents=at_hand.documents)
        if trust is None
        else passport_from_bundle(
            bundle,
            trust,
            clock.seconds(),
            subject=subject,
            documents=at_hand.documents,
            max_age=max_age,
        )
    )
    if require_documents:
        passport = passport.under(requiring_documents(passport.verdict))
    document = verdict_document(passport.verdict, trust, at_hand.unnamed)
    return Judged(document, passport_view(passport))


def show_judged(console: Console, judged: Judged) -> None:
    """Every check, and the one sentence last."""
    lang, document = language(), judged.document
    render_passport(console, judged.view, lang, checks=True)
    for name in document.files_not_named:
        console.print(Text(clean(say("verify.unnamed", name=name)), style="yellow"))
    console.print()
    if document.trust is None:
        console.print(Text(say("verify.no-trust"), style="bold yellow"))
    else:
        words = getattr(document.trust.words, lang)
        console.print(Text(say("verify.trust", words=words), style="dim"))
    console.print(Text(clean(getattr(document.sentence, lang)), style="bold"))
    # Plain and unwrapped, for programs too; English everywhere.
    last = f"passport {judged.view.id}: {judged.view.verdict.sentence}"
    print(clean(last), flush=True)


def _unicode(name: str) -> str:
    """A file's name without the bytes that are no UTF-8, which no JSON can hold."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
