# SPDX-License-Identifier: Apache-2.0
"""What is read under a root is what that root commits to, or nothing is."""

import pytest
import rlp as reference
from eth_hash.auto import keccak
from hypothesis import given
from hypothesis import strategies as st
from trie import HexaryTrie

from filiera.errors import InputError
from filiera.proof.rlp import Item, encode
from filiera.proof.trie import EMPTY_ROOT, MissingNode, NodePool, get
from tests.standards import standard_json

# Short keys and values make extensions, embedded nodes and values within branches.
KEYS = st.binary(min_size=1, max_size=3)
VALUES = st.one_of(st.binary(min_size=1, max_size=3), st.binary(min_size=30, max_size=60))
PAIRS = st.dictionaries(KEYS, VALUES, max_size=12)


def grown(pairs: dict[bytes, bytes]) -> HexaryTrie:
    """The trie of others."""
    trie = HexaryTrie({})
    for key, value in pairs.items():
        trie[key] = value
    return trie


def proof_of(trie: HexaryTrie, *keys: bytes) -> NodePool:
    nodes = {node for key in keys for node in map(reference.encode, trie.get_proof(key))}
    return NodePool.of(nodes - {b"\x80"})


@given(PAIRS, KEYS)
def test_a_proof_of_others_proves_the_value_or_its_absence(
    pairs: dict[bytes, bytes], other: bytes
) -> None:
    trie = grown(pairs)
    for key in (*pairs, other):
        pool = proof_of(trie, key)
        assert get(trie.root_hash, key, pool) == pairs.get(key)


@given(PAIRS, KEYS)
def test_without_any_one_of_the_nodes_that_are_used_nothing_is_said(
    pairs: dict[bytes, bytes], key: bytes
) -> None:
    trie = grown(pairs)
    pool = proof_of(trie, key, *pairs)
    get(trie.root_hash, key, pool)
    for name in pool.used:
        rest = NodePool({each: node for each, node in pool.nodes.items() if each != name})
        with pytest.raises(MissingNode) as missing:
            get(trie.root_hash, key, rest)
        assert missing.value.node == name


@given(PAIRS.filter(bool), st.data())
def test_an_altered_node_is_a_missing_one(pairs: dict[bytes, bytes], data: st.DataObject) -> None:
    trie, key = grown(pairs), data.draw(st.sampled_from(sorted(pairs)))
    nodes = list(proof_of(trie, key).nodes.values())
    which = data.draw(st.integers(0, len(nodes) - 1))
    altered = bytearray(nodes[which])
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= data.draw(st.integers(1, 255))
    nodes[which] = bytes(altered)
    pool = NodePool.of(nodes)
    try:
        assert get(trie.root_hash, key, pool) == pairs[key]
        assert keccak(nodes[which]) in pool.unused
    except MissingNode:
        pass


def test_what_nothing_asks_for_is_told() -> None:
    trie = grown({bytes([n]) * 2: bytes([n]) * 40 for n in range(1, 40)})
    pool = proof_of(trie, b"\1\1", b"\2\2")
    get(trie.root_hash, b"\1\1", pool)
    (unused,) = pool.unused
    get(trie.root_hash, b"\2\2", pool)
    assert unused in pool.used
    assert pool.unused == set()


def test_an_empty_trie_has_no_keys_and_takes_no_node() -> None:
    pool = NodePool.of([b"\x80"])
    assert get(EMPTY_ROOT, b"key", pool) is None
    assert pool.unused == {EMPTY_ROOT}


def leaf(path: bytes, value: Item = b"value") -> list[Item]:
    return [path, value]


LONG = b"v" * 40
BRANCH: list[Item] = [b""] * 17


def branch(child: Item, value: Item = b"") -> list[Item]:
    return [child, *BRANCH[1:16], value]


@pytest.mark.parametrize(
    "node",
    [
        b"string",
        [],
        [b"\x20"],
        [b""] * 16,
        [b""] * 18,
        leaf(b""),
        leaf(b"\x40"),
        leaf(b"\x21" * 3, b""),
        leaf(b"\x2f\1"),
        leaf(b"\x01\1"),
        leaf([b"\x20"], b"value"),
        leaf(b"\x20", [b"value"]),
        leaf(b"\x00", bytes(32)),  # an extension of no path
        leaf(b"\x11", b""),
        leaf(b"\x11", b"short"),
        branch(b"short"),
        branch(bytes(33)),
        branch(b"", [b"value"]),
        branch([b"\x31\1", LONG]),  # too long to be embedded
        branch([b"\x31"]),
    ],
)
def test_what_is_no_node_is_refused(node: Item) -> None:
    encoded = encode(node)
    with pytest.raises(InputError) as refused:
        get(keccak(encoded), b"\0\0", NodePool.of([encoded]))
    assert refused.value.code == "node-malformed"


def test_a_node_that_is_not_canonical_rlp_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        get(keccak(b"\xc2\x81\x00"), b"\0", NodePool.of([b"\xc2\x81\x00"]))
    assert refused.value.code == "rlp-malformed"


def test_a_key_that_ends_within_the_trie_reads_the_value_of_the_branch() -> None:
    inner = encode(branch([b"\x31\1", b"x"], b"here"))
    outer = encode(leaf(b"\x00\0", keccak(inner)))
    pool = NodePool.of([inner, outer])
    assert get(keccak(outer), b"\0", pool) == b"here"
    assert get(keccak(outer), b"", pool) is None
    assert get(keccak(outer), b"\0\xff", pool) is None


# standards/qbft: receipts, accounts and storage that others proved


def test_receipts_of_real_blocks_are_proven() -> None:
    vectors = [
        each for each in standard_json("qbft/headers.json")["vectors"] if "receipt_proof" in each
    ]
    assert vectors
    for vector in vectors:
        proof = vector["receipt_proof"]
        pool = NodePool.of(bytes.fromhex(node[2:]) for node in proof["nodes"])
        root = bytes.fromhex(vector["expect"]["receipts_root"][2:])
        value = get(root, bytes.fromhex(proof["key"][2:]), pool)
        assert value == bytes.fromhex(proof["value"][2:])
