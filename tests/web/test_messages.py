# SPDX-License-Identifier: Apache-2.0
"""Every sentence of the pages is in the catalogues, and no template says one of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment

from filiera.web.language import LANGUAGES
from filiera.web.messages import DOMAIN, SOURCE, catalogue, translations
from filiera.web.templating import TEMPLATES
from scripts.messages import extract, renewed

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
FILES = sorted(TEMPLATES.rglob("*.html"))
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*[a-zA-Z][^\"]*)\"")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SAME_IN_EVERY_LANGUAGE = {
    "Filiera",
    "filiera verify bundle.json --trust trust.json",
    "node backend/verifier/build.mjs",
    "09521010000015/PT-001",
}
"""The name of the thing, what is typed into a terminal, and a number as an example."""


def read(language: str) -> Catalog:
    with catalogue(language).open("rb") as file:  # type: ignore[arg-type]
        return read_po(file, locale=language, domain=DOMAIN)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_is_what_extraction_writes(language: str) -> None:
    assert catalogue(language).read_bytes() == renewed(language), (  # type: ignore[arg-type]
        "run python -m scripts.messages"
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    found = read(language)
    wanted = {message.id for message in extract() if message.id}
    assert {message.id for message in found if message.id} == wanted
    assert not found.obsolete
    for message in found:
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(told), f"not translated: {message.id}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_what_its_message_names(language: str) -> None:
    for message in read(language):
        said = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"%\(\w+\)s", said[-1]))
        for one in told[-1:]:
            assert set(re.findall(r"%\(\w+\)s", one)) == wanted, message.id


def test_a_language_without_a_translation_of_something_would_say_it_in_english() -> None:
    assert translations("it").gettext("never written") == "never written"
    assert translations("it").gettext("Proven") == "Provato"
    assert translations("en").gettext("Proven") == "Proven"


def said_outright(source: str) -> Iterator[str]:
    """The text of a template that a reader would see and no catalogue holds."""
    shown = "".join(
        value if kind == "data" else ""
        for _, kind, value in Environment(extensions=["jinja2.ext.i18n"]).lex(source)
    )
    for text in (*SPOKEN.findall(shown), *TAG.sub("\n", shown).splitlines()):
        stripped = text.replace("&nbsp;", " ").strip(" ·,.:;()\t")
        if LETTERS.search(stripped) and stripped not in SAME_IN_EVERY_LANGUAGE:
            yield stripped


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_no_template_says_anything_of_its_own(file: Path) -> None:
    assert list(said_outright(file.read_text("utf-8"))) == []


def test_a_sentence_that_is_written_into_a_template_is_found() -> None:
    assert list(said_outright("<p>{{ _('Good') }} Hello you</p>")) == ["Hello you"]
    assert list(said_outright('<a aria-label="Close it">{{ x }}</a>')) == ["Close it"]
    assert list(said_outright("<p>{{ _('Good') }}, {{ x }}&nbsp;</p>")) == []
