# SPDX-License-Identifier: Apache-2.0
"""HTTP to a node that may be hostile or broken: no answer of it goes on for ever.

A timeout of `requests` bounds the wait for the next bytes alone, and its limits are none: a
node that says a byte now and then holds who asked as long as it likes, and one that says many
fills the memory. So what is bounded here is what comes from the socket: every byte counts,
those of the head and between the pieces too, and every wait ends with the whole call.
"""

from __future__ import annotations

import io
import socket
import time
from functools import cache, partial
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any, ClassVar, Final, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

MAX_REFUSAL: Final = 1 << 16
"""Bytes that are read of an answer that is no success: room for its reason."""


class AnswerTooLongError(Exception):
    """Raised when a node has said more than was to be taken from it."""


def bound(session: requests.Session, *, seconds: float, octets: float) -> None:
    """Let no call of this session take longer than `seconds`, nor its answer have more `octets`.

    The call is over in time from the first byte sent to the last one read, whatever the
    session's timeouts; raises what they raise. Beyond `octets` it raises
    `AnswerTooLongError`. A node is asked itself and answers itself: by no proxy of the
    environment, without redirects, encodings and cookies.
    """
    session.trust_env = False
    session.headers["Accept-Encoding"] = "identity"
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.hooks["response"].append(_as_it_is)
    for adapter in session.adapters.values():
        manager = cast(HTTPAdapter, adapter).poolmanager
        # urllib3's own table is every session's; this one has one of its own.
        manager.pool_classes_by_scheme = {
            scheme: _bounded(pool, seconds, octets)
            for scheme, pool in manager.pool_classes_by_scheme.items()
        }


def _as_it_is(response: requests.Response, **_: Any) -> None:
    """Refuse what leads elsewhere or has to be unpacked; cut a refusal to its beginning."""
    if response.is_redirect:
        response.close()
        raise requests.TooManyRedirects("A node that sends to another.", response=response)
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        response.close()
        raise requests.exceptions.ContentDecodingError("An encoding that nobody asked for.")
    if not response.ok:
        response.raw = io.BytesIO(_beginning(response.raw))


def _beginning(raw: urllib3.HTTPResponse) -> bytes:
    said = bytearray()
    try:
        for piece in raw.stream(MAX_REFUSAL):
            said += piece
            if len(said) >= MAX_REFUSAL:
                break
    except urllib3.exceptions.HTTPError as error:
        raise requests.ConnectionError(error) from error
    finally:
        raw.close()
    return bytes(said[:MAX_REFUSAL])


@cache
def _bounded(
    pool: type[HTTPConnectionPool], seconds: float, octets: float
) -> type[HTTPConnectionPool]:
    """The same kind of pool, whose connections are bounded."""
    if issubclass(pool.ConnectionCls, _Connection):
        return pool  # an adapter may serve several kinds of address
    bounds = {"seconds": seconds, "octets": octets}
    connection = type("_BoundedConnection", (_Connection, pool.ConnectionCls), bounds)
    return type("_BoundedPool", (pool,), {"ConnectionCls": connection})


class _Connection(HTTPConnection):
    """A connection each of whose requests has a last moment, and the answer a last byte."""

    seconds: ClassVar[float]
    octets: ClassVar[float]
    _until = 0.0

    def request(self, *args: Any, **more: Any) -> None:
        self._until = time.monotonic() + self.seconds
        super().request(*args, **more)

    def send(self, data: Any) -> None:
        if self.sock is not None:
            _narrow(self.sock, self.timeout, self._until)
        super().send(data)

    def getresponse(self) -> Any:
        made = partial(_Answer, until=self._until, octets=self.octets)
        self.response_class = made  # type: ignore[assignment]  # it is called, and no more
        return super().getresponse()


class _Answer(HTTPResponse):
    """An answer that is read through a `_Meter`."""

    def __init__(
        self, sock: socket.socket, *args: Any, until: float, octets: float, **more: Any
    ) -> None:
        super().__init__(sock, *args, **more)
        self.fp = io.BufferedReader(_Meter(self.fp.detach(), sock, until, octets))


class _Meter(io.RawIOBase):
    """What comes from a socket, until a moment and a number of bytes."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, until: float, octets: float) -> None:
        self._raw = raw
        self._sock = sock
        self._silence = sock.gettimeout()
        self._until = until
        self._left = octets

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        _narrow(self._sock, self._silence, self._until)
        count = self._raw.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise AnswerTooLongError
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _narrow(sock: socket.socket, silence: Any, until: float) -> None:
    """Let the socket's next wait end with its silence or the whole call, whichever is first."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the whole call took too long")
    sock.settimeout(left if silence is None else min(left, silence))
