# SPDX-License-Identifier: Apache-2.0
"""A leaf is proven to be in its tree at its place, and nothing else is (RFC 9162 2.1)."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.proof.merkle import Tree, leaf_hash, node_hash, path_length, root_from_path
from tests.foreign.data import foreign

CT = foreign("merkle")
"""The reference tree of Certificate Transparency."""
INPUTS = [bytes.fromhex(text) for text in CT["inputs"]]
ROOTS = CT["roots"]
PATHS = {(each["index"], each["size"]): each["path"] for each in CT["paths"]}
LARGEST = 70


def entries(size: int) -> list[bytes]:
    return [sha256(bytes([n])).digest() for n in range(size)]


@cache
def tree(size: int) -> Tree:
    return Tree(entries(size))


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162 section 2.1.1, as it is written there."""
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


# Known answers


@pytest.mark.parametrize("size", range(1, 9))
def test_the_reference_tree_has_its_published_roots(size: int) -> None:
    assert Tree(INPUTS[:size]).root.hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_reference_tree_has_its_published_paths(index: int, size: int) -> None:
    path = Tree(INPUTS[:size]).path(index)
    assert [step.hex() for step in path] == PATHS[index, size]
    root = root_from_path(INPUTS[index], index, size, path)
    assert root is not None
    assert root.hex() == ROOTS[size - 1]


# The definition, and a peer


@pytest.mark.parametrize("size", [*range(1, LARGEST + 1), 127, 128, 129, 1000])
def test_every_root_is_the_definition_s(size: int) -> None:
    assert Tree(entries_of_any(size)).root == by_definition(entries_of_any(size))


def entries_of_any(size: int) -> list[bytes]:
    return [n.to_bytes(4, "big") for n in range(size)]


def test_roots_and_paths_are_pymerkle_s() -> None:
    pymerkle = pytest.importorskip("pymerkle")
    peer = pymerkle.InmemoryTree(algorithm="sha256")
    for size in range(1, LARGEST + 1):
        peer.append_entry(entries(size)[-1])
        assert peer.get_root() == tree(size).root
        for index in {0, size // 3, size - 1}:
            theirs = [
                bytes.fromhex(step) for step in peer.prove_inclusion(index + 1).serialize()["path"]
            ]
            # Theirs begins with the leaf itself and goes from left to right where it can.
            theirs.remove(leaf_hash(entries(size)[index]))
            assert sorted(theirs) == sorted(tree(size).path(index))


# Inclusion


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_leaf_verifies_at_its_place(size: int) -> None:
    for index, entry in enumerate(entries(size)):
        path = tree(size).path(index)
        assert len(path) == path_length(index, size)
        assert root_from_path(entry, index, size, path) == tree(size).root


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_no_leaf_verifies_at_another_place_or_under_another_leaf_s_path(size: int) -> None:
    everything = entries(size)
    for index in range(0, size, 3):
        path = tree(size).path(index)
        for other in range(size):
            if other != index:
                assert root_from_path(everything[index], other, size, path) != tree(size).root
                assert root_from_path(everything[other], index, size, path) != tree(size).root


def test_a_path_leads_to_no_other_tree_s_root() -> None:
    # The path may fit another size; the root is bound to the size by the anchor's slot.
    for size in range(1, LARGEST + 1):
        for index in {0, size // 2, size - 1}:
            entry, path = entries(size)[index], tree(size).path(index)
            for other in range(1, LARGEST + 1):
                if other != size:
                    assert root_from_path(entry, index, other, path) != tree(other).root


@given(st.integers(1, LARGEST), st.data())
def test_a_path_with_anything_changed_does_not_verify(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    entry, path = entries(size)[index], tree(size).path(index)
    at = data.draw(st.integers(0, len(path)))
    changed = {
        "longer": (*path[:at], bytes(32), *path[at:]),
        "shorter": path[:at] + path[at + 1 :],
        "turned": path[::-1],
        "flipped": tuple(
            bytes([step[0] ^ 1]) + step[1:] if n == at else step for n, step in enumerate(path)
        ),
    }
    for name, other in changed.items():
        if other != path:
            assert root_from_path(entry, index, size, other) != tree(size).root, name


def test_a_wrong_length_or_an_index_outside_the_tree_is_no_path_at_all() -> None:
    entry, path = entries(7)[3], tree(7).path(3)
    for index, size, steps in [
        (3, 7, path[:-1]),
        (3, 7, (*path, bytes(32))),
        (-1, 7, path),
        (7, 7, path),
        (3, 3, path),
        (0, 0, ()),
        (0, -1, ()),
        (3, 2**64, path),
    ]:
        assert root_from_path(entry, index, size, steps) is None


def test_a_step_that_is_no_hash_is_no_path() -> None:
    path = tree(8).path(3)
    for spoilt in (path[0][:31], path[0] + b"\x00", b""):
        assert root_from_path(entries(8)[3], 3, 8, (spoilt, *path[1:])) is None


def test_an_inner_node_does_not_pass_for_a_leaf() -> None:
    # The prefixes 0x00 and 0x01 keep leaves and nodes apart (RFC 9162 section 2.1.1).
    four = entries(4)
    left, right = (leaf_hash(entry) for entry in four[:2])
    forged = left + right
    assert Tree([forged, node_hash(*map(leaf_hash, four[2:]))]).root != tree(4).root
    assert root_from_path(forged, 0, 2, tree(4).path(0)[1:]) != tree(4).root


# The tree's own limits


def test_a_tree_has_at_least_one_leaf() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Tree([])


def test_a_path_is_asked_for_a_leaf_that_is_there() -> None:
    for index in (-1, 5, 6):
        with pytest.raises(IndexError):
            tree(5).path(index)


def test_the_size_of_a_path_grows_with_the_logarithm_of_the_tree() -> None:
    assert path_length(0, 0) == path_length(0, 1) == 0
    assert path_length(0, 1_000_000) == 20
    assert path_length(999_999, 1_000_000) == 12
    assert path_length(2**200, 2**200 + 1) == 1
