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
    """A finished page or file as it is kept, and what its entity tags begin with.

    `data` is compressed where that is worth it: nearly everybody takes it so.
    """

    data: bytes
    zipped: bool
    tag: str

    @classmethod
    def of(cls, text: str) -> Body:
        """The body that a text makes."""
        plain = text.encode("utf-8")
        zipped = len(plain) >= _SMALLEST
        data = gzip.compress(plain, compresslevel=6, mtime=0) if zipped else plain
        return cls(data, zipped, sha256(plain).hexdigest()[:32])

    @property
    def plain(self) -> bytes:
        """Its bytes, for who takes nothing compressed."""
        return gzip.decompress(self.data) if self.zipped else self.data


def html(request: Request, body: Body, *, status: int = 200, caching: str) -> Response:
    """A page; 304 to whoever has these very bytes already."""
    headers = {**_HTML, "Cache-Control": caching}
    return (
        _validated(request, body, headers)
        if status == 200
        else _sent(request, body, headers, status)
    )


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
    zipped = body.zipped and accepts_gzip(request)
    headers = {**headers, "ETag": f'"{body.tag}-gzip"' if zipped else f'"{body.tag}"'}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=_without_content(headers))
    return _sent(request, body, headers)


def _sent(request: Request, body: Body, headers: dict[str, str], status: int = 200) -> Response:
    if body.zipped and accepts_gzip(request):
        return Response(body.data, status, {**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, status, headers)


def _without_content(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Content-Type"}
