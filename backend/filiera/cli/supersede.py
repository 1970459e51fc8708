# SPDX-License-Identifier: Apache-2.0
"""Replacing a record: once its successor is anchored, the old one is marked superseded."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

from filiera.cli.issuing import Issuer
from filiera.cli.session import Session
from filiera.cli.status import send_status
from filiera.cli.words import say
from filiera.errors import RefusedError, UnavailableError
from filiera.model.ids import b64url, ni_uri
from filiera.model.status_reasons import status_reason
from filiera.proof.facts import StatusKind

PATIENCE: Final = 90.0
"""Seconds to wait until the successor is anchored."""
ASK_EVERY: Final = 1.0


def replace_record(session: Session, issuer: Issuer, old: bytes, new: bytes) -> None:
    """Have `new` anchored, then sign that it supersedes `old`.

    Raises UnavailableError when it is not anchored in time; the hint says how to go on.
    """
    with session.out.working(say("working.replace")):
        await_anchored(session, old, new)
    send_status(
        session,
        issuer,
        old,
        StatusKind.SUPERSEDED,
        status_reason("corrected").number,
        successor=new,
    )
    session.out.note(say("replace.done", record=ni_uri(old)))


def await_anchored(session: Session, old: bytes, new: bytes) -> None:
    """Ask for an anchoring, which only the operator's machine may, and wait for it."""
    with suppress(RefusedError):  # then it is anchored when its batch is due
        session.api.post("/batches", {})
    deadline = time.monotonic() + PATIENCE
    while session.api.get(f"/records/{b64url(new)}").get("anchored") is None:
        if time.monotonic() > deadline:
            raise UnavailableError(
                "chain-unreachable",
                say("replace.late"),
                part="chain",
                where=ni_uri(new),
                hint=say("replace.late.hint", old=b64url(old), new=b64url(new)),
            )
        time.sleep(ASK_EVERY)
