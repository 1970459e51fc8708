# SPDX-License-Identifier: Apache-2.0
"""What answers a request: a page, a redirection, or the list of links.

GS1-Conformant Resolver 1.0. A product's page stands at its Digital Link, so the default
link of one with its own passport is answered on the spot; everything else is redirected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filiera.domain.negotiation import preferred
from filiera.domain.resolver.links import (
    GS1_TERMS,
    JSON,
    LINKSET_JSON,
    PAGE,
    Level,
    Link,
    absolute,
    linkset,
)
from filiera.domain.resolver.requests import LINKSET, NAMED_KEYS, Asked
from filiera.errors import NotFoundError

_OFFERED = (PAGE, JSON, LINKSET_JSON)
_DEFAULTS = GS1_TERMS + "defaultLinkMulti"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A redirection: the absolute URL, the query passed on."""

    location: str


@dataclass(frozen=True, slots=True)
class Links:
    """The list of links, as JSON."""

    body: Mapping[str, Any]


def wants_page(asked: Asked, accept: str) -> bool:
    """Whether a client that accepts `accept` is to get the default link, a product's page.

    So it is unless the request says that something else is a better match.
    """
    other = asked.link_type is not None or asked.link.key in NAMED_KEYS
    return not other and preferred(accept, _OFFERED) in (PAGE, None)


def leading_to(asked: Asked, path: str, base: str) -> Elsewhere:
    """A redirection to a path on the server at `base`, with the query of the request."""
    query = f"?{asked.query}" if asked.query else ""
    before, hash_sign, section = path.partition("#")
    return Elsewhere(f"{absolute(base, before)}{query}{hash_sign}{section}")


def answer(asked: Asked, levels: Sequence[Level], accept: str, base: str) -> Elsewhere | Links:
    """What answers a request that is not for a page, on the server at `base`.

    `levels` are those with links, the narrowest first, at least one. Raises
    `link-type-not-found` for a type of link that none of them has.
    """
    if asked.link_type not in (None, LINKSET):
        return leading_to(asked, _of_type(str(asked.link_type), levels, accept).path, base)
    wants_data = preferred(accept, _OFFERED) == JSON and asked.link_type is None
    if wants_data and asked.link.key not in NAMED_KEYS:
        return leading_to(asked, _of_type(_DEFAULTS, levels, accept).path, base)
    return Links(linkset(levels, base))


def _of_type(relation: str, levels: Sequence[Level], accept: str) -> Link:
    """The link of that type nearest to what was asked for."""
    for level in levels:
        found = _typed(level, relation)
        if found:
            return _best(found, accept)
    known = dict.fromkeys(_short(link.relation) for level in levels for link in level.links)
    raise NotFoundError(
        "link-type-not-found",
        f"Nothing here is linked as {_short(relation)[:80]}.",
        where="linkType",
        hint=f"There is: {', '.join(known)}, linkset.",
    )


def _typed(level: Level, relation: str) -> list[Link]:
    return [link for link in level.links if link.relation == relation]


def _best(links: Sequence[Link], accept: str) -> Link:
    """The one whose media type the client likes best, else the first."""
    liked = preferred(accept, _media_types(links))
    return next((link for link in links if liked and link.media_type == liked), links[0])


def _media_types(links: Iterable[Link]) -> list[str]:
    return [link.media_type for link in links if link.media_type]


def _short(relation: str) -> str:
    return f"gs1:{relation[len(GS1_TERMS) :]}" if relation.startswith(GS1_TERMS) else relation
