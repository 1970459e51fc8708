# SPDX-License-Identifier: Apache-2.0
"""The browser verifier says what the Python one says: its words come from the same tables."""

from __future__ import annotations

import json
import re
import runpy

import pytest
from mnemonic import Mnemonic

from tests.verifier.wire import ROOT

MADE = runpy.run_path(str(ROOT / "backend/verifier/make_tables.py"))
SOURCES = ROOT / "backend/verifier/src"


@pytest.mark.parametrize("name", MADE["TABLES"])
def test_a_table_of_the_browser_verifier_is_what_the_python_one_makes(name: str) -> None:
    committed = (SOURCES / name).read_text("utf-8")
    again = "run backend/verifier/make_tables.py again"
    assert committed == MADE["spelled"](MADE["TABLES"][name]()), again


def test_there_is_no_table_that_nobody_makes() -> None:
    assert {file.name for file in SOURCES.glob("*.json")} == set(MADE["TABLES"])


@pytest.mark.parametrize(("language", "name"), [("en", "english"), ("it", "italian")])
def test_the_words_of_bip_39_are_all_in_the_shorter_form(language: str, name: str) -> None:
    table = json.loads((SOURCES / f"mnemonic-{language}.json").read_text("utf-8"))
    words, before = [], ""
    for length, rest in re.findall(r"([0-9])([a-z]+)", table["words"]):
        before = before[: int(length)] + rest
        words.append(before)
    assert words == Mnemonic(name).wordlist
