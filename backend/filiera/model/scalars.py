# SPDX-License-Identifier: Apache-2.0
"""The smallest things that records are made of: texts, URIs, instants, quantities.

Each type checks one value and keeps it as it was written. Bounds keep a record printable
and comparable; docs/records.md states them. A broken rule is raised with the error code
that the record's refusal will carry.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, Field, PlainValidator, Strict
from pydantic_core import PydanticCustomError

from filiera.errors import InputError
from filiera.model.times import parse_day, parse_instant

LINE_LIMIT: Final = 500
TEXT_LIMIT: Final = 10_000
URI_LIMIT: Final = 2_048
LIST_LIMIT: Final = 1_000
IMAGE_LIMIT: Final = 200_000
DIGITS_LIMIT: Final = 15

# Control characters would break a terminal or a table. Overrides and isolates of the
# writing direction can make a name read as another one (Unicode TR 36, section 2.5).
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_UNPRINTABLE_BUT_BREAKS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
_COUNTRY = re.compile(r"[A-Z]{2}")
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,64}/[A-Za-z0-9!#$&^_.+-]{1,64}(?:;[ -~]{1,100})?")


def broken(code: str, what: str, *, at: str | None = None) -> PydanticCustomError:
    """A broken rule: `what` continues a sentence whose subject is the field's path.

    `at` names a member below the field being checked, where that is what is wrong.
    """
    return PydanticCustomError("filiera", "{what}", {"what": what, "code": code, "at": at})


def _line(value: str) -> str:
    if not value.strip() or len(value) > LINE_LIMIT:
        raise broken("record-schema", f"must hold 1 to {LINE_LIMIT} characters")
    if _UNPRINTABLE.search(value):
        raise broken("record-schema", "holds a control or direction-changing character")
    return value


def _text(value: str) -> str:
    if not value.strip() or len(value) > TEXT_LIMIT:
        raise broken("record-schema", f"must hold 1 to {TEXT_LIMIT} characters")
    if _UNPRINTABLE_BUT_BREAKS.search(value):
        raise broken("record-schema", "holds a control or direction-changing character")
    return value


def is_uri(value: str) -> bool:
    """Whether this is an absolute URI (RFC 3986 section 3) of bounded length.

    A fragment is allowed; what its characters mean to a scheme is not checked.
    """
    return len(value) <= URI_LIMIT and value.count("#") <= 1 and bool(_URI.fullmatch(value))


def is_text(value: str) -> bool:
    """Whether this may stand where a record has free text: bounded, nothing invisible in it."""
    printable = not _UNPRINTABLE_BUT_BREAKS.search(value)
    return bool(value.strip()) and len(value) <= TEXT_LIMIT and printable


def _uri(value: str) -> str:
    if not is_uri(value):
        raise broken("record-schema", f"must be an absolute URI of at most {URI_LIMIT} characters")
    return value


def _reads(parse: Callable[[str], object]) -> AfterValidator:
    def check(value: str) -> str:
        try:
            parse(value)
        except InputError as error:
            raise broken(error.code, f"is wrong: {error.message.rstrip('.')}") from None
        return value

    return AfterValidator(check)


def _matches(pattern: re.Pattern[str], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise broken("record-schema", f"must be {what}")
        return value

    return AfterValidator(check)


def _image(value: str) -> str:
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise broken("record-schema", "must be base64") from None
    if len(value) > IMAGE_LIMIT:
        raise broken("record-schema", f"must hold at most {IMAGE_LIMIT} characters of base64")
    return value


def check_number(value: object) -> Decimal | int:
    """A quantity: int or Decimal of at most 15 significant digits, zero or 1e-15 to 1e16.

    A float is refused, for it may already differ from the text that was signed.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise broken("record-schema", "must be a number")
    number = Decimal(value)
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    if (
        not number.is_finite()
        or len(digits) > DIGITS_LIMIT
        or (number and abs(number.adjusted()) > DIGITS_LIMIT)
    ):
        raise broken(
            "number-malformed", f"must be a number of at most {DIGITS_LIMIT} significant digits"
        )
    return value


def _between(low: int, high: int | None = None) -> AfterValidator:
    def check(value: Decimal | int) -> Decimal | int:
        if value < low or (high is not None and value > high):
            limits = f"at least {low}" if high is None else f"between {low} and {high}"
            raise broken("record-schema", f"must be {limits}")
        return value

    return AfterValidator(check)


def contains(*names: str) -> AfterValidator:
    """The rule of UNTP's `type` arrays: every one of `names` is among the values."""

    def check(value: tuple[str, ...]) -> tuple[str, ...]:
        missing = [name for name in names if name not in value]
        if missing:
            raise broken("record-schema", f"must contain {', '.join(map(repr, missing))}")
        return value

    return AfterValidator(check)


Line = Annotated[str, Strict(), AfterValidator(_line)]
"""One line that people read: a name, a code, a number."""
Text = Annotated[str, Strict(), AfterValidator(_text)]
"""A text that may break into lines."""
Uri = Annotated[str, Strict(), AfterValidator(_uri)]
"""An absolute URI."""
Instant = Annotated[str, Strict(), _reads(parse_instant)]
"""UNTP `date-time`: RFC 3339 with an offset, as written."""
Day = Annotated[str, Strict(), _reads(parse_day)]
"""UNTP `date`: a calendar day, as written."""
CountryCode = Annotated[
    str, Strict(), _matches(_COUNTRY, "a country code of two capitals (ISO 3166-1)")
]
MediaType = Annotated[str, Strict(), _matches(_MEDIA_TYPE, "a media type such as application/pdf")]
ImageData = Annotated[str, Strict(), AfterValidator(_image)]
"""Base64 (UNTP `byte`)."""
Number = Annotated[Decimal | int, PlainValidator(check_number)]
"""A decimal kept as its text said it: int or Decimal, never float."""
Fraction = Annotated[Number, _between(0, 1)]
Latitude = Annotated[Number, _between(-90, 90)]
Longitude = Annotated[Number, _between(-180, 180)]
NotNegative = _between(0)
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict()]
Types = Annotated[tuple[Line, ...], Field(max_length=20)]
Bounded = Field(max_length=LIST_LIMIT)
"""The bound of every list in a record."""
