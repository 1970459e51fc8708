# SPDX-License-Identifier: Apache-2.0
"""What the builders promise: valid payloads that say what they were told, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from filiera.errors import InputError
from filiera.model import builders
from filiera.model.activities import activity
from filiera.model.base import to_payload
from filiera.model.context import FILIERA_CONTEXT
from filiera.model.links import LinkType
from filiera.model.records import parse_record, statement_of
from filiera.model.statement import Capacity, Claim, Goods, Identity, OwnProduct, Step
from tests.model import samples


@pytest.mark.parametrize("kind", samples.BUILT)
def test_a_built_payload_survives_json_and_the_model_unchanged(kind: str) -> None:
    payload = samples.BUILT[kind]()
    text = json.dumps(payload, default=_exact)
    assert json.loads(text, parse_float=Decimal) == payload
    assert to_payload(parse_record(payload)) == payload


def _exact(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)


def test_a_make_says_what_it_was_told() -> None:
    statement = statement_of(samples.make())
    step = statement.said
    assert isinstance(step, Step)
    assert (step.inputs, step.outputs) == ((samples.WOOL,), (samples.YARN,))
    assert (step.kind, step.place, step.origin) == ("make", samples.MILL, None)
    assert step.date == "2026-02-28T17:30:00.250+01:00"
    assert statement.capacity is Capacity.PRODUCER
    assert statement.products == (samples.WOOL.product, samples.YARN.product)
    assert [(link.kind, link.digest) for link in statement.links] == [
        (LinkType.INPUT, samples.RECORD),
        (LinkType.DOCUMENT, samples.FILE),
    ]


def test_in_a_move_the_same_goods_leave_and_arrive() -> None:
    step = statement_of(samples.move()).said
    assert isinstance(step, Step)
    assert step.inputs == step.outputs == (samples.YARN,)
    assert (step.place, step.origin, step.destination) == (None, samples.MILL, samples.SHOP)


def test_an_imported_step_needs_an_importer() -> None:
    statement = statement_of(samples.modify())
    assert statement.capacity is Capacity.IMPORTER
    assert statement.stated_by is not None
    assert statement.stated_by.id == samples.GLN


def test_a_passport_says_what_it_was_told() -> None:
    statement = statement_of(samples.passport())
    assert statement.said == samples.SWEATER
    assert [link.kind for link in statement.links] == [LinkType.STEP, LinkType.CLAIM]


def test_a_reissue_names_its_predecessor() -> None:
    statement = statement_of(samples.product_statement())
    assert statement.predecessor == samples.RECORD
    assert statement.links == ()
    assert isinstance(statement.said, OwnProduct)


def test_a_self_declaration_is_the_producers_and_a_certificate_the_certifiers() -> None:
    declared = statement_of(samples.self_declaration())
    certified = statement_of(samples.certificate())
    assert (declared.capacity, certified.capacity) == (Capacity.PRODUCER, Capacity.CERTIFIER)
    assert isinstance(declared.said, Claim)
    assert isinstance(certified.said, Claim)
    assert [criterion.code for criterion in declared.said.criteria] == [
        "short-supply-chain",
        "quality-of-work",
    ]
    assert certified.said.certificate_number == "CERT-2026-0007"
    assert certified.said.scheme.id == "https://example.org/scheme"
    assert certified.said.products[0].id == samples.YARN.product


def test_an_identity_says_what_it_was_told() -> None:
    statement = statement_of(samples.identity())
    assert isinstance(statement.said, Identity)
    assert statement.said.registered_name == "Filatura Campione"
    assert statement.subject == "did:pkh:eip155:952952:0x" + "ef" * 20
    assert statement.capacity is Capacity.ASSOCIATION


@pytest.mark.parametrize(
    ("kind", "ours"),
    [("make", False), ("modify", True), ("product statement", True), ("certificate", True)],
)
def test_our_context_is_there_exactly_when_our_terms_are(kind: str, ours: bool) -> None:
    assert (FILIERA_CONTEXT in samples.BUILT[kind]()["@context"]) is ours


def test_what_a_passport_lacks_is_named() -> None:
    assert builders.missing_for_passport(samples.SWEATER) == ()
    assert builders.missing_for_passport(OwnProduct("urn:x:1", "1", granularity="item")) == (
        "idScheme",
        "productCategory",
        "producedAtFacility",
        "countryOfProduction",
    )


def test_goods_without_granularity_are_refused_with_the_path_of_what_lacks() -> None:
    with pytest.raises(InputError) as refusal:
        builders.make_event(
            samples.envelope(),
            date="2026-02-28T17:30:00Z",
            activity=activity("spinning"),
            inputs=[Goods("urn:example:wool", "Wool")],
            outputs=[samples.YARN],
            place=samples.MILL,
        )
    assert refusal.value.code == "record-schema"
    assert refusal.value.where == "credentialSubject[0].inputProduct[0].product.idGranularity"
