# SPDX-License-Identifier: Apache-2.0
"""A product's own record: from what was typed, what was said before, and what its maker said.

What is typed wins, then the record that a reissue replaces, then the last step that made
the product. Nothing is invented: where UNTP's passport needs more, it is a product
statement, and what is missing is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from filiera.cli.issuing import Issuer
from filiera.cli.upstream import Found, Upstream
from filiera.cli.words import say
from filiera.errors import InputError
from filiera.model.base import Payload, to_payload
from filiera.model.builders import missing_for_passport, passport, product_statement
from filiera.model.gs1 import ProductId
from filiera.model.links import links_of
from filiera.model.named import Classified, Named
from filiera.model.records import parse_record
from filiera.model.scalars import is_uri
from filiera.model.statement import OwnProduct, Place, RecordType

GTIN_SCHEME: Final = Named("https://id.gs1.org/01", "GS1 GTIN")
HS_SCHEME: Final = Named("https://www.wcoomd.org/en/topics/nomenclature", "Harmonized System 2022")
"""The customs nomenclature: the scheme of a category that names no other."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person said of the product; None where nothing was said."""

    name: str | None = None
    category: Classified | None = None
    place: Place | None = None
    country: str | None = None
    description: str | None = None
    model_number: str | None = None
    production_date: str | None = None


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """The record to be signed, and UNTP's names of what a passport would lack."""

    payload: Payload
    product: OwnProduct
    kind: RecordType
    missing: tuple[str, ...]


def draft_own(
    product: ProductId,
    typed: Typed,
    upstream: Upstream,
    issuer: Issuer,
    predecessor: Found | None,
) -> OwnDraft:
    """The product's own record that lists `upstream`; a reissue keeps what else was said."""
    own = _own_product(product, typed, upstream, predecessor)
    missing = missing_for_passport(own)
    envelope = issuer.envelope(
        f"Passport of {own.name}", predecessor=predecessor.id if predecessor else None
    )
    build = product_statement if missing else passport
    payload = build(envelope, own, links=upstream.links)
    if predecessor is not None:
        payload = _keeping(payload, predecessor)
    kind = RecordType.PRODUCT_STATEMENT if missing else RecordType.DPP
    return OwnDraft(payload, own, kind, missing)


def _own_product(
    product: ProductId, typed: Typed, upstream: Upstream, predecessor: Found | None
) -> OwnProduct:
    said_before = predecessor.statement.said if predecessor else None
    base = said_before if isinstance(said_before, OwnProduct) else _made(product, upstream)
    given: dict[str, Any] = {
        "name": typed.name,
        "categories": (typed.category,) if typed.category else None,
        "place": typed.place,
        "country": typed.country,
        "description": typed.description,
        "model_number": typed.model_number,
        "production_date": typed.production_date,
    }
    return replace(base, **{name: value for name, value in given.items() if value is not None})


def _made(product: ProductId, upstream: Upstream) -> OwnProduct:
    """What the identifier says, and the last step that brought the product forth."""
    made = upstream.maker(product.uri)
    names = [g.name for g in made.outputs if g.product == product.uri] if made else []
    place = made.place if made else None
    return OwnProduct(
        product=product.uri,
        name=names[0] if names else product.label,
        granularity=product.granularity.value if product.granularity else None,
        scheme=GTIN_SCHEME if product.gtin else None,
        place=place,
        country=place.country if place else None,
        batch_number=product.lot,
        item_number=product.serial,
        production_date=made.date[:10] if made else None,
    )


def _keeping(payload: Payload, predecessor: Found) -> Payload:
    """Everything else that the replaced record said of the product, but its old lists."""
    before = predecessor.signed.payload["credentialSubject"]
    kept = {name: value for name, value in before.items() if name != "relatedDocument"}
    documents = [
        link
        for link in before.get("relatedDocument", [])
        if link.get("linkType") not in ("step", "claim")
    ]
    subject = {**kept, **payload["credentialSubject"]}
    listed = [*subject.get("relatedDocument", []), *documents]
    if listed:
        subject["relatedDocument"] = listed
    changed = {**payload, "credentialSubject": subject}
    links_of(changed)
    return to_payload(parse_record(changed))


def typed_category(text: str, scheme: str | None) -> Classified:
    """`611011 Cardigans of wool`: a code and its name, of the customs nomenclature or `scheme`."""
    code, _, name = text.strip().partition(" ")
    if not code or not name.strip():
        raise InputError(
            "usage",
            say("category.malformed", text=text),
            where="--category",
            hint=say("category.hint"),
        )
    return Classified(code, name.strip(), _scheme(scheme) if scheme else HS_SCHEME)


def typed_place(text: str, country: str | None) -> Place:
    """`URI NAME`: a facility by its identifier and its name."""
    uri, name = _uri_name(text, "--facility")
    return Place(id=uri, name=name, country=country)


def _scheme(text: str) -> Named:
    return Named(*_uri_name(text, "--category-scheme"))


def _uri_name(text: str, where: str) -> tuple[str, str]:
    uri, _, name = text.strip().partition(" ")
    if not is_uri(uri):
        raise InputError("usage", say("uri-name.malformed", text=text), where=where)
    return uri, name.strip() or uri
