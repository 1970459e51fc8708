# SPDX-License-Identifier: Apache-2.0
"""docs/checks.md says of every check and every reason code what the code says, and no more."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from filiera.proof import reasons
from filiera.proof.checks import RECORD_CHECKS
from filiera.proof.reasons import REASONS, Outcome
from filiera.proof.verdict import StandingState
from tests.docs.pages import ROOT, rows, section, text

PROOF = ROOT / "backend" / "filiera" / "proof"
OF_RECORDS = ("integrity", *(name for name, _ in RECORD_CHECKS), "document", "standing", "identity")
OF_PASSPORTS = ("chain", "subject", "steps", "seal", "state", "age", "bundle")
SHARED = "Answers that several checks share"


def documented() -> dict[str, tuple[str, str]]:
    """Code -> (outcome, sentence) over the whole page."""
    found = [row for row in rows(text("checks.md")) if row[1] in tuple(Outcome)]
    codes = [row[0].strip("`") for row in found]
    assert len(codes) == len(set(codes)), "a code is documented twice"
    return {code: (row[1], row[2]) for code, row in zip(codes, found, strict=True)}


def test_every_reason_code_is_documented_and_none_is_invented() -> None:
    assert set(documented()) == set(REASONS)


@pytest.mark.parametrize("code", REASONS)
def test_a_code_has_the_outcome_and_the_sentence_of_the_table(code: str) -> None:
    assert documented()[code] == (REASONS[code].outcome.value, REASONS[code].en)


@pytest.mark.parametrize("check", [*OF_RECORDS, *OF_PASSPORTS])
def test_every_check_says_what_it_shows_and_what_it_does_not(check: str) -> None:
    said = section("checks.md", check)
    assert "*Shows*:" in said
    assert "*Does not show*:" in said
    assert any(row[0].strip("`") in REASONS for row in rows(said))


def test_the_page_has_a_section_for_each_check_and_no_other() -> None:
    headings = re.findall(r"^### (.+)$", text("checks.md"), re.MULTILINE)
    assert sorted(headings) == sorted((*OF_RECORDS, *OF_PASSPORTS))


def test_the_checks_that_are_made_are_those_of_the_page() -> None:
    """Names of checks as they stand in the code, where a check is made."""
    made = {name for file in PROOF.glob("*.py") for name in _names_of_checks(file)}
    made |= {name for name, _ in RECORD_CHECKS}
    assert made == {*OF_RECORDS, *OF_PASSPORTS}


def _names_of_checks(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="check" | "unread"), args=[ast.Constant(value=str(n)), *_]
            ):
                found.add(n)
            case ast.Call(
                func=ast.Name(id="Check" | "record_check"), args=[_, ast.Constant(value=str(n)), *_]
            ):
                found.add(n)
    return found


def test_every_reason_code_is_one_that_the_checks_can_answer_with() -> None:
    used = set()
    for file in PROOF.glob("*.py"):
        if file.name == Path(str(reasons.__file__)).name:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in REASONS:
                used.add(node.value)
    assert used == set(REASONS)


def test_every_standing_is_explained() -> None:
    said = {row[0] for row in rows(section("checks.md", "Standing"))[1:]}
    assert said == {state.value.replace("-", " ") for state in StandingState}


def test_shared_answers_are_no_check_s_own() -> None:
    shared = {row[0].strip("`") for row in rows(section("checks.md", SHARED))[1:]}
    assert all(REASONS[code].outcome.value == "unknown" for code in shared)
