# SPDX-License-Identifier: Apache-2.0
"""Ledger: what Filiera asks of a chain, and what it may rely on in return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Unpack

from filiera.proof.facts import Anchor, Asked, Block, ChainFacts
from filiera.proof.trust import TrustFile


@dataclass(frozen=True, slots=True)
class ChainIdentity:
    """Which chain this is, and whose word founds it.

    `contracts` maps a registry's name to its address; `founder` is the founding
    association's participant id; `operator` the address that anchors from here.
    """

    chain_id: int
    genesis_hash: bytes
    contracts: tuple[tuple[str, str], ...]
    founder: bytes
    operator: str


@dataclass(frozen=True, slots=True)
class AnchorReceipt:
    """A mined anchoring: its slot, its transaction, the block it is in."""

    anchor: Anchor
    transaction: bytes
    block: Block


@dataclass(frozen=True, slots=True)
class StatusInstruction:
    """A participant's signed wish to change a record's standing (EIP-712, docs/contracts.md).

    `effective` 0 means the block's time; `successor` is 32 zero bytes when there is none;
    `deadline` is the last second at which the contract takes it; `signature` has 65
    bytes and is empty until the account has signed.
    """

    participant: bytes
    record: bytes
    kind: int
    reason: int
    effective: int
    successor: bytes
    account: str
    nonce: int
    deadline: int
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class StateProof:
    """What proves facts of one block to somebody who trusts no node (docs/proof.md 5).

    `headers` as RLP, the facts' block first; `operator_seal` 65 bytes where the network's
    seal is the operator's; `nodes` trie nodes, each once, ascending by Keccak-256.
    """

    headers: tuple[bytes, ...]
    operator_seal: bytes | None
    nodes: tuple[bytes, ...]


class Ledger(Protocol):
    """The chain, read at stated blocks and written with the operator's key.

    Every method raises `UnavailableError` (part "chain") when the node does not answer
    or answers nonsense: then nothing was decided. Writes return only when mined. `anchor`
    is not idempotent (the contract refuses a repeated root); a caller that does not know
    whether an earlier call arrived asks `find_anchor` first.
    """

    def identity(self) -> ChainIdentity:
        """The chain that the node serves; raises `chain-mismatch` if not the deployment's."""
        ...

    def head(self) -> Block:
        """The newest block."""
        ...

    def block(self, number: int, /) -> Block:
        """The block of that number; raises `NotFoundError` (`block-not-found`)."""
        ...

    def anchor(self, root: bytes, count: int, manifest: bytes) -> AnchorReceipt:
        """Anchor a root over `count` records; `manifest` is the root block's SHA-256.

        Raises `ConflictError` (`chain-refused`) when the contract reverts.
        """
        ...

    def find_anchor(self, root: bytes) -> AnchorReceipt | None:
        """The operator's own anchoring of `root`, or None: how a crash is resolved."""
        ...

    def read(self, block: Block, **asked: Unpack[Asked]) -> ChainFacts:
        """Everything asked for, all of it as of `block`; what is absent reads as absent.

        Chain id and genesis are the node's own word. Raises `chain-mismatch` when something
        is asked of a chain that is not the deployment's; with nothing asked, it only says.
        """
        ...

    def provable(self, trust: TrustFile) -> Block:
        """The newest block that enough others are built on for `trust`'s kind of seal."""
        ...

    def prove(self, facts: ChainFacts, trust: TrustFile) -> StateProof:
        """Prove `facts`, which were read at their block, to a holder of `trust`.

        Headers are added until the seal is proven, as far as there are any. Raises
        `UnavailableError` when the node does not keep the state of that block.
        """
        ...

    def status_nonce(self, account: str) -> int:
        """The nonce that the account's next status instruction must carry."""
        ...

    def relay_status(self, instruction: StatusInstruction) -> Block:
        """Send a signed status instruction; raises `ConflictError` when the contract reverts."""
        ...
