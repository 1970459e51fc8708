# SPDX-License-Identifier: Apache-2.0
"""Small EPCIS events, and what the import makes of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from filiera.domain.epcis import EpcisFile, ImportPlan, plan_import, read_file, to_payload
from filiera.errors import InputError
from filiera.model.base import Payload
from filiera.model.gs1_keys import check_digit
from filiera.model.identifiers import check_identifiers
from filiera.model.named import Named
from filiera.model.records import statement_of
from filiera.proof.encoding import dump_json, parse_json

IMPORTER = Named("did:pkh:eip155:952952:0x" + "ab" * 20, "Importatore Campione")
NOW = "2026-03-01T00:00:00Z"
MILL, SHED = "https://id.gs1.org/414/9521234000044", "https://id.gs1.org/414/9521234000051"
MAKER, BUYER = "https://id.gs1.org/417/9521234000006", "https://id.gs1.org/417/9521234000075"


def gtin(number: int) -> str:
    """A GTIN of the demo prefix."""
    digits = f"0952123{number:06}"
    return digits + check_digit(digits)


def lot(number: int, name: str = "A") -> str:
    return f"https://id.gs1.org/01/{gtin(number)}/10/{name}"


def item(number: int, serial: str = "1") -> str:
    return f"https://id.gs1.org/01/{gtin(number)}/21/{serial}"


def model(number: int) -> str:
    return f"https://id.gs1.org/01/{gtin(number)}"


Event = dict[str, Any]


def event(kind: str, day: int = 1, **members: Any) -> Event:
    """An event at noon of a day of February 2026; a member that is None is left out."""
    given = {
        "type": kind,
        "eventTime": f"2026-02-{day:02}T12:00:00Z",
        "eventTimeZoneOffset": "+01:00",
        "bizStep": "commissioning",
        "readPoint": {"id": MILL},
    } | members
    return {name: value for name, value in given.items() if value is not None}


def transformation(
    inputs: Sequence[str], outputs: Sequence[str], day: int = 1, **members: Any
) -> Event:
    lists = {"inputEPCList": list(inputs) or None, "outputEPCList": list(outputs) or None}
    return event("TransformationEvent", day, **(lists | members))


def added(epcs: Sequence[str], day: int = 1, **members: Any) -> Event:
    return event("ObjectEvent", day, **({"action": "ADD", "epcList": list(epcs)} | members))


def observed(epcs: Sequence[str], day: int = 1, **members: Any) -> Event:
    given = {"action": "OBSERVE", "epcList": list(epcs), "bizStep": "inspecting"} | members
    return event("ObjectEvent", day, **given)


def moved(epcs: Sequence[str], day: int = 1, **members: Any) -> Event:
    ends = {
        "bizStep": "shipping",
        "sourceList": [{"type": "location", "source": MILL}],
        "destinationList": [{"type": "location", "destination": SHED}],
    }
    return observed(epcs, day, **(ends | members))


def file(*events: Event, name: str = "events.json", **members: Any) -> EpcisFile:
    document = {
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": "2026-02-28T00:00:00Z",
        "epcisBody": {"eventList": list(events)},
    } | members
    return read_file(name, json.dumps(document).encode())


def plan(*events: Event, product: str | None = None) -> ImportPlan:
    return plan_import([file(*events)], product)


def attempt(files: Sequence[EpcisFile], product: str | None = None) -> ImportPlan | InputError:
    """The plan, or the refusal."""
    try:
        return plan_import(files, product)
    except InputError as error:
        return error


def made(planned: ImportPlan) -> list[tuple[list[str], list[str]]]:
    """(inputs, outputs) of every step in the order of signing."""
    return [
        ([g.product for g in each.step.inputs], [g.product for g in each.step.outputs])
        for each in planned.steps
    ]


def links(planned: ImportPlan) -> list[list[int]]:
    """For every step the numbers of those upstream of it."""
    return [[ref.number for ref in each.upstream] for each in planned.steps]


def listed(planned: ImportPlan) -> list[int]:
    """The numbers of the steps that the product's record lists."""
    return [ref.number for ref in planned.product.steps]


def reasons(planned: ImportPlan) -> list[str]:
    return [each.reason.value for each in planned.also_said]


def payloads(planned: ImportPlan) -> list[Payload]:
    """Every record of the import, as acceptance wants it, with made-up ids as links."""
    ids: dict[int, bytes] = {}
    made_so_far = []
    for each in planned.steps:
        payload = to_payload(each, IMPORTER, NOW, ids)
        ids[each.number] = sha256(dump_json(payload)).digest()
        made_so_far.append(payload)
    made_so_far.append(to_payload(planned.product, IMPORTER, NOW, ids))
    for payload in made_so_far:
        check_identifiers(payload, statement_of(parse_json(dump_json(payload))))
    return made_so_far
