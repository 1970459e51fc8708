# SPDX-License-Identifier: Apache-2.0
"""The links of an identified thing, and linksets of them (RFC 9264 section 4.2).

A link leads to a path on this server: `absolute` puts the server's address before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from filiera.model.context import FILIERA_CONTEXT
from filiera.model.gs1 import ProductId
from filiera.model.ids import b64url

GS1_TERMS: Final = "https://ref.gs1.org/voc/"
OUR_TERMS: Final = f"{FILIERA_CONTEXT}#"
PAGE: Final = "text/html"
JSON: Final = "application/json"
LINKSET_JSON: Final = "application/linkset+json"
LANGUAGES: Final = ("en", "it")
"""The languages of our pages."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link: `relation` is its type's whole URI, `path` where it leads on this server.

    The path may end in `#` and a section of the page.

    A link that is the default has neither a media type nor languages.
    """

    relation: str
    path: str
    title: str
    media_type: str | None = None
    languages: tuple[str, ...] = ()

    def target(self, base: str) -> dict[str, Any]:
        """The target object that a linkset has for it, on the server at `base`."""
        said: dict[str, Any] = {"href": absolute(base, self.path), "title": self.title}
        if self.media_type:
            said["type"] = self.media_type
        if self.languages:
            said["hreflang"] = list(self.languages)
        return said


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an identifier (item, batch, model; a place) that has links.

    `path` is its own Digital Link's, `name` what people call it.
    """

    path: str
    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a product's own record says that links depend on."""

    name: str
    steps: bool
    claims: bool


def product_level(product: ProductId, holding: Holding) -> Level:
    """The links of a product that has a passport here."""
    assert product.link is not None
    path = product.link.path
    passport = passport_path(path)
    page = (path, PAGE, LANGUAGES)
    steps, claims = (f"{path}#timeline", *page[1:]), (f"{path}#criteria", *page[1:])
    rows = [
        ("pip", "Digital product passport", *page),
        ("dpp", "Digital product passport, as data", passport, JSON, ()),
        ("dpp", "Digital product passport", *page),
        *([("traceability", "Steps from fibre to shop", *steps)] if holding.steps else ()),
        *([("certificationInfo", "Certificates and claims", *claims)] if holding.claims else ()),
        ("defaultLinkMulti", "Digital product passport", *page),
        ("defaultLinkMulti", "Digital product passport, as data", passport, JSON, ()),
    ]
    links = [
        Link(GS1_TERMS + term, where, title, media, languages)
        for term, title, where, media, languages in rows
    ]
    bundle = Link(
        OUR_TERMS + "bundle", f"{passport}/bundle", "The passport's proof, one file", JSON
    )
    default = Link(GS1_TERMS + "defaultLink", path, "Digital product passport")
    return Level(path, holding.name, (*links, bundle, default))


def named_level(path: str, records: Iterable[tuple[bytes, str]]) -> Level:
    """The links of a place or party: the (id, name) records that speak of it.

    It has no name here: what records call it are its issuers' words.
    """
    links = tuple(
        Link(GS1_TERMS + "traceability", f"/v1/records/{b64url(record)}", name, JSON)
        for record, name in records
    )
    return Level(path, path.removeprefix("/"), links)


def passport_path(path: str) -> str:
    """Where the API has the passport of the product whose Digital Link has `path`."""
    return f"/v1/passports{path}"


def absolute(base: str, path: str) -> str:
    """A path, escaped already, on the server at `base`, which ends without a slash."""
    return base + path


def linkset(levels: Sequence[Level], base: str) -> Mapping[str, Any]:
    """The linkset of all levels, the narrowest first, on the server at `base`."""
    return {"linkset": [_context(level, base) for level in levels]}


def _context(level: Level, base: str) -> Mapping[str, Any]:
    targets: dict[str, list[dict[str, Any]]] = {}
    for link in level.links:
        targets.setdefault(link.relation, []).append(link.target(base))
    return {"anchor": absolute(base, level.path), "itemDescription": level.name, **targets}
