# SPDX-License-Identifier: Apache-2.0
"""The vectors are what their generator makes, and this verifier finds of each what it says."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator

from filiera.errors import InputError
from filiera.proof.reasons import REASONS, Outcome
from scripts.write_schemas import SCHEMAS
from tests.docs.pages import rows, text
from tests.support.vectors import VECTORS
from tests.support.vectors.files import FOLDER, files, found, judged, names, read

AGAIN = "make the vectors anew: python -m tests.support.vectors"
MOST = 2_000_000
"""Bytes of the whole folder."""

NO_VECTOR: Final = {
    ("age", "disproven"): "an old block is not a false one: no code says so",
    ("bundle", "disproven"): "what is too much or in another place proves nothing false",
    ("chain", "disproven"): "facts from storage are of the chain that the trust file names; "
    "another chain's seal, code and accounts fail instead (chain-mismatch is for nodes)",
    ("standing", "disproven"): "whatever became of a record is its standing, not a failure",
}
"""(check, outcome) of which there is no bundle, and why."""
NO_CODE: Final = {
    "chain-mismatch": "as above",
    "record-hash-mismatch": "a bundle's records are found by their hash: an altered one is "
    "another record, and the one that is listed is missing",
}
"""Codes that no bundle comes to, and why."""


def committed() -> dict[str, bytes]:
    """Every file of the folder, but what people read."""
    every = (path for path in FOLDER.rglob("*") if path.is_file() and path.name != "README.md")
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in every}


def test_the_committed_vectors_are_what_the_generator_makes() -> None:
    made = files(VECTORS)
    assert set(made) == set(committed()), AGAIN
    assert [path for path, data in committed().items() if made[path] != data] == [], AGAIN


def test_they_are_small_enough_to_be_carried_along() -> None:
    assert sum(map(len, committed().values())) < MOST


@pytest.mark.parametrize("name", names())
def test_what_is_found_of_a_vector_is_what_it_says(name: str) -> None:
    asked, expected = read(name)
    assert found(asked) == expected


@pytest.mark.parametrize("name", names())
def test_the_verdict_document_of_a_vector_has_the_published_shape(name: str) -> None:
    asked, expected = read(name)
    try:
        _, document = judged(asked)
    except InputError:
        assert "error" in expected
    else:
        said = json.loads(document)
        assert list(published().iter_errors(said)) == []
        assert said["outcome"] == expected["outcome"]


@cache
def published() -> Draft202012Validator:
    """Holds a verdict's document to its schema."""
    return Draft202012Validator(SCHEMAS["verdict-v1.json"]())


def came_out() -> list[tuple[str, str]]:
    """(check, code) of every answer in the committed vectors."""
    expected: list[Any] = [read(name)[1] for name in names()]
    return [
        (answer[0], answer[1])
        for each in expected
        for about in each.get("checks", ())
        for answer in about["answers"]
    ]


def shown() -> set[tuple[str, str]]:
    """(check, code) that some vector is there for."""
    said = (json.loads((FOLDER / f"{name}.json").read_bytes())["shows"] for name in names())
    return {(check, code) for check, code in said if check}


def checks() -> list[str]:
    """Every check that docs/checks.md knows, which is every one that is made."""
    return re.findall(r"^### (.+)$", text("checks.md"), re.MULTILINE)


@pytest.mark.parametrize("outcome", [Outcome.DISPROVEN, Outcome.UNKNOWN])
@pytest.mark.parametrize("check", checks())
def test_every_check_fails_in_one_vector_and_cannot_be_made_in_another(
    check: str, outcome: Outcome
) -> None:
    there = any(name == check and REASONS[code].outcome is outcome for name, code in shown())
    assert there != ((check, outcome.value) in NO_VECTOR), (check, outcome)


def test_every_check_is_proven_in_some_vector() -> None:
    proven = {check for check, code in came_out() if REASONS[code].outcome is Outcome.PROVEN}
    assert proven == set(checks())


def test_every_code_comes_out_of_some_vector() -> None:
    codes = {code for _, code in came_out()}
    assert codes.isdisjoint(NO_CODE)
    assert codes | set(NO_CODE) == set(REASONS)


def test_there_is_no_reason_for_a_gap_that_is_none() -> None:
    assert {check for check, _ in NO_VECTOR} <= set(checks())
    assert set(NO_CODE) <= set(REASONS)


def test_every_kind_of_seal_has_a_good_bundle() -> None:
    kinds = {json.loads(judged(read(f"good-{kind}")[0])[1])["seal"]["kind"] for kind in KINDS}
    assert kinds == set(KINDS)
    assert all(read(f"good-{kind}")[1]["outcome"] == "proven" for kind in KINDS)


KINDS = ("operator", "clique", "qbft")


def test_the_page_about_the_vectors_explains_every_member_of_one() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    explained = {row[0].strip("`") for row in rows(page)}
    for name in names():
        assert set(json.loads((FOLDER / f"{name}.json").read_bytes())) <= explained
