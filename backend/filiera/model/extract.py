# SPDX-License-Identifier: Apache-2.0
"""Where UNTP keeps what a statement says: one reader for each kind of credentialSubject.

Each takes the record's root and raises InputError (`record-schema`, `instant-malformed`)
if what it needs is missing or of the wrong JSON type. It asks for nothing else: a verifier
reads records that no schema was enforced on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from filiera.errors import InputError
from filiera.model.criteria import criterion_code
from filiera.model.named import Classified, Named
from filiera.model.reading import Node
from filiera.model.statement import (
    Amount,
    Claim,
    Goods,
    Identity,
    Ingredient,
    OwnProduct,
    PartyInRole,
    Place,
    StatedCriterion,
    Step,
    StepKind,
)
from filiera.model.times import parse_instant

T = TypeVar("T")

_KINDS: Final = {
    "MakeEvent": StepKind.MAKE,
    "MoveEvent": StepKind.MOVE,
    "ModifyEvent": StepKind.MODIFY,
}


# Place's own names for the members of UNTP's Address.
ADDRESS: Final = {
    "street": "streetAddress",
    "postal_code": "postalCode",
    "locality": "addressLocality",
    "region": "addressRegion",
}


def read_step(root: Node) -> Step:
    """The one event of a traceability event credential."""
    event = only_event(root)
    kind = _step_kind(event)
    date = event.text("eventDate")
    parse_instant(date, where=event.where("eventDate"))
    inputs, outputs, places = _GOODS_AND_PLACES[kind](event)
    return Step(
        event=event.text("id"),
        kind=kind,
        name=event.text("name"),
        date=date,
        activity=_classified(event.node("activityType")),
        inputs=inputs,
        outputs=outputs,
        parties=tuple(_party_in_role(node) for node in event.maybe_nodes("relatedParty")),
        description=event.maybe_text("description"),
        **places,
    )


def only_event(root: Node) -> Node:
    """The single element of the credentialSubject; raises `record-schema` for any other number."""
    events = root.nodes("credentialSubject")
    if len(events) != 1:
        raise InputError(
            "record-schema",
            f"credentialSubject must hold exactly one event, not {len(events)}.",
            where="credentialSubject",
        )
    return events[0]


def _step_kind(event: Node) -> StepKind:
    named = {_KINDS[name] for name in event.texts("type") if name in _KINDS}
    if len(named) != 1:
        where = event.where("type")
        raise InputError(
            "record-schema", f"{where} must name exactly one of {', '.join(_KINDS)}.", where=where
        )
    return named.pop()


_Parts = tuple[tuple[Goods, ...], tuple[Goods, ...], dict[str, Place]]


def _make(event: Node) -> _Parts:
    place = _place(event.node("madeAtFacility"))
    return _goods(event, "inputProduct"), _goods(event, "outputProduct"), {"place": place}


def _move(event: Node) -> _Parts:
    goods = _goods(event, "movedProduct")
    origin, destination = _place(event.node("fromFacility")), _place(event.node("toFacility"))
    return goods, goods, {"origin": origin, "destination": destination}


def _modify(event: Node) -> _Parts:
    goods = _goods(event, "modifiedProduct")
    return goods, goods, {"place": _place(event.node("modifiedAtFacility"))}


_GOODS_AND_PLACES: Final[dict[StepKind, Callable[[Node], _Parts]]] = {
    StepKind.MAKE: _make,
    StepKind.MOVE: _move,
    StepKind.MODIFY: _modify,
}


def _goods(event: Node, name: str) -> tuple[Goods, ...]:
    return tuple(_one_goods(node) for node in event.nodes(name))


def _one_goods(node: Node) -> Goods:
    product, quantity = node.node("product"), node.maybe_node("quantity")
    return Goods(
        product=product.text("id"),
        name=product.text("name"),
        granularity=product.maybe_text("idGranularity"),
        quantity=Amount(quantity.number("value"), quantity.text("unit")) if quantity else None,
    )


def _place(node: Node) -> Place:
    address = node.maybe_node("address")
    country = node.maybe_node("countryOfOperation")
    if country is None and address is not None:
        country = address.maybe_node("addressCountry")
    return Place(
        id=node.text("id"),
        name=node.text("name"),
        country=country.maybe_text("countryCode") if country else None,
        **{name: address.maybe_text(member) for name, member in ADDRESS.items()} if address else {},
    )


def _classified(node: Node) -> Classified:
    scheme = Named(node.text("schemeId"), node.text("schemeName"))
    return Classified(node.text("code"), node.text("name"), scheme)


def _named(node: Node) -> Named:
    return Named(node.text("id"), node.text("name"))


def _party_in_role(node: Node) -> PartyInRole:
    return PartyInRole(node.text("role"), _named(node.node("party")))


def read_claim(root: Node) -> Claim:
    """The attestation of a conformity credential."""
    subject = root.node("credentialSubject")
    assessments = subject.maybe_nodes("conformityAssessment")
    party = _named(subject.node("issuedToParty"))
    return Claim(
        attestation=subject.text("id"),
        name=subject.text("name"),
        self_declared=_is_self_declared(subject, party.id, root.node("issuer").text("id")),
        scheme=_named(subject.node("referenceScheme")),
        party=party,
        certificate_number=subject.maybe_text("certificateNumber"),
        criteria=_distinct(
            StatedCriterion(node.text("id"), node.text("name"), criterion_code(node.text("id")))
            for assessment in assessments
            for node in assessment.nodes("assessmentCriteria")
        ),
        products=_assessed(assessments, "assessedProduct", "product"),
        facilities=_assessed(assessments, "assessedFacility", "facility"),
        conformance=_conformance(assessments),
    )


def _is_self_declared(subject: Node, party: str, issuer: str) -> bool:
    """Assessed by itself, as a declaration, issued to the issuer."""
    words = (subject.text("assessorLevel"), subject.text("attestationType"))
    return words == ("self", "declaration") and party == issuer


def _assessed(assessments: tuple[Node, ...], name: str, member: str) -> tuple[Named, ...]:
    return _distinct(
        _named(node.node(member))
        for assessment in assessments
        for node in assessment.maybe_nodes(name)
    )


def _conformance(assessments: tuple[Node, ...]) -> bool | None:
    stated = [node.value["conformance"] for node in assessments if "conformance" in node.value]
    return all(value is True for value in stated) if stated else None


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def read_product(root: Node) -> OwnProduct:
    """The product of a passport or product statement."""
    subject = root.node("credentialSubject")
    scheme, place = subject.maybe_node("idScheme"), subject.maybe_node("producedAtFacility")
    country = subject.maybe_node("countryOfProduction")
    return OwnProduct(
        product=subject.text("id"),
        name=subject.text("name"),
        granularity=subject.maybe_text("idGranularity"),
        scheme=_named(scheme) if scheme else None,
        categories=tuple(_classified(node) for node in subject.maybe_nodes("productCategory")),
        place=_place(place) if place else None,
        country=country.text("countryCode") if country else None,
        description=subject.maybe_text("description"),
        model_number=subject.maybe_text("modelNumber"),
        batch_number=subject.maybe_text("batchNumber"),
        item_number=subject.maybe_text("itemNumber"),
        production_date=subject.maybe_text("productionDate"),
        materials=tuple(_ingredient(node) for node in subject.maybe_nodes("materialProvenance")),
        parties=tuple(_party_in_role(node) for node in subject.maybe_nodes("relatedParty")),
    )


def _ingredient(node: Node) -> Ingredient:
    recycled = "recycledMassFraction"
    return Ingredient(
        name=node.text("name"),
        country=node.node("originCountry").text("countryCode"),
        kind=_classified(node.node("materialType")),
        share=node.number("massFraction"),
        recycled=node.number(recycled) if recycled in node.value else None,
    )


def read_identity(root: Node) -> Identity:
    """The register entry of an identity record."""
    subject = root.node("credentialSubject")
    return Identity(
        did=subject.text("id"),
        registered_name=subject.text("registeredName"),
        registered_id=subject.text("registeredId"),
        scheme=_named(subject.node("idScheme")),
        register_type=subject.text("registerType"),
    )
