# SPDX-License-Identifier: Apache-2.0
"""The page on criteria has a row for every state and every note, and for nothing else."""

from __future__ import annotations

import re

from filiera.domain.criteria_states import PRECEDENCE, Note
from filiera.model.criteria import CRITERIA
from tests.docs.pages import text


def rows(heading: str) -> list[str]:
    section = text("criteria.md").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)


def test_states_are_described_in_the_order_in_which_they_decide() -> None:
    assert rows("The states") == [state.value for state in PRECEDENCE]


def test_every_note_is_described() -> None:
    assert rows("Notes") == [note.value for note in Note]


def test_the_seven_criteria_are_named() -> None:
    opening = " ".join(text("criteria.md").split("\n\n")[1].split()).lower()
    assert [item.name_en for item in CRITERIA.values() if item.name_en.lower() not in opening] == []
