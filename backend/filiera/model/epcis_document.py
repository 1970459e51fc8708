# SPDX-License-Identifier: Apache-2.0
"""An EPCIS 2.0 document in JSON: an EPCISDocument, an EPCISQueryDocument or a bare event.

The JSON binding of GS1 EPCIS 2.0. What comes in is the value of I-JSON text; every error names
the file, the event and the field.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from filiera.errors import InputError
from filiera.model.epcis import EVENTS, Event
from filiera.model.faults import input_error
from filiera.model.gs1 import canonical_uri
from filiera.model.scalars import LINE_LIMIT, is_uri

MAX_EVENTS: Final = 10_000
"""Events of one import, over all its files."""
# Where the events are, by the document's type.
_EVENT_LIST: Final = {
    "EPCISDocument": ("epcisBody", "eventList"),
    "EPCISQueryDocument": ("epcisBody", "queryResults", "resultsBody", "eventList"),
}
_VOCABULARIES: Final = (
    ("epcisHeader", "epcisMasterData", "vocabularyList"),
    ("epcisBody", "queryResults", "resultsBody", "vocabularyList"),
)
# Ends of the attribute ids that name a thing (CBV 2.0), the better first.
_NAMES: Final = ("descriptionShort", "tradeItemDescription", "regulatedProductName", "name")


@dataclass(frozen=True, slots=True)
class Document:
    """The events of a document in order, and the names that its master data gives.

    `names` maps canonical URIs to names. `paths` says where each event stands.
    """

    events: tuple[Event, ...]
    paths: tuple[str, ...]
    names: dict[str, str]


def is_epcis(value: Any) -> bool:
    """Whether a JSON value calls itself EPCIS: a document, a query document or an event."""
    return isinstance(value, dict) and value.get("type") in (*_EVENT_LIST, *EVENTS)


def read_document(value: Any, file: str) -> Document:
    """The document that a JSON value is, `file` its name in errors.

    Raises InputError: `epcis-malformed`, `epcis-too-large`, or the code of the value that
    is wrong (`instant-malformed`, `gs1-check-digit`, `gs1-malformed`, `number-malformed`),
    always with the file, the event and the field in `where`.
    """
    if not is_epcis(value):
        raise _malformed(
            "This is not EPCIS: type must be EPCISDocument, EPCISQueryDocument or an event's.",
            f"{file}: type",
        )
    _check_version(value, file)
    found = list(_raw_events(value, file))
    if len(found) > MAX_EVENTS:
        raise InputError("epcis-too-large", f"There are more than {MAX_EVENTS} events.", where=file)
    events = tuple(_event(raw, f"{file}: {path}") for raw, path in found)
    return Document(events, tuple(path for _, path in found), dict(_names(value)))


def _malformed(message: str, where: str) -> InputError:
    return InputError("epcis-malformed", message, where=where)


def _check_version(value: dict[str, Any], file: str) -> None:
    version = value.get("schemaVersion", "2.0")
    if not isinstance(version, str) or version.partition(".")[0] != "2":
        raise _malformed("Only version 2 of EPCIS is read.", f"{file}: schemaVersion")


def _raw_events(value: dict[str, Any], file: str) -> Iterator[tuple[Any, str]]:
    path = _EVENT_LIST.get(value["type"])
    if path is None:
        yield value, "event"
        return
    inner: Any = value
    for depth, name in enumerate(path):
        inner = inner.get(name) if isinstance(inner, dict) else None
        if inner is None:
            missing = ".".join(path[: depth + 1])
            raise _malformed(f"{missing} is missing.", f"{file}: {missing}")
    if not isinstance(inner, list):
        raise _malformed("The events must be a list.", f"{file}: {'.'.join(path)}")
    yield from ((raw, f"{path[-1]}[{index}]") for index, raw in enumerate(inner))


def _event(raw: Any, where: str) -> Event:
    if not isinstance(raw, dict):
        raise _malformed("An event must be an object.", where)
    kind = raw.get("type")
    model = EVENTS.get(kind, Event) if isinstance(kind, str) else Event
    if model is Event and not (isinstance(kind, str) and is_uri(kind)):
        raise _malformed(
            f"type must be one of {', '.join(EVENTS)}, or the URI of an extension's.",
            f"{where}.type",
        )
    try:
        return model.model_validate(
            {name: item for name, item in raw.items() if item is not None},
            by_alias=True,
            by_name=False,
        )
    except ValidationError as error:
        fault = input_error(error)
        code = "epcis-malformed" if fault.code == "record-schema" else fault.code
        raise InputError(code, fault.message, where=f"{where}.{fault.where}") from None


def _names(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(canonical URI, name) of the master data; what is not as expected is passed over."""
    for path in _VOCABULARIES:
        inner: Any = value
        for member in path:
            inner = inner.get(member) if isinstance(inner, dict) else None
        for vocabulary in _objects(inner):
            for element in _objects(vocabulary.get("vocabularyElementList")):
                yield from _named(element)


def _named(element: dict[str, Any]) -> Iterator[tuple[str, str]]:
    identifier, name = element.get("id"), _name(element)
    if isinstance(identifier, str) and name is not None:
        with suppress(InputError):
            yield canonical_uri(identifier), name


def _name(element: dict[str, Any]) -> str | None:
    stated = {}
    for attribute in _objects(element.get("attributes")):
        identifier, text = attribute.get("id"), attribute.get("attribute")
        if isinstance(identifier, str) and isinstance(text, str):
            stated[identifier.replace("#", ":").replace("/", ":").rpartition(":")[2]] = text
    names = (stated[word] for word in _NAMES if word in stated)
    return next((name for name in names if is_line(name)), None)


def is_line(text: str) -> bool:
    """Whether a text can stand in a record as a name."""
    return bool(text.strip()) and len(text) <= LINE_LIMIT and text.isprintable()


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
