# SPDX-License-Identifier: Apache-2.0
"""Bytes on the way: compressed for those who take that, and not sent to who has them."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request, Response

from filiera.services.body import Body


def validated(request: Request, body: Body, headers: Mapping[str, str]) -> Response:
    """A body with its entity tag, in gzip if the request takes it; 304 to who has these bytes.

    `headers` say by what the answer varies.
    """
    # The compressed form is another sequence of bytes, and a strong validator names one.
    zipped = body.zipped and accepts_gzip(request)
    said = {**headers, "ETag": f'"{body.tag}-gzip"' if zipped else f'"{body.tag}"'}
    if has_already(request, said["ETag"]):
        del said["Content-Type"]
        return Response(status_code=304, headers=said)
    return sent(request, body, said)


def sent(request: Request, body: Body, headers: Mapping[str, str], status: int = 200) -> Response:
    """A body in gzip, if it is kept so and the request takes it."""
    if body.zipped and accepts_gzip(request):
        return Response(body.data, status, {**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, status, headers)


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
