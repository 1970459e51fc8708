# SPDX-License-Identifier: Apache-2.0
"""UNTP 0.7.0's own JSON Schemas and samples against our models and builders."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from filiera.errors import InputError
from filiera.model.base import Payload, to_payload
from filiera.model.records import parse_record
from tests.model import samples
from tests.standards import STANDARDS, standard

UNTP = "untp-0.7.0"
SCHEMAS = {
    "dpp": "DigitalProductPassport",
    "dte": "DigitalTraceabilityEvent",
    "dcc": "ConformityCredential",
    "dia": "DigitalIdentityAnchor",
}
BUILT = {
    "dpp": ["passport"],
    "dte": ["make", "move", "modify"],
    "dcc": ["self-declaration", "certificate"],
    "dia": ["identity"],
}
# Where our models ask for more than UNTP does (docs/records.md): what a record and an event
# are is read off their types, a facility's address is UNTP's own Address, and a number needs
# the context that defines it. Links of ours are told from others by their ni name.
STRICTER = re.compile(
    r"\.type|\.credentialSubject\[\]\.type|.*Facility\.(address|countryOfOperation)\..*"
    r"|\.credentialSubject\.certificateNumber|\.statedBy(\.id|\.x)?"
)
SOFTWARE = {
    "id": "https://example.org/app",
    "name": "App",
    "version": "1",
    "vendor": {"id": "https://example.org", "name": "Example"},
}
READING = {
    "metric": {"type": ["PerformanceMetric"], "id": "https://example.org/heat", "name": "Heat"},
    "measure": [{"value": Decimal("21.5"), "unit": "CEL"}],
    "rawData": [{"linkURL": "https://example.org/raw", "linkName": "Raw", "mediaType": "text/csv"}],
    "sensor": {"type": ["Product"], "id": "https://example.org/sensor", "name": "Probe"},
    "geoLocation": {"latitude": Decimal("44.49"), "longitude": Decimal("11.34")},
}
PERIOD = {"startDate": "2026-01-01", "endDate": "2026-12-31", "periodInformation": "A year."}
Path = tuple[str | int, ...]


@cache
def schema(kind: str) -> Draft202012Validator:
    if kind == "dpp":
        packaged = files("dppvalidator.schemas.data") / "untp-dpp-schema-0.7.0.json"
        text = packaged.read_text("utf-8")
    else:
        text = standard(f"{UNTP}/schemas/{SCHEMAS[kind]}.json").read_text("utf-8")
    return Draft202012Validator(
        json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def conforms(kind: str, payload: Payload) -> bool:
    return bool(schema(kind).is_valid(payload))


def parses(payload: Payload) -> bool:
    try:
        parse_record(payload)
    except InputError:
        return False
    return True


@cache
def instances(kind: str) -> tuple[Payload, ...]:
    """UNTP's samples that conform to its schema, and what we build, of one type."""
    standard(UNTP)
    paths = sorted((STANDARDS / UNTP / "samples" / kind).glob("*.json"))
    read = [json.loads(path.read_text("utf-8"), parse_float=Decimal) for path in paths]
    for payload in read:
        payload.pop("credentialStatus", None)
    ours = [samples.BUILT[name]() for name in BUILT[kind]]
    full = copy.deepcopy(next(payload for payload in read if conforms(kind, payload)))
    full["issuingSoftware"] = SOFTWARE
    if kind == "dpp":
        full["credentialSubject"]["performanceClaim"][0]["applicablePeriod"] = PERIOD
    if kind == "dte":
        full["credentialSubject"][0]["sensorData"] = [READING]
    return tuple(payload for payload in (full, *read, *ours) if conforms(kind, payload))


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a JSON value, the root's own first."""
    yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


def written(path: Path) -> str:
    """The path without its list indexes: `.credentialSubject[].eventDate`."""
    return "".join("[]" if isinstance(key, int) else f".{key}" for key in path)


def distinct_places(kind: str) -> dict[str, tuple[Payload, Path]]:
    """Each place that any instance has, with one instance that has it."""
    found: dict[str, tuple[Payload, Path]] = {}
    for payload in instances(kind):
        for path in places(payload):
            found.setdefault(written(path), (payload, path))
    return found


def container_of(payload: Payload, path: Path) -> Any:
    """The object or list that the path's last key belongs to."""
    container: Any = payload
    for key in path[:-1]:
        container = container[key]
    return container


