# SPDX-License-Identifier: Apache-2.0
"""Answers to a browser: what every one of them says, validators, compression."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from filiera.api.encoded import accepts_gzip, has_already

HTML: Final = "text/html; charset=utf-8"
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What everything says that the web part serves."""
_VARY: Final = {"Vary": "Accept-Encoding, Accept-Language"}
PAGE: Final = {**SAFE, "Content-Security-Policy": POLICY}
"""What every page says beside."""
_HTML: Final = {**PAGE, **_VARY, "Content-Type": HTML}
PROGRAM: Final = {**SAFE, "Content-Security-Policy": "default-src 'none'; script-src 'self'"}
"""What static files say: one that runs as a worker may load a program, and ask nobody."""
NEVER_KEPT: Final = "no-store"
FOR_EVER: Final = "public, max-age=31536000, immutable"
_SMALLEST: Final = 500
"""Bytes below which compressing is not worth it."""


def kept_for(seconds: int) -> str:
    """Cache-Control of what may be shown again for so long, and is asked about after."""
    return f"public, max-age={seconds}, must-revalidate"


@dataclass(frozen=True, slots=True)
class Body:
    """A finished page or file: its bytes, the same compressed, and what its entity tags begin with.

    `zipped` is None where compressing is not worth it.
    """

    plain: bytes
    zipped: bytes | None
    tag: str

    @classmethod
    def of(cls, text: str) -> Body:
        """The body that a text makes."""
        plain = text.encode("utf-8")
        large = len(plain) >= _SMALLEST
        zipped = gzip.compress(plain, compresslevel=6, mtime=0) if large else None
        return cls(plain, zipped, sha256(plain).hexdigest()[:32])

    @property
    def size(self) -> int:
        """Its bytes in memory."""
        return len(self.plain) + len(self.zipped or b"")


def html(request: Request, body: Body, *, status: int = 200, caching: str) -> Response:
    """A page; 304 to whoever has these very bytes already."""
    headers = {**_HTML, "Cache-Control": caching}
    if status != 200:
        return Response(body.plain, status, headers)
    return _validated(request, body, headers)


def download(request: Request, body: Body, *, name: str, media_type: str, caching: str) -> Response:
    """A file to save under a name of plain characters; 304 to whoever has these very bytes."""
    headers = {
        **SAFE,
        **_VARY,
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": caching,
    }
    return _validated(request, body, headers)


def _validated(request: Request, body: Body, headers: dict[str, str]) -> Response:
    # The compressed form is another sequence of bytes, and a strong validator names one.
    zipped = body.zipped if accepts_gzip(request) else None
    headers = {**headers, "ETag": f'"{body.tag}"' if zipped is None else f'"{body.tag}-gzip"'}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=_without_content(headers))
    if zipped is None:
        return Response(body.plain, headers=headers)
    return Response(zipped, headers={**headers, "Content-Encoding": "gzip"})


def _without_content(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Content-Type"}
