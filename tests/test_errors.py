# SPDX-License-Identifier: Apache-2.0
"""The codes of errors: each is listed once, documented, and used (docs/errors.md)."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from filiera import errors
from filiera.errors import CODES, FilieraError, InputError, UnavailableError

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "backend" / "filiera"
DOCUMENT = ROOT / "docs" / "errors.md"
FAMILIES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, FilieraError)
}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if file != PACKAGE / "errors.py":
            yield file, ast.parse(file.read_text("utf-8"))


def raised_codes() -> Iterator[tuple[str, str]]:
    """(place, code) of every error that is made with its code in plain sight."""
    for file, tree in sources():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name),
                    args=[ast.Constant(value=str(code)), *_],
                ) if name in FAMILIES:
                    yield f"{file.relative_to(PACKAGE)}:{node.lineno}", code


def documented() -> dict[str, tuple[str, str]]:
    """Code -> (meaning, what to do), in the order of docs/errors.md."""
    row = re.compile(r"^\| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
    found = row.findall(DOCUMENT.read_text("utf-8"))
    assert len(found) == len({code for code, _, _ in found}), "a code is documented twice"
    return {code: (meaning, advice) for code, meaning, advice in found}


# The table


def test_a_code_is_listed_once() -> None:
    tree = ast.parse((PACKAGE / "errors.py").read_text("utf-8"))
    tables = [
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)
    ]
    (table,) = tables
    codes = Counter(key.value for key in table.keys if isinstance(key, ast.Constant))
    assert [code for code, times in codes.items() if times > 1] == []
    assert len(codes) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_a_few_plain_words_and_means_one_sentence(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert re.fullmatch(r"[A-Z].*\.", CODES[code])


def test_every_error_that_is_raised_has_a_listed_code() -> None:
    found = list(raised_codes())
    assert len(found) > 50, "the search no longer finds what it looks for"
    assert [place for place, code in found if code not in CODES] == []


# The document


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_documented_with_its_meaning_and_what_to_do(code: str) -> None:
    assert code in documented(), f"docs/errors.md lacks {code}"
    meaning, advice = documented()[code]
    assert meaning == CODES[code]
    assert advice.endswith((".", ")"))


def test_the_document_has_no_code_that_is_gone_and_keeps_the_table_s_order() -> None:
    assert list(documented()) == list(CODES)


def test_every_family_is_documented() -> None:
    text = DOCUMENT.read_text("utf-8")
    for family in FAMILIES - {"FilieraError"}:
        assert f"| `{family}` |" in text


# The errors themselves


def test_an_error_says_what_is_wrong_where_and_what_to_do() -> None:
    error = InputError("usage", "That is no date.", where="line 3", hint="Write 2026-03-01.")
    assert str(error) == "That is no date. (at line 3) Write 2026-03-01."
    assert str(InputError("usage", "That is no date.")) == "That is no date."


def test_an_error_without_a_listed_code_cannot_be_made() -> None:
    with pytest.raises(LookupError, match="not in CODES"):
        InputError("no-such-code", "x")


def test_an_unavailable_part_is_named() -> None:
    error = UnavailableError("chain-unreachable", "The node is silent.", part="chain")
    assert isinstance(error, FilieraError)
    assert error.part == "chain"


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_family_says_when_it_is_raised(family: str) -> None:
    assert family in (errors.__doc__ or "") or family == "FilieraError"
    assert getattr(errors, family).__doc__