@contextmanager
def without(payload: Payload, path: Path) -> Iterator[None]:
    """The payload lacks that member meanwhile."""
    container = container_of(payload, path)
    members = dict(container)
    del container[path[-1]]
    yield
    container.clear()
    container.update(members)


@contextmanager
def replaced(payload: Payload, path: Path, other: Any) -> Iterator[None]:
    """The payload has another value there meanwhile."""
    container = container_of(payload, path)
    value = container[path[-1]]
    container[path[-1]] = other
    yield
    container[path[-1]] = value


def stricter(name: str, payload: Payload, path: Path) -> bool:
    """Whether this place is one where our models ask for more than UNTP's schema."""
    container = container_of(payload, path)
    link = container.get("linkURL", "") if isinstance(container, dict) else ""
    return bool(STRICTER.fullmatch(name)) or (
        link.startswith("ni:") and path[-1] in ("digestMultibase", "linkType")
    )


@pytest.mark.parametrize("kind", SCHEMAS)
def test_what_we_build_conforms_to_untps_schema(kind: str) -> None:
    for name in BUILT[kind]:
        errors = [error.message for error in schema(kind).iter_errors(samples.BUILT[name]())]
        assert errors == [], name


@pytest.mark.parametrize("kind", SCHEMAS)
def test_untps_samples_parse_and_come_back_unchanged(kind: str) -> None:
    ours = len(BUILT[kind])
    assert len(instances(kind)) > ours
    for payload in instances(kind):
        assert to_payload(parse_record(payload)) == payload


def test_samples_that_spell_a_required_member_otherwise_are_refused() -> None:
    folder = standard(f"{UNTP}/samples/dia")
    refused = [
        path.name
        for path in sorted(folder.glob("*.json"))
        if "schemeId" in (text := path.read_text("utf-8")) and not parses(json.loads(text))
    ]
    assert len(refused) == 3


def test_a_credential_status_in_the_payload_is_refused() -> None:
    folder = standard(f"{UNTP}/samples/dia")
    payload = json.loads((folder / "DigitalIdentityAnchor_instance.json").read_text("utf-8"))
    with pytest.raises(InputError, match="on chain") as refusal:
        parse_record(payload)
    assert (refusal.value.code, refusal.value.where) == (
        "record-member-refused",
        "credentialStatus",
    )


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_member_can_be_left_out_of_the_model_exactly_when_the_schema_allows_it(
    kind: str,
) -> None:
    wrong = {}
    for name, (payload, path) in distinct_places(kind).items():
        if not path or not isinstance(path[-1], str):
            continue
        more = stricter(name, payload, path)
        with without(payload, path):
            expected = conforms(kind, payload) and not more
            if parses(payload) is not expected:
                wrong[name] = expected
    assert wrong == {}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_unknown_member_is_taken_exactly_where_the_schema_leaves_an_object_open(
    kind: str,
) -> None:
    wrong = {}
    for name, (payload, path) in distinct_places(kind).items():
        container = container_of(payload, (*path, "x"))
        if not isinstance(container, dict):
            continue
        with replaced(payload, path, container | {"x": "unread"}) if path else nullcontext():
            expected = conforms(kind, payload) and not STRICTER.fullmatch(f"{name}.x")
            if parses(payload) is not expected:
                wrong[name] = expected
    assert wrong == {}


@pytest.mark.parametrize("other", [7, "neither uri, date nor code", {}, ["x"]])
@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_value_that_the_schema_refuses_the_model_refuses(kind: str, other: Any) -> None:
    missed = []
    for name, (payload, path) in distinct_places(kind).items():
        if not path:
            continue
        with replaced(payload, path, other):
            if parses(payload) and not conforms(kind, payload):
                missed.append(name)
    assert missed == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_required_member_of_the_schemas_is_in_some_instance(kind: str) -> None:
    """Otherwise the tests above would not have taken it away."""
    seen = {name.rpartition(".")[2].removesuffix("[]") for name in distinct_places(kind)}
    of_a_status = {"statusPurpose", "statusListIndex", "statusListCredential"}
    assert set(_required(schema(kind).schema)) - seen <= of_a_status


def _required(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        names = node.get("required", [])
        yield from names if isinstance(names, list) else ()
        for item in node.values():
            yield from _required(item)
    elif isinstance(node, list):
        for item in node:
            yield from _required(item)
