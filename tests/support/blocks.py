# SPDX-License-Identifier: Apache-2.0
"""Headers and proofs as a chain's node gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from filiera.proof.header import Header, parse_header
from filiera.proof.rlp import Item, encode, from_int
from filiera.proof.trie import NodePool

# The members of a JSON-RPC block, in the order of a header's fields.
DATA = ("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot")
MEMBERS = (
    *DATA,
    *("logsBloom", "difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData"),
    *("mixHash", "nonce"),
)
QUANTITIES = {"difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"}
QUANTITIES |= {"blobGasUsed", "excessBlobGas"}
LATER = (
    *("baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas"),
    *("parentBeaconBlockRoot", "requestsHash"),
)


def header_rlp(block: Mapping[str, Any]) -> bytes:
    """The header of a block as JSON-RPC gives it."""
    names = (*MEMBERS, *(name for name in LATER if block.get(name) is not None))
    fields: list[Item] = [_field(name, block[name]) for name in names]
    return encode(fields)


def _field(name: str, said: str) -> bytes:
    return from_int(int(said, 16)) if name in QUANTITIES else bytes.fromhex(said[2:])


def made_header(**fields: Any) -> Header:
    """A header of a block that nobody made; `fields` replace what is usual."""
    said: dict[str, Any] = {
        **dict.fromkeys(DATA, "0x" + "11" * 32),
        "miner": "0x" + "00" * 20,
        "logsBloom": "0x" + "00" * 256,
        **dict.fromkeys(("difficulty", "gasUsed"), "0x0"),
        "gasLimit": "0x1c9c380",
        "number": "0x10",
        "timestamp": "0x6a000000",
        "extraData": "0x",
        "mixHash": "0x" + "00" * 32,
        "nonce": "0x" + "00" * 8,
    }
    return parse_header(header_rlp(said | {name: _said(value) for name, value in fields.items()}))


def _said(value: Any) -> str:
    return hex(value) if isinstance(value, int) else "0x" + value.hex()


def pool_of(*proofs: Mapping[str, Any]) -> NodePool:
    """The nodes of some answers to eth_getProof (EIP-1186)."""
    return NodePool.of(bytes.fromhex(node[2:]) for proof in proofs for node in nodes_of(proof))


def nodes_of(proof: Mapping[str, Any]) -> Iterable[str]:
    """Every node of one answer, of the account and of each slot."""
    yield from proof["accountProof"]
    for each in proof["storageProof"]:
        yield from each["proof"]
