# SPDX-License-Identifier: Apache-2.0
"""One Italian word for one thing, in every catalogue: what the glossary says, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from filiera.cli.words import WORDS
from filiera.cli.words.hints import HINTS
from filiera.proof.reasons import PARAMS_IN_ITALIAN, REASONS
from filiera.proof.sentences import SENTENCES
from filiera.web.messages import catalogue
from tests.docs.pages import ROOT, text

TERMS = {
    "record": ("records?", "registrazion[ei]"),
    "document": ("documents?", "document[oi]"),
    "operator": ("operators?", "gestor[ei]"),
    "batch": ("batch(?:es)?", "grupp[oi]"),
    "passport": ("passports?", "passaport[oi]"),
    "participant": ("participants?", "partecipant[ei]"),
    "gap": ("gaps?", "lacun[ae]"),
    "bundle": ("bundles?", "fascicol[oi]"),
    "trust file": ("trust files?", "file di fiducia"),
    "firm": ("firms?", "impres[ae]"),
    "finding": ("findings?", "riliev[oi]"),
    "lot": ("lots?", "lott[oi]"),
    "verdict": ("verdicts?", "verdett[oi]"),
}
"""What must stand in an Italian sentence exactly where the other stands in the English one."""
FORBIDDEN = {
    "operatore, operatori": "operator[ei]",
    "ditta, ditte": "ditt[ae]",
    "allegato, allegati, as a thing": r"(?:gli|degli|agli|un|l'|ogni|quale) ?allegat[oi]",
    "giudizio": "giudizi?o?",
    "controllo, for a check": r"controll[oi](?! di)",
    "hash": "hash",
    "bundle": "bundle",
    "scheda, but for a product statement": "sched[ae](?! di prodotto)",
}
MORE_FULLY = {
    "The signature is the issuer's own.",
    "The signature is not the issuer's.",
    "own",
    "Environmental footprint",
}
"""What Italian says with a word of the glossary that English leaves out."""
TYPED = re.compile(
    r"`[^`]*`|\S+\.json|--\S+|\S*\{\w+\}\S*|%\(\w+\)s|\S+/LOT-1|https:\S+"
    r"|filiera \w+|passport show|record, document, proof|TAMPER=\w+|out/documents"
)
"""What a person types or a program fills in: no word of a language."""


def pairs() -> Iterator[tuple[str, str, str]]:
    """(catalogue, English, Italian) of everything that people read in both."""
    with catalogue("it").open("rb") as file:
        for message in read_po(file, locale="it", domain="web"):
            if message.id:
                yield from (
                    ("pages", *each)
                    for each in zip(_forms(message.id), _forms(message.string), strict=True)
                )
    yield from ((f"commands, {key}", *each) for key, each in WORDS.items())
    yield from (("hints", *each) for each in HINTS.items())
    yield from ((f"checks, {code}", each.en, each.it) for code, each in REASONS.items())
    yield from ((f"sentence, {key}", *each) for key, each in SENTENCES.items())
    yield from (("params", *each) for each in PARAMS_IN_ITALIAN.items())


def _forms(message: object) -> tuple[str, ...]:
    """A message's singular and plural, or itself alone."""
    return tuple(message) if isinstance(message, list | tuple) else (str(message),)


def speaks(pattern: str, sentence: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", TYPED.sub("", sentence), re.IGNORECASE) is not None


@pytest.mark.parametrize("term", TERMS)
def test_a_word_of_the_glossary_has_one_italian_word_and_that_stands_for_nothing_else(
    term: str,
) -> None:
    english, italian = TERMS[term]
    differing = [
        (where, said, told)
        for where, said, told in pairs()
        if speaks(english, said) is not speaks(italian, told) and said not in MORE_FULLY
    ]
    assert differing == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_a_word_that_the_glossary_has_another_for_is_said_nowhere(word: str) -> None:
    pattern = FORBIDDEN[word]
    assert [(where, told) for where, _, told in pairs() if speaks(pattern, told)] == []


@pytest.mark.parametrize("file", ["README.it.md", "docs/images/percorso.svg"])
def test_the_italian_readme_says_it_in_the_same_words(file: str) -> None:
    told = (ROOT / file).read_text("utf-8")
    said = [word for word in ("operator[ei]", "ditt[ae]", "allegat[oi]") if speaks(word, told)]
    assert said == []


@pytest.mark.parametrize("term", sorted(TERMS.keys() - {"firm", "finding", "lot", "verdict"}))
def test_the_glossary_states_the_word(term: str) -> None:
    row = re.search(rf"^\| {term} \| ([^|]*) \|", text("README.md"), re.MULTILINE)
    assert row is not None
    assert re.fullmatch(TERMS[term][1], row[1])


def test_a_sentence_with_another_word_would_be_found() -> None:
    assert speaks("document[oi]", "Il documento è qui.")
    assert speaks("controll[oi](?! di)", "Un controllo manca.")
    assert not speaks("controll[oi](?! di)", "La cifra di controllo di una chiave")
    assert not speaks("documents?", "filiera verify --documents DIR; {documents}")
