# SPDX-License-Identifier: Apache-2.0
"""`filiera verify BUNDLE`: by a trust file alone; no server, no node, no network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from filiera.cli import clock
from filiera.cli.failing import EXIT_OF_OUTCOME, UncheckedError
from filiera.cli.output import Output, clean
from filiera.cli.show_passport import render_passport
from filiera.cli.words import language, say
from filiera.errors import InputError
from filiera.proof.bundle import MAX_BYTES, parse_bundle
from filiera.proof.demanded import requiring_documents
from filiera.proof.trust import MAX_TRUST, TrustFile, parse_trust
from filiera.proof.verdict_document import VerdictDocument, verdict_document
from filiera.services.bundle_file import passport_from_bundle
from filiera.services.bundle_reading import match_documents, passport_without_trust
from filiera.services.passport_view import PassportView, passport_view

_FIRST_MEMBER: Final = re.compile(rb'[ \t\r\n]*\{[ \t\r\n]*"filieraBundle"')
_SECONDS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_DURATION: Final = re.compile(r"([0-9]{1,9})([dhms])")


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """What only the verification of a bundle takes; each None or False where not given."""

    trust: Path | None = None
    subject: str | None = None
    require_documents: bool = False
    max_age: str | None = None

    @property
    def given(self) -> bool:
        """Whether any of them is."""
        return self != BundleOptions()


@dataclass(frozen=True, slots=True)
class Judged:
    """A bundle's verdict: as one document for programs, as a passport for people."""

    document: VerdictDocument
    view: PassportView


def is_bundle(file: Path) -> bool:
    """Whether a file is a bundle by its first member."""
    with file.open("rb") as stream:
        return _FIRST_MEMBER.match(stream.read(256)) is not None


def seconds_of(duration: str) -> int:
    """`7d`, `12h`, `30m` or `90s` in seconds; raises InputError (`usage`)."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise InputError("usage", say("verify.duration"), where="--max-age")
    return int(match[1]) * _SECONDS[match[2]]


def read_trust(file: Path) -> TrustFile:
    """A trust file; raises as `parse_trust` does, naming the file."""
    try:
        return parse_trust(_read(file, MAX_TRUST))
    except InputError as error:
        place = f"{file}: {error.where}" if error.where else str(file)
        raise InputError(error.code, error.message, where=place, hint=error.hint) from None


def verify_bundle_file(
    out: Output, file: Path, hashes: Mapping[str, bytes], options: BundleOptions
) -> int:
    """Verify a bundle, show every check; the exit code is its verdict's.

    `hashes` are the files at hand (name -> SHA-256). Raises `UncheckedError` when the file
    cannot be read as a bundle.
    """
    max_age = None if options.max_age is None else seconds_of(options.max_age)
    trust = None if options.trust is None else read_trust(options.trust)
    with out.working(say("working.verify")):
        try:
            judged = _judge(_read(file, MAX_BYTES), trust, hashes, options, max_age)
        except InputError as error:
            raise UncheckedError(
                error.code, error.message, where=error.where or str(file), hint=error.hint
            ) from None
    out.result(judged.document, lambda console: _show(console, judged))
    return EXIT_OF_OUTCOME[judged.document.outcome]


def _judge(
    data: bytes,
    trust: TrustFile | None,
    hashes: Mapping[str, bytes],
    options: BundleOptions,
    max_age: int | None,
) -> Judged:
    names = {_unicode(name): digest for name, digest in hashes.items()}
    bundle = parse_bundle(data)
    at_hand = match_documents(bundle, dict(sorted(names.items())))
    passport = (
        passport_without_trust(bundle, subject=options.subject, documents=at_hand.documents)
        if trust is None
        else passport_from_bundle(
            bundle,
            trust,
            clock.seconds(),
            subject=options.subject,
            documents=at_hand.documents,
            max_age=max_age,
        )
    )
    if options.require_documents:
        passport = replace(passport, verdict=requiring_documents(passport.verdict))
    document = verdict_document(passport.verdict, trust, at_hand.unnamed)
    return Judged(document, passport_view(passport))


def _show(console: Console, judged: Judged) -> None:
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


def _read(file: Path, most: int) -> bytes:
    """A file, and no more of it than one byte beyond what is allowed."""
    with file.open("rb") as stream:
        return stream.read(most + 1)
