# SPDX-License-Identifier: Apache-2.0
"""Bytes on the way: compressed for those who take that, and not sent to who has them."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request, Response


def encoded(request: Request, body: bytes, headers: Mapping[str, str]) -> Response:
    """A body with its entity tag, in gzip if the request takes it; 304 to who has these bytes.

    The compressed form is another sequence of bytes, and a strong validator names one.
    """
    zipped = accepts_gzip(request)
    tag = sha256(body).hexdigest()[:32] + ("-gzip" if zipped else "")
    said = {**headers, "ETag": f'"{tag}"', "Vary": "Accept-Encoding"}
    if has_already(request, said["ETag"]):
        kept = ("ETag", "Vary", "Cache-Control")
        return Response(
            status_code=304, headers={name: said[name] for name in kept if name in said}
        )
    if not zipped:
        return Response(body, headers=said)
    content = gzip.compress(body, compresslevel=6, mtime=0)
    return Response(content, headers={**said, "Content-Encoding": "gzip"})


def accepts_gzip(request: Request) -> bool:
    """Whether the request takes gzip (RFC 9110 section 12.5.3)."""
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or not weight
    return False


def has_already(request: Request, etag: str) -> bool:
    """Whether If-None-Match names the entity tag (RFC 9110 section 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    tags = {each.strip().removeprefix("W/") for each in given.split(",")}
    return "*" in tags or etag in tags
