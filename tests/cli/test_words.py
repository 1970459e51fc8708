# SPDX-License-Identifier: Apache-2.0
"""The catalogue of sentences: both languages, nothing missing, nothing unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import filiera
from filiera.cli.words import WORDS, language, say
from filiera.cli.words.faults import FAULTS
from filiera.errors import CODES
from filiera.model.criteria import CRITERIA
from filiera.proof.facts import Role, Scope, StatusKind
from filiera.proof.reasons import Outcome
from filiera.proof.verdict import StandingState

PACKAGE = Path(filiera.__file__).parent
SOURCES = [
    path
    for folder in ("cli", "demo")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
    if "words" not in path.parts
]
# Keys whose last part is a code of somebody else's table.
FAMILIES = {
    "outcome": {outcome.value for outcome in Outcome},
    "standing": {state.value for state in StandingState},
    "criterion": {code.value for code in CRITERIA},
    "role": {str(role.name).lower() for role in Role},
    "scope": {str(scope.name).lower() for scope in Scope},
    "status": {kind.name.lower() for kind in StatusKind},
    "part": {"chain", "ipfs", "store", "api"},
    "fault": set(CODES),
}


def names(sentence: str) -> set[str]:
    """The placeholders of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_each_sentence_is_there_in_both_languages() -> None:
    assert [key for key, pair in WORDS.items() if not all(each.strip() for each in pair)] == []


def test_both_languages_have_the_same_placeholders() -> None:
    assert [key for key, (en, it) in WORDS.items() if names(en) != names(it)] == []


def test_an_italian_sentence_is_not_english_left_over() -> None:
    alike = {key for key, (english, italian) in WORDS.items() if english == italian}
    long = {key for key in alike if len(WORDS[key][0].split()) > 2}
    assert not long


def test_codes_of_other_tables_have_their_words() -> None:
    missing = [
        f"{family}.{code}"
        for family, codes in FAMILIES.items()
        for code in codes
        if f"{family}.{code}" not in WORDS
    ]
    assert not missing


def test_every_error_code_has_an_italian_sentence_and_its_own_english_one() -> None:
    assert {key.removeprefix("fault.") for key in FAULTS} == set(CODES)
    for key, (english, italian) in FAULTS.items():
        assert english == CODES[key.removeprefix("fault.")]
        assert italian != english


def literals(path: Path) -> Iterator[str]:
    """Every string in a module, f-strings as `start*`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.JoinedStr):
            first = node.values[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value + "*"


def said(path: Path) -> Iterator[str]:
    """The keys that a module hands to `say` and `_note` as they stand."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if name in ("say", "_note") and isinstance(first, ast.Constant):
            yield str(first.value)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_sentence_that_is_said_is_in_the_catalogue(path: Path) -> None:
    missing = [key for key in said(path) if key not in WORDS]
    assert not missing


def test_every_sentence_in_the_catalogue_is_used() -> None:
    used = {literal for path in SOURCES for literal in literals(path)}
    # Those of a title or family are put together from two parts.
    starts = tuple(literal[:-1] for literal in used if literal.endswith("*") and "." in literal)
    families = tuple(f"{family}." for family in FAMILIES)
    spoken = (
        "option.install_",
        "option.show_",
        "section.",
        "granularity.",
        "relation.",
        "type.",
        "unit.",
        *families,
        *starts,
    )
    unused = [key for key in WORDS if key not in used and not key.startswith(spoken)]
    assert not unused


PRINTING = {"print", "note", "Text", "panel", "agree"}
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,} ", re.IGNORECASE)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_sentence_reaches_a_person_past_the_catalogue(path: Path) -> None:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        keywords = [kw.value for kw in node.keywords if kw.arg in ("help", "epilog")]
        values = [*(node.args if name in PRINTING else []), *keywords]
        texts = [str(value.value) for value in values if isinstance(value, ast.Constant)]
        found += [text for text in texts if ENGLISH.search(text)]
    assert not found


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "it_IT.UTF-8"}, "it"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "it_IT.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "it"}, "it"),
        ({"FILIERA_LANG": "it", "LC_ALL": "de_DE"}, "it"),
        ({"FILIERA_LANG": "en", "LC_ALL": "it_IT"}, "en"),
        ({"FILIERA_LANG": "", "LANG": "it"}, "it"),
        ({"LANG": "ita"}, "en"),
    ],
)
def test_the_language_is_the_readers(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


def test_a_sentence_is_said_in_the_language_asked_for() -> None:
    assert say("gap", lang="en", lot="L", step=3).startswith("L: step 3")
    assert say("gap", lang="it", lot="L", step=3).startswith("L: lo usa il passaggio 3")
