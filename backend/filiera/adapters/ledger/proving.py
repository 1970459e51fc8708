# SPDX-License-Identifier: Apache-2.0
"""Proofs from a node: a block's header as RLP, and the trie nodes under its state root.

Which slots are to be proven is found by reading the facts once from what the node has
proven so far, noting the slots that are asked for: the lengths of arrays come first, then
their elements. So one contract takes at most two calls of eth_getProof (EIP-1186).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eth_hash.auto import keccak

from filiera.adapters.ledger.deployment import Deployment
from filiera.adapters.ledger.rpc import Request, Rpc, octets, quantity
from filiera.errors import UnavailableError
from filiera.proof import stored
from filiera.proof.bundle import MAX_HEADERS
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.header import parse_header
from filiera.proof.rlp import Item, encode, from_int
from filiera.proof.sealing import Sealed
from filiera.proof.seals import check_seal
from filiera.proof.slots import REGISTRIES, Storage
from filiera.proof.stored import Generation
from filiera.proof.trust import TrustFile

EMPTY: Final = b"\x80"
ROUNDS: Final = 2
"""Calls of eth_getProof that one contract takes: arrays hold nothing that is an array."""

_FACTS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "accounts": stored.account,
    "participants": stored.participant,
    "anchors": stored.anchor,
    "statuses": stored.statuses,
    "accreditations": stored.accreditations,
    "findings": stored.findings,
}
_DATA: Final = (
    "parentHash",
    "sha3Uncles",
    "miner",
    "stateRoot",
    "transactionsRoot",
    "receiptsRoot",
    "logsBloom",
)
_SCALARS: Final = ("difficulty", "number", "gasLimit", "gasUsed", "timestamp")
_TAIL: Final = ("extraData", "mixHash", "nonce")
# What later forks added, in the order of their places (EIP-1559, 4895, 4844, 4788, 7685).
_LATER: Final = (
    ("baseFeePerGas", True),
    ("withdrawalsRoot", False),
    ("blobGasUsed", True),
    ("excessBlobGas", True),
    ("parentBeaconBlockRoot", False),
    ("requestsHash", False),
)


def read_header(rpc: Rpc, block: Block) -> bytes:
    """The RLP of a block's header; raises `UnavailableError` if it is not of that hash."""
    said = rpc.call("eth_getBlockByHash", "0x" + block.hash.hex(), False)
    header = encode(_fields(said)) if isinstance(said, dict) else b""
    if keccak(header) != block.hash:
        raise UnavailableError(
            "chain-unreachable",
            f"The node's header of block {block.number} has not that block's hash.",
            part="chain",
            where=rpc.url,
        )
    return header


def confirmations(trust: TrustFile) -> int:
    """Blocks to be built on one before it is proven: 2N for clique (docs/proof.md 4), else none."""
    return 2 * len(trust.seal.validators) if trust.seal.kind == "clique" else 0


def read_sealing(
    rpc: Rpc, first: bytes, operator_seal: bytes | None, trust: TrustFile
) -> tuple[bytes, ...]:
    """The header and those after it that its seal needs, as far as the chain has them."""
    headers = [parse_header(first)]
    while len(headers) <= MAX_HEADERS:
        answer = check_seal(Sealed(tuple(headers), operator_seal), trust)
        if answer.code != "seal-too-few" or trust.seal.kind != "clique":
            break
        following = rpc.call("eth_getBlockByNumber", quantity(headers[-1].number + 1), False)
        if following is None:
            break
        headers.append(parse_header(encode(_fields(following))))
    return tuple(header.rlp for header in headers)


def _fields(said: Mapping[str, Any]) -> list[Item]:
    later = [(name, scalar) for name, scalar in _LATER if said.get(name) is not None]
    return [
        *(octets(said[name]) for name in _DATA),
        *(_scalar(said[name]) for name in _SCALARS),
        *(octets(said[name]) for name in _TAIL),
        *(_scalar(said[name]) if scalar else octets(said[name]) for name, scalar in later),
    ]


def _scalar(text: str) -> bytes:
    return from_int(int(text, 16))


def prove_facts(rpc: Rpc, deployment: Deployment, facts: ChainFacts) -> tuple[bytes, ...]:
    """The trie nodes that prove `facts` at their block, ascending by Keccak-256, each once."""
    known = _Known()
    for _ in range(ROUNDS):
        if not known.read(facts):
            break
        calls = [_call(deployment, name, known.missing[name], facts.block) for name in REGISTRIES]
        for name, answer in zip(REGISTRIES, rpc.batch(calls), strict=True):
            known.learn(name, answer)
    return tuple(known.nodes[name] for name in sorted(known.nodes))


@dataclass(slots=True)
class _Known:
    """Words of storage that are proven so far, the nodes of the proofs, and what is missing."""

    words: dict[str, dict[int, bytes]] = field(
        default_factory=lambda: {name: {} for name in REGISTRIES}
    )
    missing: dict[str, set[int]] = field(
        default_factory=lambda: {name: set() for name in REGISTRIES}
    )
    nodes: dict[bytes, bytes] = field(default_factory=dict)

    def read(self, facts: ChainFacts) -> bool:
        """Read every fact; True if a word was missing, or nothing was asked of a node yet."""
        generation: Generation = {name: self._storage(name) for name in REGISTRIES}
        for kind, reader in _FACTS.items():
            for key in getattr(facts, kind):
                reader(key, [generation])
        return not self.nodes or any(self.missing.values())

    def learn(self, name: str, answer: Any) -> None:
        """Take in an answer of eth_getProof."""
        nodes = [*answer["accountProof"]]
        for each in answer["storageProof"]:
            self.words[name][int(each["key"], 16)] = int(each["value"], 16).to_bytes(32, "big")
            nodes += each["proof"]
        # The root of a trie without keys is known to everybody, and no node.
        self.nodes |= {keccak(node): node for node in map(octets, nodes) if node != EMPTY}
        self.missing[name] = set()

    def _storage(self, name: str) -> Storage:
        # Before anything is known, every array is empty; then what is missing is elements,
        # none of which is zero.
        unknown = b"\x01" * 32 if self.nodes else bytes(32)

        def word(slot: int) -> bytes:
            if slot not in self.words[name]:
                self.missing[name].add(slot)
            return self.words[name].get(slot, unknown)

        return word


def _call(deployment: Deployment, name: str, slots: set[int], block: Block) -> Request:
    keys = [f"0x{slot:064x}" for slot in sorted(slots)]
    return "eth_getProof", [deployment.address(name), keys, quantity(block.number)]
