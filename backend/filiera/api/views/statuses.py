# SPDX-License-Identifier: Apache-2.0
"""Status instructions as they are sent, histories as they are shown."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from filiera.api.names import parse_address
from filiera.errors import InputError
from filiera.model.ids import ni_uri, parse_ni
from filiera.model.status_reasons import STATUS_REASONS
from filiera.ports.ledger import StatusInstruction
from filiera.proof.facts import Status, StatusKind
from filiera.services.statuses import StatusHistory
from filiera.services.view_parts import (
    BlockView,
    StandingView,
    View,
    Words,
    block_view,
    instant_view,
    standing_view,
)

_KINDS: Final = {kind.name.lower(): kind for kind in StatusKind}
Instant40 = Annotated[int, Field(ge=0, lt=2**40)]


class InstructionBody(View):
    """A status instruction, as its account signed it (EIP-712, docs/api.md)."""

    participant: str = Field(description="ni URI of the participant.")
    record: str = Field(description="ni URI of its record.")
    kind: str = Field(description="resumed, suspended, revoked or superseded.")
    reason: Annotated[int, Field(ge=0, le=255, description="The reason's number.")] = 0
    effective: Instant40 = Field(0, description="Seconds since 1970; 0 is the block's time.")
    successor: str | None = Field(None, description="ni URI of the record that supersedes it.")
    account: str = Field(description="The address that signed.")
    nonce: Annotated[int, Field(ge=0, le=2**53 - 1)]
    deadline: Annotated[int, Field(ge=0, le=2**53 - 1, description="Seconds since 1970.")]
    signature: str = Field(description="0x and 130 hexadecimal digits: r, s, v.")

    def instruction(self) -> StatusInstruction:
        """The instruction; raises InputError that names the member that is wrong."""
        successor = bytes(32)
        if self.successor is not None:
            successor = parse_ni(self.successor, where="successor")
        return StatusInstruction(
            participant=parse_ni(self.participant, where="participant"),
            record=parse_ni(self.record, where="record"),
            kind=self._kind(),
            reason=self.reason,
            effective=self.effective,
            successor=successor,
            account=parse_address(self.account, where="account"),
            nonce=self.nonce,
            deadline=self.deadline,
            signature=_signature(self.signature),
        )

    def _kind(self) -> int:
        if self.kind not in _KINDS:
            raise InputError(
                "request-invalid", f"kind is one of {', '.join(_KINDS)}.", where="kind"
            )
        if (self.kind == "superseded") != (self.successor is not None):
            raise InputError(
                "request-invalid",
                "A successor goes with superseded, and with nothing else.",
                where="successor",
            )
        return _KINDS[self.kind]


class StatusView(View):
    """One entry of a record's history: `effective` may lie before `recorded`."""

    kind: str
    reason: int
    words: Words | None = Field(description="What the reason's number stands for.")
    recorded: str
    effective: str
    account: str
    successor: str | None


class StatusesView(View):
    """A record's standing at one block, and the whole history behind it, oldest first."""

    record: str
    participant: str
    standing: StandingView
    statuses: list[StatusView]
    block: BlockView


class RelayedView(View):
    """An instruction that the chain took, in this block."""

    record: str
    kind: str
    block: BlockView


def statuses_view(history: StatusHistory) -> StatusesView:
    """A record's history."""
    return StatusesView(
        record=ni_uri(history.record.id),
        participant=ni_uri(history.record.participant),
        standing=standing_view(history.standing),
        statuses=[_status(entry) for entry in history.entries],
        block=block_view(history.block),
    )


def _status(entry: Status) -> StatusView:
    reason = STATUS_REASONS.get(entry.reason)
    return StatusView(
        kind=StatusKind(entry.kind).name.lower(),
        reason=entry.reason,
        words=Words(en=reason.en, it=reason.it) if reason else None,
        recorded=instant_view(entry.recorded),
        effective=instant_view(entry.effective),
        account=entry.account,
        successor=ni_uri(entry.successor) if entry.successor else None,
    )


def _signature(text: str) -> bytes:
    digits = text[2:] if text.startswith("0x") else ""
    try:
        signature = bytes.fromhex(digits) if digits == digits.lower() else b""
    except ValueError:
        signature = b""
    if len(signature) != 65 or len(digits) != 130:
        raise InputError(
            "hex-malformed",
            "A signature is 0x and 130 lower-case hexadecimal digits.",
            where="signature",
        )
    return signature
