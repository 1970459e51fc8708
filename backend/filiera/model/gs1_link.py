# SPDX-License-Identifier: Apache-2.0
"""GS1 Digital Link URIs, read and written (GS1 Digital Link: URI Syntax, release 1.5).

Any host and path prefix is read; what is written is the canonical form on id.gs1.org
(section 4.12), without data attributes. Compressed URIs are read by `gs1_compressed`, the
word keys of older releases (`/gtin/…/lot/…`) not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from filiera.model.gs1_attributes import attributes_of
from filiera.model.gs1_keys import KEYS, check_key, check_qualifier, malformed

CANONICAL_HOST: Final = "id.gs1.org"
MAX_URI: Final = 2_048
"""Characters of a URI that is read at all."""

_URI = re.compile(
    r"(?:https?|HTTPS?)://"
    r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"
    r"(?P<path>/[A-Za-z0-9._~:/@!$&'()*+,;=%-]*)"
    r"(?:\?(?P<query>[A-Za-z0-9._~:/?@!$&'()*+,;=%-]*))?"
    r"(?:#[A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?"
)
_WEB = re.compile(r"https?://(?P<host>[^/?#]+)(?P<path>/[^?#]*)", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
# A telling key with most of a number behind it: meant as a Digital Link, right or wrong.
_MEANT = re.compile(
    rf"/(?:{'|'.join(ai for ai, key in KEYS.items() if key.telling)})/+[0-9]{{8,}}", re.ASCII
)


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """A GS1 key with its qualifiers, and the data attributes that came with it.

    `qualifiers` and `attributes` are (AI, value) in the order of the URI. Attributes
    describe; they are no part of what is identified.
    """

    key: str
    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """The canonical URI's path: only unreserved characters unescaped."""
        pairs = ((self.key, self.value), *self.qualifiers)
        return "".join(f"/{ai}/{quote(value, safe='')}" for ai, value in pairs)

    @property
    def uri(self) -> str:
        """The canonical URI, on id.gs1.org."""
        return f"https://{CANONICAL_HOST}{self.path}"

    @property
    def elements(self) -> str:
        """The element string for people, `(01)…(10)…(21)…`, without what only describes."""
        pairs = ((self.key, self.value), *self.qualifiers)
        return "".join(f"({ai}){value}" for ai, value in pairs)

    def qualifier(self, ai: str) -> str | None:
        """The value of one qualifier, None if there is none."""
        return dict(self.qualifiers).get(ai)


def digital_link(key: str, value: str, *qualifiers: tuple[str, str]) -> DigitalLink:
    """A checked link from its parts; raises `gs1-malformed` or `gs1-check-digit`."""
    check_key(key, value)
    _check_sequence(key, tuple(ai for ai, _ in qualifiers))
    for ai, text in qualifiers:
        check_qualifier(ai, text)
    return DigitalLink(key, value, qualifiers)


def parse_digital_link(uri: str) -> DigitalLink:
    """The key, qualifiers and attributes of an uncompressed Digital Link URI.

    Raises `gs1-malformed` for anything else, `gs1-check-digit` for a wrong check digit.
    """
    match = _URI.fullmatch(uri) if len(uri) <= MAX_URI else None
    if match is None:
        raise malformed(f"{uri[:80]!r} is not a GS1 Digital Link URI.")
    pairs = _pairs(match["path"])
    link = digital_link(*pairs[0], *pairs[1:])
    taken = {ai for ai, _ in pairs}
    attributes = attributes_of(_query(match["query"] or ""), taken)
    return DigitalLink(link.key, link.value, link.qualifiers, attributes)


def find_digital_link(uri: str) -> DigitalLink | None:
    """The Digital Link that an absolute URI is meant to be, None for any other URI.

    Meant are all URIs on id.gs1.org, and those on other hosts that have a numeric key
    followed by at least eight digits: those must be right. Raises as `parse_digital_link`.
    """
    match = _WEB.match(uri)
    if match is None or not (
        match["host"].lower() == CANONICAL_HOST or _MEANT.search(match["path"])
    ):
        return None
    return parse_digital_link(uri)


def _pairs(path: str) -> list[tuple[str, str]]:
    """(AI, value) from the primary key on: the last pair of segments whose first is a key."""
    segments = path.split("/")[1:]
    for start in range(len(segments) - 2, -1, -2):
        if segments[start] in KEYS:
            chosen = segments[start:]
            return [
                (ai, unescape(value)) for ai, value in zip(chosen[::2], chosen[1::2], strict=True)
            ]
    raise malformed(f"The path {path[:80]!r} holds no GS1 key followed by a value.")


def _query(query: str) -> Iterator[tuple[str, str]]:
    for piece in re.split("[&;]", query):
        name, equals, value = piece.partition("=")
        if equals:
            yield name, unescape(value.replace("+", " "))


def unescape(text: str) -> str:
    """Percent-escapes undone, each by itself: GS1 values are ASCII (RFC 3986 section 2.1)."""
    if "%" in _ESCAPE.sub("", text):
        raise malformed(f"{text[:40]!r} has a % that escapes nothing.")
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)


def _check_sequence(key: str, qualifiers: tuple[str, ...]) -> None:
    for sequence in KEYS[key].qualifiers or ((),):
        expected = iter(sequence)
        if all(ai in expected for ai in qualifiers):
            return
    allowed = " or ".join(", ".join(sequence) for sequence in KEYS[key].qualifiers) or "nothing"
    raise malformed(
        f"AI {key} cannot be followed by {', '.join(qualifiers)}: only {allowed}, in that order."
    )
