# SPDX-License-Identifier: Apache-2.0
"""Names in addresses: how records, participants, documents and products are spelled in a path.

Routing takes the path as it was sent, so that an escaped slash is no separator: ids that
hold slashes (`ni:///…`, a Digital Link) stand in one escaped segment.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from filiera.errors import InputError
from filiera.model.gs1 import ProductId, product_id
from filiera.model.ids import b64url, parse_ni, unb64url

PREFIX: Final = "/v1"
_HEX = re.compile(r"(?:0x)?([0-9a-f]{64})")
_ADDRESS = re.compile(r"0x[0-9a-f]{40}")
_GS1_PATH = re.compile(r"[0-9]{2,4}/")


class EscapedPaths:
    """ASGI middleware: under /v1 the path that is matched is the one that was sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, its path as it was sent."""
        raw = scope.get("raw_path") if scope["type"] == "http" else None
        if raw and raw.startswith(PREFIX.encode()):
            scope = {**scope, "path": raw.partition(b"?")[0].decode("latin-1")}
        await self._app(scope, receive, send)


def parse_digest(segment: str, *, where: str) -> bytes:
    """The 32 bytes of 43 base64url characters or an escaped ni URI."""
    text = unquote(segment)
    if text.startswith("ni:"):
        return parse_ni(text, where=where)
    digest = unb64url(text, where=where) if len(text) == 43 else b""
    if len(digest) != 32:
        raise InputError(
            "ni-malformed",
            f"{text[:80]!r} is not the name of a SHA-256 digest.",
            where=where,
            hint="Give the 43 base64url characters, or the whole ni:///sha-256;… escaped.",
        )
    return digest


def parse_file_digest(segment: str) -> bytes:
    """Like `parse_digest`; hexadecimal with or without 0x is read too."""
    match = _HEX.fullmatch(segment)
    return bytes.fromhex(match[1]) if match else parse_digest(segment, where="sha256")


def parse_address(text: str, *, where: str = "address") -> str:
    """An account's address; raises `hex-malformed`."""
    if not _ADDRESS.fullmatch(text):
        raise InputError(
            "hex-malformed",
            f"{text[:80]!r} is not 0x and 40 lower-case hexadecimal digits.",
            where=where,
        )
    return text


def parse_product(path: str) -> ProductId:
    """The product that the rest of a path names.

    One escaped segment is any spelling that `product_id` reads; several are the path of a
    Digital Link (`01/<GTIN>/10/<lot>`) or `<GTIN>/<lot>`, each segment escaped by itself.
    Raises `gs1-malformed` or `gs1-check-digit`.
    """
    if "/" not in path:
        path = unquote(path)
    elif _GS1_PATH.match(path):
        path = f"https://id.gs1.org/{path}"
    return product_id(path, where="product")


def record_path(record: bytes) -> str:
    """Where a record is found."""
    return f"{PREFIX}/records/{b64url(record)}"


def document_path(sha256: bytes) -> str:
    """Where a document is found."""
    return f"{PREFIX}/documents/{b64url(sha256)}"


def passport_path(product: str) -> str:
    """Where a passport is found."""
    return f"{PREFIX}/passports/{quote(product, safe='')}"
