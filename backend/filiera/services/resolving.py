# SPDX-License-Identifier: Apache-2.0
"""What is stored here of an identified thing: the links that a Digital Link leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from filiera.domain.resolver.links import Holding, Level, named_level, product_level
from filiera.errors import InputError, NotFoundError
from filiera.model.gs1 import ProductId, levels, product_id
from filiera.model.gs1_link import DigitalLink
from filiera.model.links import LinkType
from filiera.model.records import statement_of
from filiera.model.statement import OwnProduct, Statement
from filiera.ports.store import RecordStore, StoredRecord
from filiera.proof.jws import parse_jws, record_id
from filiera.services.passports import Passports

MOST: Final = 100
"""Records that a place or party is linked to, the newest."""


@dataclass(frozen=True, slots=True)
class Resolving:
    """The use case."""

    store: RecordStore
    passports: Passports

    def nearest(self, link: DigitalLink) -> ProductId:
        """The product itself, else its batch, else its model: the first that has a passport.

        Raises `passport-not-found`.
        """
        wanted = product_id(link.uri)
        for product in _from_item_to_model(wanted):
            if self.store.own_records(product.uri):
                return product
        raise NotFoundError(
            "passport-not-found",
            "No passport of this product is here, nor one of its batch or model.",
            where=wanted.uri,
        )

    def links(self, link: DigitalLink) -> list[Level]:
        """Everything that has links, from what is asked for up to its key, the narrowest first.

        Raises `passport-not-found`, or `gln-not-found` for a place or party.
        """
        if link.key != "01":
            return [self._named(DigitalLink(link.key, link.value))]
        self.nearest(link)
        return list(self._products(product_id(link.uri)))

    def _products(self, wanted: ProductId) -> Iterator[Level]:
        for product in _from_item_to_model(wanted):
            try:
                own = self.passports.own_record(product.uri)
            except NotFoundError:
                continue
            yield product_level(product, _holding(product, self.store.get(own)))

    def _named(self, link: DigitalLink) -> Level:
        records = self.store.about([link.uri])[-MOST:]
        found = [(each.id, said.name) for each in records if (said := _statement(each))]
        if not found:
            raise NotFoundError(
                "gln-not-found", "No record here speaks of that place or party.", where=link.uri
            )
        return named_level(link.path, reversed(found))


def _from_item_to_model(wanted: ProductId) -> Iterator[ProductId]:
    """The product and what contains it; each also in the shortest way to name the same.

    A serial number is one of its GTIN's: an item with a lot may have its passport without.
    """
    for product in levels(wanted):
        yield product
        if product.identity != product.uri:
            yield product_id(product.identity)


def _holding(product: ProductId, own: StoredRecord | None) -> Holding:
    statement = _statement(own) if own else None
    if statement is None:
        return Holding(product.label, steps=False, claims=False)
    kinds = {link.kind for link in statement.links}
    said = statement.said
    name = said.name if isinstance(said, OwnProduct) else statement.name
    return Holding(name, LinkType.STEP in kinds, LinkType.CLAIM in kinds)


def _statement(record: StoredRecord) -> Statement | None:
    """What a stored record says, None if its copy is altered or cannot be read."""
    if record_id(record.jws) != record.id:
        return None
    try:
        return statement_of(parse_jws(record.jws).payload)
    except InputError:
        return None
