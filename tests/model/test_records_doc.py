# SPDX-License-Identifier: Apache-2.0
"""docs/records.md says what the code does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from filiera.model import scalars
from filiera.model.activities import ACTIVITIES
from filiera.model.base import to_payload
from filiera.model.criteria import CRITERIA
from filiera.model.links import LinkType
from filiera.model.records import RECORDS, checked_statement, parse_record
from filiera.model.refused import REFUSED_ANYWHERE, REFUSED_AT_ROOT
from filiera.model.statement import RecordType
from filiera.proof.encoding import parse_json

DOCUMENT = Path(__file__).parents[2] / "docs" / "records.md"
HEADINGS = ["Purpose", "Schema", "Parsing rules", "Example"]


@cache
def sections() -> dict[str, str]:
    """The text below each second-level heading."""
    parts = re.split(r"^## (.+)$", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples(section: str) -> list[str]:
    return re.findall(r"```json\n(.*?)\n```", sections()[section], flags=re.DOTALL)


@pytest.mark.parametrize("kind", RecordType)
def test_every_type_is_described_alike(kind: RecordType) -> None:
    assert re.findall(r"^### (.+)$", sections()[kind.value], flags=re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("kind", RecordType)
def test_the_examples_are_records_of_their_type(kind: RecordType) -> None:
    assert examples(kind.value)
    for text in examples(kind.value):
        payload = parse_json(text.encode())
        assert checked_statement(payload).type is kind
        assert to_payload(parse_record(payload)) == payload


def test_every_required_member_of_a_subject_is_in_its_table() -> None:
    for kind in RecordType:
        for text in examples(kind.value):
            subject = parse_json(text.encode())["credentialSubject"]
            subject = subject[0] if isinstance(subject, list) else subject
            table = sections()[kind.value].partition("### Schema")[2].partition("### Parsing")[0]
            known = set(re.findall(r"`(\w+)`", table)) | {"type"}
            if "| others |" in table:
                known |= set(re.findall(r"`(\w+)`", sections()["DigitalProductPassport"]))
            assert set(subject) - {"description"} <= known, kind


def test_refused_members_are_listed() -> None:
    shared = sections()["What all records share"]
    for name in (*REFUSED_AT_ROOT, *REFUSED_ANYWHERE):
        assert f"`{name}`" in shared, name


def test_the_link_table_is_the_codes() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", _link_table(), flags=re.MULTILINE)
    documented = {name: where.strip() for name, where in rows}
    assert set(documented) == set(LinkType)
    for link, where in documented.items():
        users = {kind.value for kind, entry in RECORDS.items() if link in entry.links}
        assert where == "all" if users == set(RecordType) else set(where.split(", ")) == users


def _link_table() -> str:
    text = sections()["What all records share"].partition("| `linkType` | target |")[2]
    return text.partition("\n\n")[0]


def test_bounds_are_the_codes() -> None:
    shared = sections()["What all records share"]
    for limit in (
        scalars.LINE_LIMIT,
        scalars.TEXT_LIMIT,
        scalars.URI_LIMIT,
        scalars.LIST_LIMIT,
        scalars.IMAGE_LIMIT,
        scalars.DIGITS_LIMIT,
    ):
        assert f" {limit:,} " in shared


def test_criteria_and_activities_are_listed_with_their_names() -> None:
    claims, activities = sections()["DigitalConformityCredential"], sections()["Activities"]
    for code, criterion in CRITERIA.items():
        assert f"| `{code}` | {criterion.name_en} | {criterion.name_it} |" in claims
    for name, (english, italian) in ACTIVITIES.items():
        assert f"| `{name}` | {english} | {italian} |" in activities
