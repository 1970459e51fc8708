# SPDX-License-Identifier: Apache-2.0
"""Every sentence that a person reads on the command line, in English and in Italian.

One table, in parts: `WORDS` maps a permanent key to both. A sentence that is not in it
does not reach a person, except what records, the server and lower layers say themselves.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Final, Literal

from filiera.cli.words.checking import CHECKING
from filiera.cli.words.demo import DEMO
from filiera.cli.words.faults import FAULTS
from filiera.cli.words.fields import FIELDS
from filiera.cli.words.help import HELP
from filiera.cli.words.labels import LABELS
from filiera.cli.words.options import OPTIONS
from filiera.cli.words.passport import PASSPORT
from filiera.cli.words.said import SAID
from filiera.cli.words.signing import SIGNING

Language = Literal["en", "it"]

WORDS: Final[Mapping[str, tuple[str, str]]] = (
    HELP | OPTIONS | SAID | SIGNING | CHECKING | FIELDS | PASSPORT | LABELS | DEMO | FAULTS
)
"""key -> (English, Italian); `{name}` is filled in by `say`."""

_ITALIAN = re.compile(r"it(?![a-z])", re.IGNORECASE)


def language(environ: Mapping[str, str] | None = None) -> Language:
    """The reader's language: by FILIERA_LANG, else LC_ALL, LC_MESSAGES, LANG; else English."""
    env = os.environ if environ is None else environ
    for name in ("FILIERA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(name):
            return "it" if _ITALIAN.match(env[name]) else "en"
    return "en"


class Said(str):
    """A sentence of ours: it is in the reader's language already."""

    __slots__ = ()


def say(key: str, /, *, lang: Language | None = None, **params: object) -> str:
    """The sentence of `key` in `lang` (by default the reader's); raises KeyError."""
    english, italian = WORDS[key]
    sentence = italian if (lang or language()) == "it" else english
    return Said(sentence.format_map(params) if params else sentence)


def say_if_known(key: str, default: str, /, *, lang: Language | None = None) -> str:
    """The sentence of `key`, or `default` where a code of others may be new to us."""
    return say(key, lang=lang) if key in WORDS else default
