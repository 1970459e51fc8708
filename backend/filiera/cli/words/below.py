# SPDX-License-Identifier: Apache-2.0
"""Sentences that lower layers and the server say in English, said in Italian here.

They say them where they know what is the matter; a table has each with its Italian, where
`{name}` stands for what they fill in, and is filled in again. A sentence that is not in the
table stays as it came, so that a newer server is still understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from filiera.cli.words import Language, Said, language

_LONGEST: Final = 2_000
"""Characters; a longer sentence is not looked up."""
_FILLED: Final = re.compile(r"\\\{(\w+)\\\}")


def translated(sentence: str, table: Mapping[str, str], lang: Language | None = None) -> str:
    """The sentence as its reader reads it; where two of the table fit, the first is meant."""
    if (lang or language()) == "en" or isinstance(sentence, Said) or len(sentence) > _LONGEST:
        return sentence
    for english, italian in table.items():
        pattern = _FILLED.sub(r"(?P<\1>.+)", re.escape(english))
        if match := re.fullmatch(pattern, sentence, re.DOTALL):
            return Said(italian.format_map(match.groupdict()))
    return sentence
