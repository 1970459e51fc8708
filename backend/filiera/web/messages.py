# SPDX-License-Identifier: Apache-2.0
"""The catalogues: English is written in place, every other language in `locale/…/web.po`.

The text catalogue is what is kept and read; nothing compiled is. `python -m
scripts.messages` brings it up to date with the templates and tables.
"""

from __future__ import annotations

from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from filiera.web.language import Language

HERE: Final = Path(__file__).parent
DOMAIN: Final = "web"
SOURCE: Final[Language] = "en"
"""The language that messages are written in."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """A message of a table: marked here for the catalogue, translated where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as above
    """A message with its plural; `%(num)s` in it is the number."""
    return one, many


def catalogue(language: Language) -> Path:
    """Where the messages of a language are kept."""
    return HERE / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def translations(language: Language) -> NullTranslations:
    """The messages of a language, as gettext reads them."""
    if language == SOURCE:
        return NullTranslations()
    with catalogue(language).open("rb") as file:
        read = read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
