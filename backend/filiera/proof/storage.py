# SPDX-License-Identifier: Apache-2.0
"""Chain facts proven from storage: state root, contract, slot (docs/proof.md 5 and 6).

An account of the state trie is [nonce, balance, storage root, code hash] at the Keccak-256 of
its address; a word of storage lies at the Keccak-256 of its slot, as a scalar, and not at all
when it is zero (Yellow Paper 4.1). What the pool does not suffice to read is left out of the
facts: not read, which is not absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Unpack

from eth_hash.backends.pysha3 import keccak256

from filiera.errors import InputError
from filiera.proof import stored
from filiera.proof.facts import Asked, Block, ChainFacts
from filiera.proof.rlp import decode, to_int
from filiera.proof.slots import Storage, layout_digest
from filiera.proof.stored import Generation
from filiera.proof.trie import EMPTY_ROOT, MissingNode, NodePool, get
from filiera.proof.trust import Contract, Contracts, TrustFile


@dataclass(frozen=True, slots=True)
class AccountState:
    """What the state trie holds of an address."""

    nonce: int
    balance: int
    storage_root: bytes
    code_hash: bytes


@dataclass(frozen=True, slots=True)
class ProvenState:
    """The registries under one state root, oldest generation first.

    `code` and `params` answer the check "state"; unless it is proven, `generations` is empty
    and nothing is read.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    generations: tuple[Generation, ...] = ()


_READERS: Final[dict[str, Callable[[Any, Sequence[Generation]], Any]]] = {
    "accounts": stored.account,
    "participants": stored.participant,
    "anchors": stored.anchor,
    "statuses": stored.statuses,
    "accreditations": stored.accreditations,
    "findings": stored.findings,
}


def account_state(state_root: bytes, address: str, pool: NodePool) -> AccountState | None:
    """The account of that address, None when it is proven to be absent.

    Raises `MissingNode`, `rlp-malformed` or `node-malformed`.
    """
    value = get(state_root, keccak256(bytes.fromhex(address[2:])), pool)
    if value is None:
        return None
    said = decode(value)
    if isinstance(said, bytes) or len(said) != 4:
        raise InputError("node-malformed", "An account has not four fields.")
    root, code_hash = said[2], said[3]
    if not isinstance(root, bytes) or not isinstance(code_hash, bytes):
        raise InputError("node-malformed", "A hash of an account is a list.")
    if (len(root), len(code_hash)) != (32, 32):
        raise InputError("node-malformed", "A hash of an account has not 32 bytes.")
    return AccountState(to_int(said[0], 8), to_int(said[1]), root, code_hash)


def storage_of(root: bytes, pool: NodePool) -> Storage:
    """The words of the storage with that root; each raises as `get` does.

    A word that is not zero has a leaf of its own, for a leaf holds what is left of its path.
    A trie that gives more words than there are nodes is made up, to be read without end:
    `node-malformed`.
    """
    if root == EMPTY_ROOT:
        return lambda _: bytes(32)
    words: dict[int, bytes] = {}

    def word(slot: int) -> bytes:
        if slot not in words:
            value = get(root, keccak256(slot.to_bytes(32, "big")), pool)
            if value is None:
                return bytes(32)
            if len(words) == len(pool.nodes):
                raise InputError("node-malformed", "One trie node stands for several values.")
            words[slot] = _word(value)
        return words[slot]

    return word


def _word(value: bytes) -> bytes:
    number = to_int(decode(value))
    if number == 0:
        raise InputError("node-malformed", "A word that is zero is stored.")
    return number.to_bytes(32, "big")


def open_state(state_root: bytes, trust: TrustFile, pool: NodePool) -> ProvenState:
    """The trusted contracts under `state_root`, each with the code that the trust file pins.

    Raises `rlp-malformed` or `node-malformed` for a node that is none.
    """
    faults: list[tuple[str, str]] = []
    generations = [_opened(state_root, each, pool, faults) for each in trust.contracts]
    for code in ("code-mismatch", "contract-absent", "layout-unknown", "fact-missing"):
        for found, name in faults:
            if found == code:
                return ProvenState(
                    code, {"what": name} if code == "fact-missing" else {"name": name}
                )
    return ProvenState("state-ok", {}, tuple(generations))


def _opened(
    state_root: bytes, contracts: Contracts, pool: NodePool, faults: list[tuple[str, str]]
) -> Generation:
    found: dict[str, Storage] = {}
    for name, contract in contracts.named.items():
        try:
            account = account_state(state_root, contract.address, pool)
        except MissingNode:
            faults.append(("fact-missing", name))
            continue
        fault = _fault(name, contract, account)
        if fault is not None:
            faults.append((fault, name))
        elif account is not None:
            found[name] = storage_of(account.storage_root, pool)
    return found


def _fault(name: str, contract: Contract, account: AccountState | None) -> str | None:
    if account is None:
        return "contract-absent"
    if "0x" + account.code_hash.hex() != contract.code_hash:
        return "code-mismatch"
    return None if contract.layout == "0x" + layout_digest(name).hex() else "layout-unknown"


def facts_from_storage(
    state: ProvenState,
    trust: TrustFile,
    block: Block,
    **asked: Unpack[Asked],
) -> ChainFacts:
    """Everything asked for that the pool suffices to prove, as of `block`.

    The same values as a node's getters give. Raises `rlp-malformed` or `node-malformed`.
    """
    given: dict[str, Any] = {**asked}
    found: dict[str, Any] = {
        kind: _read(_READERS[kind], keys, state.generations) for kind, keys in given.items()
    }
    genesis = bytes.fromhex(trust.genesis_hash[2:])
    return ChainFacts("storage", trust.chain_id, genesis, block, **found)


def _read(
    reader: Callable[[Any, Sequence[Generation]], Any],
    keys: Iterable[Any],
    generations: Sequence[Generation],
) -> dict[Any, Any]:
    """The facts that can be read; none at all without a contract to read them from."""
    found = {}
    for key in keys if generations else ():
        try:
            found[key] = reader(key, generations)
        except (MissingNode, stored.DisagreeError):
            continue
    return found
