# SPDX-License-Identifier: Apache-2.0
"""A signed record taken apart for reading: header, payload and signature of its JWS.

Each part is decoded by itself, so that what breaks the format's rules can be looked at too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from filiera.errors import InputError
from filiera.model.ids import lenient_b64url
from filiera.proof.encoding import parse_json
from filiera.web import bounds

_INDENT: Final = "  "
# What has no shape of its own, and what turns the direction of its neighbours.
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A text, perhaps cut: `left_out` characters of it are not here."""

    text: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The JWS as it is, and its parts decoded; a part that cannot be is None.

    `signature` is r and s, 32 bytes each, in 0x hexadecimal.
    """

    jws: Part
    header: Part | None
    payload: Part | None
    signature: tuple[str, str] | None


def unfold(jws: str) -> Unfolded:
    """A compact JWS taken apart (RFC 7515 section 7.1); it is not checked here."""
    header, payload, signature = (*jws.split("."), "", "", "")[:3]
    return Unfolded(_cut(jws), _json(header), _json(payload), _signature(signature))


def _json(part: str) -> Part | None:
    """The part as indented JSON, else as the text that it is."""
    data = _decoded(part)
    if not data:
        return None
    try:
        return _cut("".join(_indented(parse_json(data), "")))
    except InputError:
        return _cut(_visible(data.decode("utf-8", "replace")))


def _signature(part: str) -> tuple[str, str] | None:
    data = _decoded(part)
    return ("0x" + data[:32].hex(), "0x" + data[32:].hex()) if len(data) == 64 else None


def _decoded(part: str) -> bytes:
    try:
        return lenient_b64url(part)
    except ValueError:
        return b""


def _indented(value: Any, margin: str) -> Iterator[str]:
    """JSON as `proof.encoding` reads it, one member a line, numbers digit for digit."""
    inner = margin + _INDENT
    match value:
        case dict() if value:
            members = (
                f"{inner}{_scalar(name)}: {''.join(_indented(item, inner))}"
                for name, item in value.items()
            )
            yield from ("{\n", ",\n".join(members), f"\n{margin}}}")
        case list() if value:
            items = (inner + "".join(_indented(item, inner)) for item in value)
            yield from ("[\n", ",\n".join(items), f"\n{margin}]")
        case _:
            yield _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return _visible(json.dumps(value, ensure_ascii=False))


def _visible(text: str) -> str:
    """Characters that cannot be seen, or that reorder others, as JSON escapes them."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _cut(text: str) -> Part:
    return Part(text[: bounds.PART], max(0, len(text) - bounds.PART))
