# SPDX-License-Identifier: Apache-2.0
"""Writes the tables that the browser verifier takes from the Python one: words, never rules.

    python backend/verifier/make_tables.py

Run it after a change of filiera.proof.reasons or filiera.proof.sentences. The tables are
committed in src/, and tests/verifier compares them with what this would write.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from mnemonic import Mnemonic

from filiera.proof.reasons import PARAMS_IN_ITALIAN, REASONS
from filiera.proof.sentences import SENTENCES
from filiera.proof.trust import LANGUAGES

FOLDER: Final = Path(__file__).parent / "src"


def reasons() -> dict[str, Any]:
    """Code -> its outcome, and its words in English and Italian."""
    return {code: [each.outcome.value, each.en, each.it] for code, each in REASONS.items()}


def sentences() -> dict[str, Any]:
    """Key -> the part of a sentence that it stands for."""
    return {key: {"en": english, "it": italian} for key, (english, italian) in SENTENCES.items()}


def mnemonic(language: str) -> dict[str, str]:
    """The 2,048 words of BIP-39 in a language, each as what it shares with the one before.

    `0abandon2ility`: a digit for the letters that are shared, then the others. Each language
    is a table of its own: what shows one of them does not carry the other.
    """
    return {"words": shared(Mnemonic(LANGUAGES[language]).wordlist)}


def shared(words: list[str]) -> str:
    """Words in order, each as how many letters it shares with the one before, and the others."""
    pairs = zip(["", *words], words, strict=False)
    return "".join(f"{(n := _shared(one, other))}{other[n:]}" for one, other in pairs)


def _shared(one: str, other: str) -> int:
    lengths = range(min(len(one), len(other)), -1, -1)
    return next(length for length in lengths if one[:length] == other[:length])


TABLES: Final = {
    "reasons.json": reasons,
    "params.json": lambda: dict(PARAMS_IN_ITALIAN),
    "sentences.json": sentences,
    "mnemonic-en.json": lambda: mnemonic("en"),
    "mnemonic-it.json": lambda: mnemonic("it"),
}


def spelled(table: dict[str, Any]) -> str:
    """The one spelling in which a table is committed."""
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, make in TABLES.items():
        (FOLDER / name).write_text(spelled(make()), "utf-8")
