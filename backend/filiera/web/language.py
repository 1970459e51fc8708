# SPDX-License-Identifier: Apache-2.0
"""The reader's language: `?lang=`, else Accept-Language (RFC 9110 section 12.5.4), else Italian.

Nothing is remembered: no cookie, no session. A choice travels in the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.parse import urlencode

from starlette.requests import Request

Language = Literal["it", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
"""The first is the language of a reader who asks for neither."""
PARAMETER: Final = "lang"


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language somebody reads; `chosen` when the address says so itself.

    `asked` are the address's other parameters, as (name, value). Two readers who are equal
    get the same page.
    """

    language: Language
    chosen: bool
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """What a link within the site ends in, so that a choice is kept: `?lang=en` or nothing."""
        return f"?{PARAMETER}={self.language}" if self.chosen else ""

    def link(self, address: str) -> str:
        """An address within the site, with the reader's choice carried along."""
        return address + (self.query.replace("?", "&") if "?" in address else self.query)

    def switch(self, language: Language) -> str:
        """A relative link to the same page in another language: the same path, the same query."""
        return "?" + urlencode([*self.asked, (PARAMETER, language)])


def reader_of(request: Request) -> Reader:
    """The reader of a request."""
    given = request.query_params
    asked = tuple((name, value) for name, value in given.multi_items() if name != PARAMETER)
    chosen = given.get(PARAMETER)
    if chosen in LANGUAGES:
        return Reader(chosen, True, asked)
    return Reader(preferred(request.headers.get("accept-language", "")), False, asked)


def preferred(header: str) -> Language:
    """The language that an Accept-Language header likes best; the first one on a draw."""
    liked = dict.fromkeys(LANGUAGES, 0.0)
    for tag, quality in _ranges(header):
        for language in LANGUAGES:
            if tag == language or tag.startswith(f"{language}-"):
                liked[language] = max(liked[language], quality)
    return max(LANGUAGES, key=lambda language: liked[language])


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """(language range, quality) of each; what cannot be read is left out."""
    for part in header.lower().split(","):
        tag, _, rest = part.strip().partition(";")
        name, _, value = rest.strip().partition("=")
        try:
            yield tag.strip(), float(value) if name.strip() == "q" else 1.0
        except ValueError:
            continue
