# SPDX-License-Identifier: Apache-2.0
"""Accounts and words of storage, as eth_getProof proves them (standards/qbft)."""

from typing import Any

import pytest
from eth_hash.auto import keccak

from filiera.errors import InputError
from filiera.proof.header import parse_header
from filiera.proof.rlp import Item, encode, from_int
from filiera.proof.slots import findings_place
from filiera.proof.storage import account_state, storage_of
from filiera.proof.trie import MissingNode, NodePool
from tests.standards import standard_json
from tests.support.blocks import pool_of


def holds(vector: dict[str, Any]) -> bool:
    """Whether what the answer to eth_getProof claims is what its nodes prove."""
    proof, header = vector["eth_getProof"], parse_header(bytes.fromhex(vector["header_rlp"][2:]))
    pool = pool_of(proof)
    account = account_state(header.state_root, proof["address"], pool)
    if account is None or "0x" + account.code_hash.hex() != proof["codeHash"]:
        return False
    if (account.nonce, account.balance) != (int(proof["nonce"], 16), int(proof["balance"], 16)):
        return False
    words = storage_of(account.storage_root, pool)
    claimed = {int(each["key"], 16): int(each["value"], 16) for each in proof["storageProof"]}
    return all(int.from_bytes(words(slot), "big") == value for slot, value in claimed.items())


def with_proofs(kind: str) -> list[dict[str, Any]]:
    found = [e for e in standard_json(f"qbft/{kind}.json")["vectors"] if "eth_getProof" in e]
    assert found
    return found


def test_an_account_and_its_words_are_proven_and_so_is_absence() -> None:
    for vector in with_proofs("synthetic"):
        assert holds(vector), vector["name"]


def test_what_is_claimed_falsely_is_not_proven() -> None:
    for vector in with_proofs("negative"):
        if vector["expect"]["reason"] == "account-proof":
            with pytest.raises(MissingNode):
                holds(vector)
        else:
            assert not holds(vector), vector["name"]


def trie_of(key: bytes, value: Item) -> tuple[bytes, NodePool]:
    """A trie of one leaf: its root, and its pool."""
    node = encode([b"\x20" + keccak(key), value if isinstance(value, bytes) else encode(value)])
    return keccak(node), NodePool.of([node])


SLOT = (7).to_bytes(32, "big")


def test_a_word_is_padded_and_any_other_is_zero() -> None:
    words = storage_of(*trie_of(SLOT, encode(b"\1\2")))
    assert words(7) == (0x102).to_bytes(32, "big")
    assert words(8) == bytes(32)


@pytest.mark.parametrize(
    "value", [b"\x80", b"\0", b"\x82\0\1", b"\xa1" + b"\1" * 33, b"\xc0", b"\1\1"]
)
def test_a_word_in_another_spelling_is_refused(value: bytes) -> None:
    with pytest.raises(InputError) as refused:
        storage_of(*trie_of(SLOT, value))(7)
    assert refused.value.code in {"rlp-malformed", "node-malformed"}


def endless(word: int) -> tuple[bytes, NodePool]:
    """A trie in which every slot holds the same word, made of one node a level."""
    node = encode([b"\x20", encode(from_int(word))])
    nodes = [node]
    for _ in range(64):
        node = encode([*([keccak(node)] * 16), b""])
        nodes.append(node)
    return keccak(node), NodePool.of(nodes)


def test_a_trie_that_holds_everything_is_not_read_without_end() -> None:
    words = storage_of(*endless(2**255 + 1))
    assert words(1) == words(2) == (2**255 + 1).to_bytes(32, "big")
    with pytest.raises(InputError) as refused:
        findings_place(bytes(32)).read(words)
    assert refused.value.code == "node-malformed"


def test_a_history_that_is_as_long_as_you_like_and_empty_is_not_read_without_end() -> None:
    place = findings_place(bytes(32))
    words = storage_of(*trie_of(place.slot.to_bytes(32, "big"), encode(b"\xff" * 32)))
    with pytest.raises(InputError) as refused:
        place.read(words)
    assert refused.value.code == "node-malformed"


ADDRESS = "0x" + "22" * 20
HASH = b"\x33" * 32


@pytest.mark.parametrize(
    "value",
    [
        b"\1",
        [b"\1", b"", HASH],
        [b"\1", b"", HASH, HASH, b""],
        [b"\1", b"", HASH, b"\1"],
        [b"\1", b"", [HASH], HASH],
        [b"\0\1", b"", HASH, HASH],
        [b"\1", b"\1" * 33, HASH, HASH],
    ],
)
def test_what_is_no_account_is_refused(value: Item) -> None:
    root, pool = trie_of(bytes.fromhex(ADDRESS[2:]), value)
    with pytest.raises(InputError) as refused:
        account_state(root, ADDRESS, pool)
    assert refused.value.code in {"rlp-malformed", "node-malformed"}


def test_an_account_is_read_and_another_is_absent() -> None:
    root, pool = trie_of(bytes.fromhex(ADDRESS[2:]), [b"\5", b"", HASH, HASH])
    found = account_state(root, ADDRESS, pool)
    assert found is not None
    assert (found.nonce, found.balance, found.storage_root) == (5, 0, HASH)
    assert account_state(root, "0x" + "23" * 20, pool) is None
