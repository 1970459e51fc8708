# SPDX-License-Identifier: Apache-2.0
"""Sending transactions with a Signer, and waiting until they are mined."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any, Final

from eth_hash.auto import keccak

from filiera.adapters.ledger.rpc import Rpc, number, octets, quantity
from filiera.errors import ConflictError, UnavailableError
from filiera.ports.signer import Signer
from filiera.proof.facts import Block
from filiera.proof.header import MAX_NUMBER
from filiera.proof.rlp import Item, encode, from_int

_TYPE: Final = b"\x02"
_FIRST_WAIT: Final = 0.02
_LONGEST_WAIT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Mined:
    """A mined transaction; `contract` is the address that it created, if any."""

    transaction: bytes
    block: Block
    contract: str | None
    gas: int
    logs: tuple[dict[str, Any], ...]


class Sender:
    """One account that transacts. One transaction at a time; calls from threads queue up."""

    def __init__(
        self,
        rpc: Rpc,
        chain_id: int,
        signer: Signer,
        *,
        patience: float = 60.0,
        tip: int = 0,
        confirmations: int = 0,
    ) -> None:
        """`patience`: seconds to wait for a block; `tip`: wei a unit of gas, on top of the base.

        `confirmations`: blocks to wait for after the one that took a transaction. Where
        several parties seal, two may seal at once, and one of the two blocks is taken back.
        """
        self.address = signer.address
        self._rpc = rpc
        self._chain_id = chain_id
        self._signer = signer
        self._patience = patience
        self._tip = tip
        self._confirmations = confirmations
        self._turn = threading.Lock()

    def send(self, data: bytes, to: str | None = None) -> Mined:
        """Send and wait; without `to` it creates a contract.

        Raises `ConflictError` (`chain-refused`) when the contract reverts: nothing was sent,
        or it is mined without effect. Raises `UnavailableError` when the node does not
        answer: it may or may not be mined.
        """
        with self._turn:
            raw = self._signed(data, to)
            said = self._rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
        with self._rpc.sense():
            sent = octets(said)
        return self.settled(sent)

    def _signed(self, data: bytes, to: str | None) -> bytes:
        """An EIP-1559 transaction."""
        draft: dict[str, Any] = {"from": self.address, "data": "0x" + data.hex()}
        if to is not None:
            draft["to"] = to
        nonce, gas, head = self._rpc.batch(
            [
                ("eth_getTransactionCount", [self.address, "pending"]),
                ("eth_estimateGas", [draft]),
                ("eth_getBlockByNumber", ["latest", False]),
            ]
        )
        with self._rpc.sense():
            base, turn = number(head.get("baseFeePerGas", "0x0")), number(nonce)
            # A block later a history may be an entry longer, and reading it dearer.
            limit = number(gas) * 5 // 4
        fields: list[Item] = [
            *map(from_int, (self._chain_id, turn, self._tip, 2 * base + self._tip, limit)),
            b"" if to is None else octets(to),
            from_int(0),
            data,
            [],
        ]
        signature = self._signer.sign_digest(keccak(_TYPE + encode(fields)))
        r, s = signature[:32].lstrip(b"\0"), signature[32:64].lstrip(b"\0")
        return _TYPE + encode([*fields, from_int(signature[64] % 27), r, s])

    def settled(self, transaction: bytes) -> Mined:
        """Wait until a block took a transaction and enough others followed; as `send` raises.

        An account's transactions are taken in their order: with one, all before it are settled.
        """
        deadline = time.monotonic() + self._patience
        wait = _FIRST_WAIT
        while True:
            receipt, head = self._rpc.batch(
                [("eth_getTransactionReceipt", ["0x" + transaction.hex()]), ("eth_blockNumber", [])]
            )
            with self._rpc.sense():
                if receipt is not None and self._is_deep(receipt, number(head)):
                    return self._mined(transaction, receipt)
            if time.monotonic() > deadline:
                raise UnavailableError(
                    "chain-unreachable",
                    f"{'No' if receipt is None else 'No settled'} block took transaction "
                    f"0x{transaction.hex()} in {self._patience:g} s.",
                    part="chain",
                )
            time.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _is_deep(self, receipt: dict[str, Any], head: int) -> bool:
        """Whether enough blocks followed; the receipt is asked for anew until they did."""
        return number(receipt["blockNumber"]) + self._confirmations <= head

    def _mined(self, transaction: bytes, receipt: dict[str, Any]) -> Mined:
        if number(receipt["status"]) != 1:
            raise ConflictError(
                "chain-refused",
                f"Transaction 0x{transaction.hex()} was mined without effect: it reverted.",
            )
        return Mined(
            transaction=transaction,
            block=read_block(self._rpc, quantity(number(receipt["blockNumber"]))),
            contract=receipt.get("contractAddress"),
            gas=number(receipt["gasUsed"]),
            logs=tuple(receipt["logs"]),
        )


def read_block(rpc: Rpc, which: str) -> Block:
    """The block of a number in hexadecimal, or "latest"."""
    block = rpc.call("eth_getBlockByNumber", which, False)
    if block is None:
        raise UnavailableError(
            "chain-unreachable", f"The chain node has no block {which}.", part="chain"
        )
    with rpc.sense():
        said = Block(number(block["number"]), octets(block["hash"]), number(block["timestamp"]))
        if max(said.number, said.time) > MAX_NUMBER:
            raise ValueError("no chain is as long or as old")
        return said
