# SPDX-License-Identifier: Apache-2.0
"""Reading what a person typed: products, criteria, days, records, schemes, files.

Each function raises InputError with the option's name in `where` and, where it can tell,
what was probably meant.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import quote

from filiera.cli.words import language, say
from filiera.errors import InputError
from filiera.model.context import FILIERA_CONTEXT
from filiera.model.criteria import CRITERIA, CriterionCode
from filiera.model.gs1 import ProductId, product_id
from filiera.model.gs1_keys import check_digit
from filiera.model.ids import parse_ni, unb64url
from filiera.model.links import RecordLink, document_link
from filiera.model.named import Named
from filiera.model.scalars import is_uri
from filiera.model.times import parse_day, parse_instant

_LEADING_GTIN = re.compile(r"(?:[0-9]{8}|[0-9]{12,14})(?![0-9])")
_INSTANT_HINT: Final = 10


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that a record will name: its own name, its bytes, its media type."""

    name: str
    data: bytes
    media_type: str

    @property
    def sha256(self) -> bytes:
        """The digest that the record names."""
        return sha256(self.data).digest()

    @property
    def link(self) -> RecordLink:
        """How the record names it."""
        return document_link(self.sha256, self.name, self.media_type)


def typed_product(text: str, where: str) -> ProductId:
    """A product in any spelling; a wrong check digit is answered with the right one."""
    try:
        found = product_id(text, where=where)
    except InputError as error:
        if error.code != "gs1-check-digit":
            raise
        raise InputError(error.code, error.message, where=where, hint=_meant(text)) from None
    if not found.is_product:
        raise InputError("gs1-malformed", say("product.not-one", text=text), where=where)
    return found


def _meant(text: str) -> str | None:
    match = _LEADING_GTIN.match(text)
    if match is None:
        return None
    digits = match[0]
    right = digits[:-1] + check_digit(digits[:-1])
    return say("product.meant", text=right + text[len(digits) :])


def typed_criteria(texts: Sequence[str]) -> list[CriterionCode]:
    """Criteria by code, by a code's unmistakable beginning, or by name in either language."""
    return list(dict.fromkeys(_criterion(text) for text in texts))


def _criterion(text: str) -> CriterionCode:
    wanted = text.strip().casefold()
    named = {
        name.casefold(): criterion.code
        for criterion in CRITERIA.values()
        for name in (criterion.code.value, criterion.name_en, criterion.name_it)
    }
    if wanted in named:
        return named[wanted]
    begun = {code for name, code in named.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    # A beginning may be mistyped as well.
    begins = {name[: len(wanted)]: code for name, code in named.items()} | named
    near = get_close_matches(wanted, begins, n=1)
    raise InputError(
        "criterion-unknown",
        say("criterion.unknown", text=text),
        where="--criterion",
        hint=_criteria_listed(begins[near[0]] if near else None),
    )


def _criteria_listed(near: CriterionCode | None) -> str:
    lang = language()
    if near is not None:
        return say("criterion.meant", code=near)
    names = [
        f"{code} ({criterion.name_it if lang == 'it' else criterion.name_en})"
        for code, criterion in CRITERIA.items()
    ]
    return say("criterion.known", known=", ".join(names))


def complete_criterion(begun: str) -> list[str]:
    """The codes that begin like this, for a shell."""
    return [code.value for code in CriterionCode if code.value.startswith(begun.casefold())]


def typed_day(text: str, where: str) -> str:
    """A calendar day YYYY-MM-DD."""
    try:
        parse_day(text, where=where)
    except InputError as error:
        raise InputError(error.code, error.message, where=where, hint=say("day.hint")) from None
    return text


def typed_until(text: str, where: str, zone: tzinfo | None = None) -> str:
    """The end of a validity: a day means its last second, here (or in `zone`).

    An RFC 3339 instant stays as it is.
    """
    if len(text) > _INSTANT_HINT:
        parse_instant(text, where=where)
        return text
    last = datetime.fromisoformat(f"{typed_day(text, where)}T23:59:59")
    local = last.replace(tzinfo=zone) if zone else last.astimezone()
    return local.isoformat()


def typed_instant(text: str, where: str) -> str:
    """An RFC 3339 instant; a day alone means its first second, here."""
    if len(text) > _INSTANT_HINT:
        parse_instant(text, where=where)
        return text
    return datetime.fromisoformat(typed_day(text, where)).astimezone().isoformat()


def typed_record(text: str, where: str) -> bytes:
    """A record by `ni:///sha-256;…` or by its 43 characters alone."""
    try:
        if text.startswith("ni:"):
            return parse_ni(text, where=where)
        digest = unb64url(text, where=where)
    except InputError:
        digest = b""
    if len(digest) != 32:
        raise InputError(
            "ni-malformed",
            say("record.malformed", text=text[:80]),
            where=where,
            hint=say("record.malformed.hint"),
        )
    return digest


def typed_scheme(text: str) -> Named:
    """A scheme by its URI, by `URI NAME`, or by name alone.

    A name alone gets an identifier made of it, under our own context: it says that no more
    than the name is known (docs/decisions/0051-schemes-known-by-name.md).
    """
    first, _, rest = text.strip().partition(" ")
    if is_uri(first):
        return Named(first, rest.strip() or first)
    name = text.strip()
    if not name:
        raise InputError("usage", say("scheme.empty"), where="--scheme")
    return Named(f"{FILIERA_CONTEXT}#scheme-{quote(name.casefold(), safe='')}", name)


def read_chosen(path: Path, where: str) -> ChosenFile:
    """A file with its media type, by its first bytes else by its name.

    Raises `file-unreadable` or `document-empty`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("file-unreadable", f"{path}: {error.strerror}.", where=where) from None
    if not data:
        raise InputError("document-empty", say("file.empty"), where=str(path))
    return ChosenFile(path.name, data, _media_type(path, data))


def _media_type(path: Path, data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
