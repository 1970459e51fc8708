# SPDX-License-Identifier: Apache-2.0
"""Chain facts laid into tries as the contracts would lay them: storage, accounts, one root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from eth_hash.auto import keccak
from trie.hexary import HexaryTrie

from filiera.model.records import statement_of
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.facts import Account, Block, ChainFacts, Entry, Participant, Status
from filiera.proof.jws import parse_jws
from filiera.proof.rlp import encode, from_int
from filiera.proof.slots import (
    Place,
    account_place,
    anchor_place,
    findings_place,
    participant_place,
    statuses_place,
)
from filiera.proof.storage import facts_from_storage, open_state
from filiera.proof.trie import NodePool
from filiera.proof.trust import TrustFile
from filiera.proof.wanted import ReadRecord, wanted

Words = dict[int, int]
"""Words of storage by their slots."""

NEIGHBOURS = 24
"""Accounts and words of nobody in each trie, so that its nodes are as on a chain."""
_NONE = "0x" + "00" * 20


@dataclass(frozen=True)
class State:
    """A state root, and every node under it."""

    root: bytes
    nodes: Mapping[bytes, bytes]


def state_of(facts: ChainFacts, trust: TrustFile, recorder: str) -> State:
    """The state in which the (newest) contracts of `trust` say `facts`.

    Entries that name no account were recorded by `recorder`.
    """
    words = _words(facts, recorder)
    nodes: dict[bytes, bytes] = {}
    accounts = {_key(number, 20): b"\1" for number in range(NEIGHBOURS)}
    for name, contract in trust.contracts[-1].named.items():
        storage = {number.to_bytes(32, "big"): value for number, value in words[name].items()}
        grown = _grown(frozenset((slot, encode(from_int(n))) for slot, n in storage.items()))
        nodes |= grown.nodes
        code = bytes.fromhex(contract.code_hash[2:])
        account = encode([b"\1", b"", grown.root, code])
        accounts[bytes.fromhex(contract.address[2:])] = account
    top = _grown(frozenset(accounts.items()))
    return State(top.root, nodes | top.nodes)


def proof_of(evidence: Evidence, state: State, trust: TrustFile, block: Block) -> tuple[bytes, ...]:
    """The nodes that a verdict about these records reads, and no other, in a bundle's order."""
    pool = NodePool(dict(state.nodes))
    opened = open_state(state.root, trust, pool)
    records = [_read(each) for each in evidence.records.values()]
    facts = facts_from_storage(opened, trust, block)
    while missing := wanted(records, facts):
        asked: dict[str, Any] = {each.name: getattr(missing, each.name) for each in fields(missing)}
        facts = facts.merged(facts_from_storage(opened, trust, block, **asked))
    return tuple(pool.nodes[name] for name in sorted(pool.used))


def _read(presented: Presented) -> ReadRecord:
    signed = parse_jws(presented.jws)
    return ReadRecord(signed, statement_of(signed.payload), presented.inclusion)


@lru_cache(maxsize=64)
def _grown(pairs: frozenset[tuple[bytes, bytes]]) -> State:
    """The trie of those pairs; worlds that differ in one registry share those of the others."""
    tree = HexaryTrie({}, prune=True)
    for key, value in pairs:
        tree[keccak(key)] = value
    return State(tree.root_hash, tree.db)


def _key(number: int, size: int) -> bytes:
    return keccak(number.to_bytes(32, "big"))[:size]


def _words(facts: ChainFacts, recorder: str) -> dict[str, Words]:
    said: list[tuple[str, Place, Any]] = [
        *(
            ("ParticipantRegistry", account_place(key), _account(each, recorder))
            for key, each in facts.accounts.items()
        ),
        *(
            ("ParticipantRegistry", participant_place(key), _participant(each, recorder))
            for key, each in facts.participants.items()
        ),
        *(
            ("AnchorRegistry", anchor_place(*key), _members(each))
            for key, each in facts.anchors.items()
        ),
        *(
            ("StatusRegistry", statuses_place(*key), _statuses(each))
            for key, each in facts.statuses.items()
        ),
        *(
            ("FindingRegistry", findings_place(key), [_members(one) for one in each])
            for key, each in facts.findings.items()
        ),
    ]
    names = ("ParticipantRegistry", "AnchorRegistry", "StatusRegistry", "FindingRegistry")
    words: dict[str, Words] = {
        name: {int.from_bytes(_key(n, 32), "big"): n + 1 for n in range(NEIGHBOURS)}
        for name in names
    }
    for name, place, value in said:
        _write(place, value, words[name])
    return {name: {s: v for s, v in each.items() if v} for name, each in words.items()}


def _write(place: Place, value: Any, words: Words) -> None:
    """What `Place.read` reads, the other way round."""
    if isinstance(value, list):
        words[place.slot] = len(value)
        for number, each in enumerate(value):
            _write(place.element(number), each, words)
    elif isinstance(value, dict):
        for name, member in place.members():
            _write(member, value[name], words)
    else:
        number = value if isinstance(value, int) else _number(value)
        words[place.slot] = words.get(place.slot, 0) | number << 8 * place.offset


def _number(value: str | bytes) -> int:
    return int(value, 16) if isinstance(value, str) else int.from_bytes(value, "big")


def _members(value: Any) -> dict[str, Any]:
    """The members of a fact by their names; what is None is the zero of its type."""
    names = value.__dataclass_fields__
    return {name: 0 if (each := getattr(value, name)) is None else each for name in names}


def _account(account: Account, recorder: str) -> dict[str, Any]:
    return {
        "participant": account.participant or b"",
        "scopes": [_entry(each, recorder, "value") for each in account.scopes],
        "compromises": [_members(each) for each in account.reports],
    }


def _participant(participant: Participant, recorder: str) -> dict[str, Any]:
    return {
        "enroller": participant.enroller or b"",
        "profiles": [_entry(each, recorder, "profile") for each in participant.profiles],
        "roles": [_entry(each, recorder, "value") for each in participant.roles],
    }


def _entry(entry: Entry[Any], recorder: str, value: str) -> dict[str, Any]:
    said = {"effective": entry.effective, "recorded": entry.recorded, value: entry.value}
    return said | {"account": entry.account or recorder}


def _statuses(entries: Sequence[Status]) -> dict[str, Any]:
    successor = entries[-1].successor if entries else None
    return {"entries": [_members(each) for each in entries], "successor": successor or b""}
