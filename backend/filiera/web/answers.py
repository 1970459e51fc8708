# SPDX-License-Identifier: Apache-2.0
"""Answers to a browser: what every one of them says."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from filiera.api.encoded import sent, validated
from filiera.services.body import Body

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


def kept_for(seconds: int) -> str:
    """Cache-Control of what may be shown again for so long, and is asked about after."""
    return f"public, max-age={seconds}, must-revalidate"


def html(request: Request, body: Body, *, status: int = 200, caching: str) -> Response:
    """A page; 304 to whoever has these very bytes already."""
    headers = {**_HTML, "Cache-Control": caching}
    if status != 200:
        return sent(request, body, headers, status)
    return validated(request, body, headers)


def download(request: Request, body: Body, *, name: str, media_type: str, caching: str) -> Response:
    """A file to save under a name of plain characters; 304 to whoever has these very bytes."""
    headers = {
        **SAFE,
        **_VARY,
        "Content-Type": media_type,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": caching,
    }
    return validated(request, body, headers)
