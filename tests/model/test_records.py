# SPDX-License-Identifier: Apache-2.0
"""What acceptance asks of a record: every rule of its type, and a refusal that can be acted on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.conformity import DigitalConformityCredential
from filiera.model.context import FILIERA_CONTEXT, UNTP_CONTEXT, VC_CONTEXT
from filiera.model.event import DigitalTraceabilityEvent
from filiera.model.product import ProductStatement
from filiera.model.records import (
    RECORDS,
    check_event_date,
    checked_statement,
    parse_record,
    record_type,
)
from filiera.model.statement import RecordType
from filiera.model.times import parse_instant, unix_seconds
from tests.model import samples


def refusal(payload: Payload) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_record(payload)
    return caught.value


def refused(payload: Payload) -> tuple[str, str | None]:
    error = refusal(payload)
    return error.code, error.where


def event(payload: Payload) -> Payload:
    found = payload["credentialSubject"][0]
    assert isinstance(found, dict)
    return found


def test_every_type_of_record_is_in_the_table() -> None:
    assert set(RECORDS) == set(RecordType)


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("make", DigitalTraceabilityEvent),
        ("certificate", DigitalConformityCredential),
        ("product statement", ProductStatement),
    ],
)
def test_a_record_is_parsed_as_its_own_type(kind: str, model: type) -> None:
    assert type(parse_record(samples.BUILT[kind]())) is model


@pytest.mark.parametrize(
    "types",
    [
        None,
        "DigitalProductPassport",
        [],
        ["VerifiableCredential"],
        ["DigitalProductPassport"],
        ["VerifiableCredential", "DigitalFacilityRecord"],
        ["VerifiableCredential", "DigitalProductPassport", "ProductStatement"],
        ["VerifiableCredential", {"DigitalProductPassport": 1}],
        {"DigitalProductPassport": "VerifiableCredential"},
    ],
)
def test_a_record_names_exactly_one_type_that_is_known(types: Any) -> None:
    assert refused(samples.passport() | {"type": types}) == ("record-type", "type")


def test_further_types_beside_the_known_one_are_lawful() -> None:
    types = ["ExamplePassport", "VerifiableCredential", "DigitalProductPassport"]
    assert record_type(samples.passport() | {"type": types}) is RecordType.DPP


@pytest.mark.parametrize("count", [0, 2])
def test_a_step_is_exactly_one_event(count: int) -> None:
    payload = samples.make()
    payload["credentialSubject"] *= count
    error = refusal(payload)
    assert error.message == f"credentialSubject must hold exactly one event, not {count}."
    assert (error.code, error.where) == ("record-schema", "credentialSubject")


@pytest.mark.parametrize(
    "types", [[], ["LifecycleEvent"], ["MakeEvent", "MoveEvent", "LifecycleEvent"], "MakeEvent"]
)
def test_an_event_names_exactly_one_kind(types: Any) -> None:
    payload = samples.make()
    event(payload)["type"] = types
    error = refusal(payload)
    assert (error.code, error.where) == ("record-schema", "credentialSubject[0]")
    assert "exactly one of MakeEvent, MoveEvent and ModifyEvent" in error.message


@pytest.mark.parametrize(
    "member",
    ["credentialStatus", "renderMethod", "proof", "_sd", "_sd_alg", "...", "exp", "iss", "vc"],
)
def test_members_that_would_say_a_thing_twice_or_unseen_are_refused(member: str) -> None:
    assert refused(samples.make() | {member: {"x": "y"}}) == ("record-member-refused", member)


@pytest.mark.parametrize("member", ["_sd", "_sd_alg", "..."])
def test_withheld_members_are_refused_at_any_depth(member: str) -> None:
    payload = samples.certificate()
    payload["credentialSubject"]["conformityAssessment"][0]["x"] = [{member: []}]
    where = f"credentialSubject.conformityAssessment[0].x[0].{member}"
    assert refused(payload) == ("record-member-refused", where)


@pytest.mark.parametrize("place", ["name", "ofNoSchema"])
def test_null_is_refused_for_what_is_unknown_is_left_out(place: str) -> None:
    assert refused(samples.make() | {place: None}) == ("record-member-refused", place)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-03-01T08:00:00", "instant-malformed"),
        ("2026-03-01", "instant-malformed"),
        ("2026-02-30T08:00:00Z", "instant-malformed"),
        (20260301, "record-schema"),
    ],
)
def test_an_instant_without_a_zone_is_refused(text: Any, code: str) -> None:
    payload = samples.make()
    event(payload)["eventDate"] = text
    assert refused(payload) == (code, "credentialSubject[0].eventDate")
    assert refused(samples.make() | {"validFrom": text}) == (code, "validFrom")


def test_a_day_that_no_calendar_has_is_refused() -> None:
    payload = samples.identity()
    payload["credentialSubject"]["registeredDate"] = "2026-02-30"
    assert refused(payload) == ("date-malformed", "credentialSubject.registeredDate")


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    payload = samples.make() | {"validUntil": "2026-03-01T07:00:00Z"}
    assert refused(payload) == ("record-schema", "validUntil")


NOT_NUMBERS = [True, "12", 1.5, [1]]
TOO_LONG = [
    Decimal("1.234567890123456"),
    Decimal("1e16"),
    Decimal("1e-16"),
    Decimal("NaN"),
    Decimal("Infinity"),
    2**53,
]


@pytest.mark.parametrize("value", NOT_NUMBERS + TOO_LONG)
def test_a_quantity_is_a_decimal_of_at_most_fifteen_digits(value: Any) -> None:
    payload = samples.make()
    event(payload)["inputProduct"][0]["quantity"]["value"] = value
    code = "number-malformed" if value in TOO_LONG and value != 1 else "record-schema"
    assert refused(payload) == (code, "credentialSubject[0].inputProduct[0].quantity.value")


@pytest.mark.parametrize("value", [0, 14, Decimal("0.000000000000001"), Decimal("1.50000000")])
def test_a_quantity_keeps_the_digits_that_were_signed(value: Any) -> None:
    payload = samples.make()
    event(payload)["inputProduct"][0]["quantity"]["value"] = value
    parsed: Any = parse_record(payload)
    kept = parsed.credential_subject[0].input_product[0].quantity.value
    assert (type(kept), str(kept)) == (type(value), str(value))


def test_matter_is_never_negative_and_a_share_never_more_than_all() -> None:
    payload = samples.make()
    event(payload)["outputProduct"][0]["quantity"]["value"] = -1
    assert refused(payload)[1] == "credentialSubject[0].outputProduct[0].quantity.value"
    payload = samples.passport()
    payload["credentialSubject"]["materialProvenance"][0]["massFraction"] = Decimal("1.01")
    assert refused(payload)[1] == "credentialSubject.materialProvenance[0].massFraction"


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "example.org/x",
        "//example.org",
        "/x",
        "https://exa mple.org",
        "https://example.org/\u00e9",
        "https://example.org/%zz",
        "https://example.org/#a#b",
        "https://example.org/" + "x" * 2048,
        "1http://example.org",
        "javascript:\nalert(1)",
    ],
)
def test_an_identifier_is_an_absolute_uri_of_bounded_length(uri: str) -> None:
    payload = samples.make()
    event(payload)["id"] = uri
    assert refused(payload) == ("record-schema", "credentialSubject[0].id")


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 501, "two\nlines", "bell\x07", "\u202egnol", "a\u2066b", "\u2028", "\ud800"],
)
def test_a_name_is_one_printable_line(name: str) -> None:
    assert refused(samples.make() | {"name": name}) == ("record-schema", "name")


def test_a_description_may_break_into_lines_but_not_grow_for_ever() -> None:
    payload = samples.make()
    event(payload)["description"] = "Due\nrighe\te basta."
    parse_record(payload)
    event(payload)["description"] = "x" * 10_001
    assert refused(payload) == ("record-schema", "credentialSubject[0].description")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [("not base64", "must be base64"), ("QUJD" * 50_001, "must hold at most 200000")],
)
def test_an_image_is_base64_of_bounded_size(data: str, sentence: str) -> None:
    payload = samples.passport()
    image = {"name": "Logo", "imageData": data, "mediaType": "image/png"}
    payload["credentialSubject"]["productLabel"] = [image]
    error = refusal(payload)
    assert error.where == "credentialSubject.productLabel[0].imageData"
    assert sentence in error.message


def test_a_list_is_bounded() -> None:
    payload = samples.make()
    event(payload)["inputProduct"] *= 1_001
    error = refusal(payload)
    assert error.where == "credentialSubject[0].inputProduct"
    assert "must hold at most 1000 items" in error.message


GTIN = "https://id.gs1.org/01/09520000000011"
IDENTIFIERS = (
    "credentialSubject[0].inputProduct[0].product",
    "credentialSubject[0].madeAtFacility",
)


@pytest.mark.parametrize(
    ("uri", "code", "hint"),
    [
        ("https://id.gs1.org/01/09520000000012/10/A", "gs1-check-digit", "mistyped"),
        ("https://brand.example/01/09520000000011", "gs1-malformed", f"Write {GTIN}."),
        ("urn:epc:idpat:sgtin:9520000.000001.*", "gs1-malformed", "Write https://id.gs1.org/01/"),
        ("https://id.gs1.org/414/9520000000005", "gs1-check-digit", "mistyped"),
    ],
)
@pytest.mark.parametrize("place", ["product", "facility"])
def test_a_gs1_identifier_is_right_and_spelled_canonically(
    uri: str, code: str, hint: str, place: str
) -> None:
    payload = samples.make()
    product, facility = event(payload)["inputProduct"][0]["product"], event(payload)
    where = IDENTIFIERS[place == "facility"]
    (product if place == "product" else facility["madeAtFacility"])["id"] = uri
    del product["type"]  # which the schema does not require, so that nothing hangs on it
    error = refusal(payload)
    assert (error.code, error.where) == (code, f"{where}.id")
    assert hint in (error.hint or "")


@pytest.mark.parametrize("uri", [f"{GTIN}/10/A-1", "urn:example:lot:7", "https://maker.example/7"])
def test_a_canonical_identifier_or_one_that_is_not_gs1s_is_taken(uri: str) -> None:
    payload = samples.make()
    event(payload)["inputProduct"][0]["product"]["id"] = uri
    assert checked_statement(payload).products[0] == uri


def test_python_names_are_not_json_names() -> None:
    payload = samples.make()
    payload["valid_from"] = payload.pop("validFrom")
    assert refused(payload) == ("record-schema", "validFrom")


BOTH = [VC_CONTEXT, UNTP_CONTEXT]


@pytest.mark.parametrize(
    ("kind", "contexts"),
    [
        ("make", [VC_CONTEXT]),
        ("make", [UNTP_CONTEXT, VC_CONTEXT]),
        ("make", [*BOTH, FILIERA_CONTEXT]),
        ("make", [*BOTH, "https://example.org/ns", FILIERA_CONTEXT]),
        ("make", [*BOTH, "https://example.org/ns", "https://example.org/ns"]),
        ("product statement", BOTH),
        ("product statement", [*BOTH, "https://example.org/ns", FILIERA_CONTEXT]),
        ("certificate", BOTH),
    ],
)
def test_our_context_stands_third_exactly_when_it_is_needed(kind: str, contexts: list[str]) -> None:
    payload = samples.BUILT[kind]() | {"@context": contexts}
    assert refused(payload) == ("record-schema", "@context")


def test_contexts_of_others_may_follow() -> None:
    parse_record(samples.make() | {"@context": [*BOTH, "https://example.org/ns"]})


@pytest.mark.parametrize("kind", ["passport", "certificate", "identity"])
def test_only_steps_and_product_statements_are_stated_by_others(kind: str) -> None:
    payload = samples.BUILT[kind]() | {"statedBy": {"id": samples.GLN}}
    payload["@context"] = [*BOTH, FILIERA_CONTEXT]
    assert refused(payload) == ("record-schema", "statedBy")


def test_the_first_fault_is_told_and_the_others_named() -> None:
    payload = samples.passport()
    subject = payload["credentialSubject"]
    for name in ("producedAtFacility", "idScheme"):
        del subject[name]
    error = refusal(payload)
    assert error.where == "credentialSubject.idScheme"
    assert error.message == (
        "credentialSubject.idScheme is missing. Also wrong: credentialSubject.producedAtFacility."
    )


def test_a_hundred_faults_are_not_all_listed() -> None:
    payload = samples.make()
    event(payload)["inputProduct"] = [{} for _ in range(100)]
    error = refusal(payload)
    assert "inputProduct[5].product and 94 more" in error.message
    assert len(error.message) < 400


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda p: p.update(name=7), "name must be a text."),
        (lambda p: p.update(issuer=[]), "issuer must be an object."),
        (lambda p: p.update(credentialSubject={}), "credentialSubject must be a list."),
        (
            lambda p: event(p).update(activityType={"x": 1}),
            "credentialSubject[0].activityType.code is missing.",
        ),
        (
            lambda p: event(p)["inputProduct"][0].update(colour="red"),
            "credentialSubject[0].inputProduct[0].colour is not a member of this object.",
        ),
        (
            lambda p: event(p)["inputProduct"][0].update(disposition="lost"),
            "credentialSubject[0].inputProduct[0].disposition must be 'new', 'inTransit', ",
        ),
    ],
)
def test_a_refusal_says_in_plain_words_what_is_wrong_where(
    change: Callable[[Payload], None], sentence: str
) -> None:
    payload = samples.make()
    change(payload)
    message = refusal(payload).message
    assert message.startswith(sentence)
    assert "pydantic" not in message


def test_a_step_claimed_for_the_future_is_refused_to_the_second() -> None:
    payload = samples.make()
    claimed = unix_seconds(parse_instant(event(payload)["eventDate"]))
    with pytest.raises(InputError, match="lies in the future") as caught:
        check_event_date(payload, claimed)  # it says a quarter of a second more
    assert (caught.value.code, caught.value.where) == (
        "date-in-future",
        "credentialSubject[0].eventDate",
    )
    check_event_date(payload, claimed + 1)


@pytest.mark.parametrize("kind", ["passport", "certificate", "identity", "product statement"])
def test_no_other_record_has_a_date_that_could_lie_in_the_future(kind: str) -> None:
    check_event_date(samples.BUILT[kind](), 0)
