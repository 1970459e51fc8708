# SPDX-License-Identifier: Apache-2.0
"""Files as they come: hostile bytes, limits, and GS1's own examples as imports."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from filiera.domain.epcis import files as files_module
from filiera.domain.epcis import plan_import, read_file, read_json
from filiera.errors import InputError
from tests.domain.epcis.events import added, attempt, file, item, payloads, reasons
from tests.standards import standard_files

# The steps of the examples that make a product; the others make none.
MAKING = {
    "Example_9.6.4-TransformationEvent.jsonld": 1,
    "Example_9.6.4-TransformationEventWithDigitalLink.jsonld": 1,
    "ErrorDeclarationAndCorrectiveEvent.jsonld": 1,
    # Declared in error: a product to speak of, and no step.
    "object_event_all_possible_fields.jsonld": 0,
    "transformation_event_all_possible_fields.jsonld": 0,
    "SensorDataExample12.jsonld": 0,
}
TWICE_NAMED = "AssociationEvent-h.jsonld"


@pytest.mark.parametrize("path", standard_files("gs1-epcis/examples/**/*.jsonld"))
def test_every_example_of_gs1_is_planned_or_refused_with_a_code(path: Path) -> None:
    if path.name == TWICE_NAMED:
        with pytest.raises(InputError) as refusal:
            read_file(path.name, path.read_bytes())
        assert refusal.value.code == "json-not-i-json"
        return
    planned = attempt([read_file(path.name, path.read_bytes())])
    if isinstance(planned, InputError):
        assert planned.code == "usage"
        assert path.name not in MAKING
        return
    assert len(planned.product.steps) == MAKING[path.name]
    assert len(payloads(planned)) == len(planned.steps) + 1


@pytest.mark.parametrize("path", standard_files("gs1-epcis/examples/**/*.jsonld"))
def test_every_product_of_every_example_can_be_asked_for(path: Path) -> None:
    if path.name == TWICE_NAMED:
        return
    said = read_file(path.name, path.read_bytes())
    for product in found_in(said):
        planned = plan_import([said], product)
        assert len(payloads(planned)) == len(planned.steps) + 1


def found_in(said: files_module.EpcisFile) -> list[str]:
    planned = attempt([said])
    if not isinstance(planned, InputError):
        return list(planned.products)
    listing = (planned.hint or "").partition("The products found are ")[2]
    return [word for word in listing.rstrip(".").split(", ") if word]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "json-malformed"),
        (b"{", "json-malformed"),
        (b"\xff\xfe{}", "json-malformed"),
        (b"\xef\xbb\xbf{}", "json-not-i-json"),
        (b'{"type":"EPCISDocument","type":"EPCISDocument"}', "json-not-i-json"),
        (b'{"type":"EPCISDocument","n":NaN}', "json-not-i-json"),
        (b"[" * 100_000, "json-too-deep"),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "json-too-deep"),
        (b"{}", "epcis-malformed"),
        (b'<?xml version="1.0"?><epcis:EPCISDocument/>', "epcis-not-json"),
        (b"\xef\xbb\xbf  <EPCISDocument/>", "epcis-not-json"),
    ],
)
def test_what_is_not_epcis_in_json_is_refused_naming_the_file(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_file("mill.json", data)
    assert refusal.value.code == code
    assert (refusal.value.where or "").startswith("mill.json")


def test_json_that_is_not_epcis_can_be_passed_over() -> None:
    assert read_json("package.json", b'{"name": "x"}') is None


def test_a_file_keeps_its_bytes_digest_and_media_type() -> None:
    said = file(added([item(1)]), name="a.jsonld")
    assert said.sha256 == sha256(said.data).digest()
    assert said.media_type == "application/ld+json"
    assert file(added([item(1)])).media_type == "application/json"


def test_a_file_name_that_cannot_be_printed_is_made_so() -> None:
    said = file(added([item(1)]), name="a\x1b[2J\u202e" + "x" * 300 + ".json")
    assert len(said.name) == 200
    assert said.name.isprintable()
    assert len(payloads(plan_import([said]))) == 2


def test_size_files_and_events_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = file(added([item(1)])), file(added([item(2)]), added([item(3)]))
    monkeypatch.setattr(files_module, "MAX_EVENTS", 2)
    assert refused(one, two) == "epcis-too-large"
    monkeypatch.setattr(files_module, "MAX_EVENTS", 3)
    assert len(plan_import([one, two, one]).steps) == 3
    monkeypatch.setattr(files_module, "MAX_FILES", 1)
    assert refused(one, two) == "epcis-too-large"
    monkeypatch.setattr(files_module, "MAX_FILE_BYTES", 10)
    with pytest.raises(InputError) as refusal:
        file(added([item(1)]))
    assert refusal.value.code == "epcis-too-large"


def refused(*files: files_module.EpcisFile) -> str:
    with pytest.raises(InputError) as refusal:
        plan_import(files)
    return refusal.value.code


def test_a_step_in_the_future_is_refused_and_an_observation_is_not() -> None:
    said = file(added([item(1)], 2))
    noon = 1_770_033_600
    assert len(plan_import([said], now=noon).steps) == 1
    with pytest.raises(InputError) as refusal:
        plan_import([said], now=noon - 1)
    assert refusal.value.code == "date-in-future"
    assert refusal.value.where == "events.json: eventList[0].eventTime"
    seen = file(added([item(1)], 1), added([item(1)], 3))
    assert reasons(plan_import([seen], now=noon)) == ["output-elsewhere"]
