# SPDX-License-Identifier: Apache-2.0
"""Which places and parties a statement speaks of, by their GLN."""

from __future__ import annotations

from collections.abc import Iterator

from filiera.errors import InputError
from filiera.model.gs1 import gln_uri
from filiera.model.statement import Claim, OwnProduct, Statement, Step


def glns(statement: Statement) -> tuple[str, ...]:
    """The canonical URIs, each once, of the GLNs (AI 414 and 417) that a statement names.

    What extends a GLN, a dock or a room, is left out; other identifiers are passed over.
    """
    found = dict.fromkeys(filter(None, map(_gln, _named(statement))))
    return tuple(uri for uri in found if uri is not None)


def _named(statement: Statement) -> Iterator[str]:
    said = statement.said
    if isinstance(said, Step):
        yield from (each.id for each in (said.place, said.origin, said.destination) if each)
    if isinstance(said, OwnProduct) and said.place is not None:
        yield said.place.id
    if isinstance(said, Step | OwnProduct):
        yield from (each.party.id for each in said.parties)
    if isinstance(said, Claim):
        yield from (each.id for each in (said.party, *said.facilities))
    if statement.stated_by is not None:
        yield statement.stated_by.id


def _gln(uri: str) -> str | None:
    try:
        return gln_uri(uri)
    except InputError:
        return None
