# SPDX-License-Identifier: Apache-2.0
"""A part of the stack while it starts: wait until it answers, or say why it will not."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Final, TypeVar

from filiera.errors import UnavailableError
from filiera.stack.processes import Child

Answer = TypeVar("Answer")

START_LIMIT: Final = 60.0
MAX_ANSWER: Final = 1 << 20
"""Bytes that are read of an answer: whose port it is, is not known yet."""
POLL_EVERY: Final = 0.05

# Loopback never goes through a proxy, whatever the environment says of proxies.
_DIRECT: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def await_answer(child: Child, part: str, ask: Callable[[], Answer | None]) -> Answer:
    """What `ask` returns once it returns something; `UnavailableError` when it never will."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        status = child.exit_status()
        if status is not None:
            raise _failed(child, part, f"stopped before it answered (exit {status})")
        answer = ask()
        if answer is not None:
            return answer
        time.sleep(POLL_EVERY)
    raise _failed(child, part, f"did not answer within {START_LIMIT:.0f} s")


def post(url: str, body: bytes = b"") -> bytes | None:
    """The answer to a POST, or None while nobody answers."""
    request = urllib.request.Request(
        url, data=body, method="POST", headers={"Content-Type": "application/json"}
    )
    try:
        with _DIRECT.open(request, timeout=5.0) as answer:
            return bytes(answer.read(MAX_ANSWER))
    except (urllib.error.URLError, OSError):
        return None


def _failed(child: Child, part: str, what: str) -> UnavailableError:
    return UnavailableError(
        f"{part}-unreachable",
        f"The {child.name} {what}. Its last lines:\n{child.last_words()}\n",
        part=part,
        where=str(child.log),
        hint="`filiera doctor` says what this machine lacks.",
    )
