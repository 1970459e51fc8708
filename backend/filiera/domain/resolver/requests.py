# SPDX-License-Identifier: Apache-2.0
"""What is asked at a Digital Link: its parts, the type of link, what is to be passed on.

GS1-Conformant Resolver 1.0. Any path before the key is read over, so that the server may
stand behind another one's path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from filiera.domain.resolver.links import GS1_TERMS, OUR_TERMS
from filiera.errors import InputError, NotFoundError
from filiera.model.gs1_keys import KEYS
from filiera.model.gs1_link import CANONICAL_HOST, DigitalLink, parse_digital_link

LINKSET: Final = "linkset"
"""The type of link that asks for the list of all."""
PRODUCT_KEYS: Final = ("01",)
NAMED_KEYS: Final = ("414", "417")
"""Keys of places and parties."""
SERVED_KEYS: Final = (*PRODUCT_KEYS, *NAMED_KEYS)

LIKE_COMPRESSED: Final = r"(?=[^/]*[A-Z])(?=[^/]*[a-z])(?=[^/]*[0-9])[A-Za-z0-9_-]{6,}"
"""What looks like a compressed Digital Link though it cannot be read: upper and lower case and
digits mixed, as in base64url."""

_LIKE_COMPRESSED = re.compile(rf"(?:/[0-9]{{2,4}}/[^/]+)*/{LIKE_COMPRESSED}")
_LINKSET_WORDS = ("linkset", "all")  # "all" is what releases before 1.0 called it
_PREFIXES: Final = {
    "gs1:": GS1_TERMS,
    "https://gs1.org/voc/": GS1_TERMS,
    "http://gs1.org/voc/": GS1_TERMS,
    "https://www.gs1.org/voc/": GS1_TERMS,
    "filiera:": OUR_TERMS,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    `link_type` is `LINKSET`, the whole URI of a type of link, or None; `query` is what a
    redirection passes on.
    """

    link: DigitalLink
    link_type: str | None
    query: str


def read_request(path: str, query: str) -> Asked:
    """The request for `path` with `query`, both still escaped, and uncompressed where they can be.

    Raises `gs1-malformed`, `gs1-check-digit` or `gs1-compressed` for what is no Digital Link
    that can be read, and `gs1-key-not-served` for a right one of a thing that has nothing here.
    """
    # A slash more at the end is tolerated, though the syntax has none.
    path = path.removesuffix("/")
    if _LIKE_COMPRESSED.fullmatch(path):
        raise InputError(
            "gs1-compressed",
            f"{path[:80]!r} looks like a compressed Digital Link, but cannot be read as one.",
            hint="Ask for the uncompressed link, or for the number under the bar code.",
        )
    link = parse_digital_link(f"https://{CANONICAL_HOST}{path}?{query}")
    if link.key not in SERVED_KEYS:
        title = KEYS[link.key].title
        raise NotFoundError(
            "gs1-key-not-served",
            f"Nothing is kept here of a {title} (AI {link.key}).",
            where=link.elements,
            hint="Served are products (AI 01), places (AI 414) and parties (AI 417).",
        )
    return Asked(link, _link_type(query), _passed_on(query))


def _link_type(query: str) -> str | None:
    for piece in query.split("&"):
        name, _, value = piece.partition("=")
        if name == "linkType" and value:
            return _relation(unquote(value))
    return None


def _relation(text: str) -> str:
    """The whole URI of a type of link, however it was shortened."""
    if text in _LINKSET_WORDS:
        return LINKSET
    for prefix, namespace in _PREFIXES.items():
        if text.startswith(prefix):
            return namespace + text.removeprefix(prefix)
    return text


def _passed_on(query: str) -> str:
    """The query without `linkType`: that one is an order to this resolver, and is spent.

    Where the link leads to a Digital Link again, it would be obeyed for ever.
    """
    return "&".join(piece for piece in query.split("&") if piece.partition("=")[0] != "linkType")
