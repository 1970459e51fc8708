# SPDX-License-Identifier: Apache-2.0
"""From pydantic's complaints to one InputError that a person can act on."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from filiera.errors import InputError

_NAMED_AT_MOST: Final = 5

# What is said after the field's path, by pydantic's type of error.
_SENTENCES: Final = {
    "missing": "is missing",
    "extra_forbidden": "is not a member of this object",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "tuple_type": "must be a list",
    "enum": "must be {expected}",
    "too_long": "must hold at most {max_length} items",
    "string_too_long": "must hold at most {max_length} characters",
    "union_tag_not_found": "has a type that must name exactly one of "
    "MakeEvent, MoveEvent and ModifyEvent",
}


def input_error(error: ValidationError) -> InputError:
    """The first complaint as the error, up to five of the others in its message."""
    details = error.errors(include_url=False, include_input=False)
    first, *rest = details
    others = [path(detail) for detail in rest[:_NAMED_AT_MOST]]
    message = f"{_sentence(first)}."
    if others:
        more = len(rest) - len(others)
        tail = f" and {more} more" if more else ""
        message += f" Also wrong: {', '.join(others)}{tail}."
    return InputError(_context(first).get("code", "record-schema"), message, where=path(first))


def path(detail: ErrorDetails) -> str:
    """The field in the record's own names: `credentialSubject[0].eventDate`."""
    text = ""
    for part in detail["loc"]:
        if isinstance(part, int):
            text += f"[{part}]"
        elif not part.startswith("<"):
            text += f".{part}" if text else part
    at = _context(detail).get("at")
    return ".".join(filter(None, (text, at))) or "record"


def _sentence(detail: ErrorDetails) -> str:
    template = _SENTENCES.get(detail["type"])
    what = template.format(**_context(detail)) if template else detail["msg"]
    return f"{path(detail)} {what}"


def _context(detail: ErrorDetails) -> dict[str, Any]:
    return detail.get("ctx", {})
