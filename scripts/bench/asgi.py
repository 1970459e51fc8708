# SPDX-License-Identifier: Apache-2.0
"""Asking an application by its own interface, without a server or a socket between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message


@dataclass(frozen=True, slots=True)
class Answer:
    """What an application answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Asgi:
    """Asks applications, by their own interface, in an event loop of its own."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()

    def __enter__(self) -> Asgi:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._runner.close()

    def get(self, app: ASGIApp, address: str, **headers: str) -> Answer:
        """One GET."""
        return self._runner.run(_get(app, address, headers))

    def get_all(
        self, app: ASGIApp, addresses: Iterable[str], status: int = 200, /, **headers: str
    ) -> None:
        """GETs one after another, each of which has to be answered with that status.

        All in one task, as in a server's: its end is the end of the threads that it was lent.
        """

        async def ask() -> None:
            for address in addresses:
                answer = await _get(app, address, headers)
                if answer.status != status:
                    raise ValueError(f"what is measured must be answered with {status}: {answer}")

        self._runner.run(ask())


async def _get(app: ASGIApp, address: str, headers: Mapping[str, str]) -> Answer:
    said: list[Message] = []
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Any:
        for message in asked:
            return message
        return await asyncio.Event().wait()  # a client that stays

    async def send(message: Message) -> None:
        said.append(message)

    await app(_scope(address, headers), receive, send)
    start, *rest = said
    names = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, b"".join(each.get("body", b"") for each in rest))


def _scope(address: str, headers: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(address)
    given = {"host": "localhost", "accept": "text/html", "accept-encoding": "gzip", **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in given.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8952),
    }
