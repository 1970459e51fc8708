# SPDX-License-Identifier: Apache-2.0
"""Reading any signed payload: the one error, and the same answer as acceptance gives."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model import builders
from filiera.model.activities import activity
from filiera.model.base import Payload, to_payload
from filiera.model.criteria import CRITERIA, CriterionCode, criterion_code
from filiera.model.records import parse_record, statement_of
from filiera.model.statement import Amount, Capacity, Claim, Goods, Place, Step
from filiera.proof.encoding import dump_json, parse_json
from tests.model import samples

Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


PLACES = [(kind, path) for kind, make in samples.BUILT.items() for path in places(make())]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "type", "name", "linkURL", "value"]), inner)
    ),
    max_leaves=6,
)


def with_other(kind: str, path: Path, other: Any) -> Payload:
    payload = copy.deepcopy(samples.BUILT[kind]())
    container: Any = payload
    for key in path[:-1]:
        container = container[key]
    container[path[-1]] = other
    return payload


@given(st.sampled_from(PLACES), ANYTHING)
def test_a_strange_payload_raises_an_input_error_and_nothing_else(
    place: tuple[str, Path], other: Any
) -> None:
    payload = with_other(*place, other)
    for read in (statement_of, parse_record):
        try:
            read(payload)
        except InputError as error:
            assert error.message  # noqa: PT017


@given(st.sampled_from(PLACES), ANYTHING)
def test_what_acceptance_takes_can_always_be_read(place: tuple[str, Path], other: Any) -> None:
    payload = with_other(*place, other)
    try:
        parse_record(payload)
    except InputError:
        return
    statement_of(payload)


NAMES = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=40)
URIS = st.from_regex(r"urn:[a-z]{2,8}:[A-Za-z0-9.~_-]{1,30}", fullmatch=True)
AMOUNTS = st.builds(
    Amount,
    st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False),
    st.sampled_from(["KGM", "C62", "MTR"]),
)
GOODS = st.builds(
    Goods, URIS, NAMES, st.sampled_from(["model", "batch", "item"]), st.none() | AMOUNTS
)
PLACE = st.builds(Place, URIS, NAMES, st.none() | st.just("IT")) | st.builds(
    Place, URIS, NAMES, st.just("IT"), NAMES, NAMES, NAMES, NAMES
)


@given(st.lists(GOODS, max_size=4), st.lists(GOODS, max_size=4), PLACE)
def test_a_step_survives_building_writing_reading_and_parsing(
    inputs: list[Goods], outputs: list[Goods], place: Place
) -> None:
    payload = builders.make_event(
        samples.envelope(),
        date="2026-02-28T17:30:00+01:00",
        activity=activity("knitting"),
        inputs=inputs,
        outputs=outputs,
        place=place,
    )
    read = parse_json(dump_json(payload))
    assert read == payload
    assert to_payload(parse_record(read)) == payload
    assert parse_record(to_payload(parse_record(read))) == parse_record(read)
    step = statement_of(read).said
    assert isinstance(step, Step)
    assert (step.inputs, step.outputs, step.place) == (tuple(inputs), tuple(outputs), place)


def changed(kind: str, **members: Any) -> Payload:
    payload = samples.BUILT[kind]()
    payload["credentialSubject"] |= members
    return payload


@pytest.mark.parametrize(
    "members",
    [
        {"assessorLevel": "3rdParty"},
        {"attestationType": "certification"},
        {"issuedToParty": {"id": "did:web:other.example", "name": "Other"}},
    ],
)
def test_only_a_declaration_by_and_for_the_issuer_itself_is_self_declared(
    members: Payload,
) -> None:
    statement = statement_of(changed("self-declaration", **members))
    assert isinstance(statement.said, Claim)
    assert not statement.said.self_declared
    assert statement.capacity is Capacity.CERTIFIER


@pytest.mark.parametrize("kind", ["passport", "certificate", "self-declaration", "identity"])
def test_nobody_may_import_what_is_not_a_step_or_a_product_statement(kind: str) -> None:
    payload = samples.BUILT[kind]() | {"statedBy": {"id": samples.GLN}}
    assert statement_of(payload).capacity is None


def test_a_claim_against_which_one_assessment_found_does_not_conform() -> None:
    payload = samples.certificate()
    assessments = payload["credentialSubject"]["conformityAssessment"]
    assessments.append(assessments[0] | {"conformance": False})
    said = statement_of(payload).said
    assert isinstance(said, Claim)
    assert said.conformance is False
    for assessment in assessments:
        del assessment["conformance"]
    said = statement_of(payload).said
    assert isinstance(said, Claim)
    assert said.conformance is None


def test_a_criterion_of_another_scheme_has_no_code_of_ours() -> None:
    payload = samples.certificate()
    (assessment,) = payload["credentialSubject"]["conformityAssessment"]
    assessment["assessmentCriteria"].append({"id": "https://example.org/c/1", "name": "Theirs"})
    said = statement_of(payload).said
    assert isinstance(said, Claim)
    assert [item.code for item in said.criteria] == [CriterionCode.CHEMICAL_EVIDENCE, None]


def test_every_criterion_is_found_again_by_its_identifier() -> None:
    assert set(CRITERIA) == set(CriterionCode)
    for code, criterion in CRITERIA.items():
        assert criterion_code(criterion.reference.id) is code


@pytest.mark.parametrize("types", [["LifecycleEvent"], ["MakeEvent", "ModifyEvent"]])
def test_a_step_of_no_one_kind_cannot_be_read(types: list[str]) -> None:
    payload = samples.make()
    payload["credentialSubject"][0]["type"] = types
    with pytest.raises(InputError, match="exactly one of MakeEvent") as refusal:
        statement_of(payload)
    assert refusal.value.where == "credentialSubject[0].type"


def test_a_place_is_known_as_far_as_the_record_says() -> None:
    payload = samples.make()
    payload["credentialSubject"][0]["madeAtFacility"] = {"id": samples.GLN, "name": "Mill"}
    said = statement_of(payload).said
    assert isinstance(said, Step)
    assert said.place == Place(samples.GLN, "Mill")


def test_a_quantity_is_read_as_a_decimal() -> None:
    said = statement_of(samples.make()).said
    assert isinstance(said, Step)
    assert said.outputs[0].quantity == Amount(Decimal("12.50"), "KGM")
