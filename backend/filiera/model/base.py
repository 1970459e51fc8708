# SPDX-License-Identifier: Apache-2.0
"""What every part of a record has in common: names, strictness, and its JSON form.

UNTP closes some of its objects (`additionalProperties` false) and leaves others open;
`Closed` and `Open` are those two. Python names are snake_case, the JSON names UNTP's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

Payload = dict[str, Any]
"""A JSON object in memory: str, int, Decimal, bool, list and dict, never float or None."""


class Closed(BaseModel):
    """An object that has the members listed and no other."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
        frozen=True,
    )


class Open(Closed):
    """An object that may have more members than those listed; they are kept unread."""

    model_config = ConfigDict(extra="allow")


def to_payload(part: Closed) -> Payload:
    """The JSON object of a record or of a part of it: UNTP's names, nothing absent.

    Members keep the order of their declaration, unread members come last, so the same
    part always gives the same text.
    """
    named = {
        field.alias or name: _plain(getattr(part, name))
        for name, field in type(part).model_fields.items()
        if getattr(part, name) is not None
    }
    return named | (part.model_extra or {})


def _plain(value: Any) -> Any:
    if isinstance(value, Closed):
        return to_payload(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
