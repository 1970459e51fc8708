# SPDX-License-Identifier: Apache-2.0
"""The checks of a proven block: its seal, the state under it, its age (docs/proof.md 4 and 5)."""

from __future__ import annotations

from typing import Final

from filiera.proof.header import Header
from filiera.proof.sealing import SealAnswer
from filiera.proof.storage import ProvenState
from filiera.proof.trust import TrustFile
from filiera.proof.verdict import PASSPORT, Check

SLACK: Final = 24 * 3600
"""Seconds by which a block may lie after `now`, for clocks that are set wrongly."""


def check_age(header: Header, trust: TrustFile, now: int, max_age: int | None = None) -> str:
    """The code for a block's age at `now`, in seconds since 1970 UTC.

    Because histories are append-only, one recent header proves the past; an old one proves
    nothing about since. `max_age` tells it more strictly than the trust file.
    """
    oldest = now - min(trust.maximum_age, max_age if max_age is not None else trust.maximum_age)
    if header.number < trust.minimum_block:
        return "header-below-minimum"
    if header.time > now + SLACK:
        return "header-in-future"
    return "header-too-old" if header.time < oldest else "age-ok"


def block_checks(
    header: Header,
    trust: TrustFile,
    seal: SealAnswer,
    state: ProvenState,
    now: int,
    max_age: int | None = None,
) -> tuple[Check, ...]:
    """The three checks about the passport as a whole that stand on the header."""
    return (
        Check(PASSPORT, "seal", seal.code, seal.params),
        Check(PASSPORT, "state", state.code, state.params),
        Check(PASSPORT, "age", check_age(header, trust, now, max_age), {}),
    )
