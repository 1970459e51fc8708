# SPDX-License-Identifier: Apache-2.0
"""Proofs from a node: a block's header as RLP, and the trie nodes under its state root.

Which slots are to be proven is found by reading the facts once from what the node has
proven so far, noting the slots that are asked for: the lengths of arrays come first, then
their elements. So one contract is asked twice by eth_getProof (EIP-1186), in calls of a
thousand slots. What a length or a proof says here is the node's word: it decides neither how
many slots are asked for, nor how much is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eth_hash.auto import keccak

from filiera.adapters.ledger.deployment import Deployment
from filiera.adapters.ledger.rpc import Request, Rpc, octets, quantity
from filiera.errors import UnavailableError
from filiera.proof import stored
from filiera.proof.bundle import MAX_HEADERS, MAX_NODE, MAX_NODES
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
"""Times that one contract is asked for proofs: arrays hold nothing that is an array."""
AT_ONCE: Final = 1_000
"""Slots that one message asks for. geth takes 1,024 in a call, and each proof has at most 10 kB:
nine branches of 532 bytes as hexadecimal, which is room for 2**32 entries in one contract."""

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
    with rpc.sense():
        header = encode(_fields(said)) if said is not None else b""
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
        with rpc.sense():
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
    """The trie nodes that prove `facts` at their block, ascending by Keccak-256, each once.

    Of more than `MAX_NODES` some are missing: no bundle may have as many.
    """
    known = _Known()
    for _ in range(ROUNDS):
        with rpc.sense():
            if not known.read(facts):
                break
        for message in _messages(known.missing):
            calls = [_call(deployment, name, slots, facts.block) for name, slots in message]
            answers = rpc.batch(calls)
            with rpc.sense():
                for (name, _), answer in zip(message, answers, strict=True):
                    known.learn(name, answer)
            if len(known.nodes) > MAX_NODES:
                return known.ascending()
    return known.ascending()


_Part = tuple[str, list[int]]
"""A registry, and slots of it."""


def _messages(missing: Mapping[str, set[int]]) -> Iterator[list[_Part]]:
    """Which slots to ask for by each message: all of them by one, if they are few."""
    if sum(map(len, missing.values())) <= AT_ONCE:
        yield [(name, sorted(missing[name])) for name in REGISTRIES]
        return
    for name in REGISTRIES:
        slots = sorted(missing[name])
        for start in range(0, max(len(slots), 1), AT_ONCE):
            yield [(name, slots[start : start + AT_ONCE])]


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
        """Read every fact; True if a word was missing, or nothing was asked of a node yet.

        Raises ValueError for a history that nobody could have written.
        """
        self.missing = {name: set() for name in REGISTRIES}
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
        for node in map(octets, nodes):
            if len(node) > MAX_NODE:
                raise ValueError("a node of a trie is smaller")
            # The root of a trie without keys is known to everybody, and no node.
            if node != EMPTY:
                self.nodes[keccak(node)] = node

    def ascending(self) -> tuple[bytes, ...]:
        """The nodes, by their Keccak-256."""
        return tuple(self.nodes[name] for name in sorted(self.nodes))

    def _storage(self, name: str) -> Storage:
        # Before anything is known, every array is empty; then what is missing is elements,
        # none of which is zero.
        unknown = b"\x01" * 32 if self.nodes else bytes(32)
        words, missing = self.words[name], self.missing[name]

        def word(slot: int) -> bytes:
            if slot not in words:
                missing.add(slot)
                if len(missing) > MAX_NODES:
                    raise ValueError("a history as long as a node made it up")
            return words.get(slot, unknown)

        return word


def _call(deployment: Deployment, name: str, slots: list[int], block: Block) -> Request:
    keys = [f"0x{slot:064x}" for slot in slots]
    return "eth_getProof", [deployment.address(name), keys, quantity(block.number)]
