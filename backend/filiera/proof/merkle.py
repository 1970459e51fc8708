# SPDX-License-Identifier: Apache-2.0
"""Merkle trees of RFC 9162 section 2.1 with SHA-256 (docs/proof.md 10).

leaf = H(0x00 || record id), node = H(0x01 || left || right). A level without a partner
for its last node hands that node up unchanged, which is the RFC's split at the largest
power of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_SIZE = 32


def leaf_hash(entry: bytes) -> bytes:
    """H(0x00 || entry), RFC 9162 section 2.1.1."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """H(0x01 || left || right), RFC 9162 section 2.1.1."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The tree over `entries` in order: its root and any leaf's inclusion path.

    Each level is one contiguous byte string, so a million leaves take about 64 MB.
    Raises ValueError without an entry: an empty batch is never anchored.
    """

    __slots__ = ("_levels", "size")

    def __init__(self, entries: Iterable[bytes]) -> None:
        level = b"".join([sha256(b"\x00" + entry).digest() for entry in entries])
        if not level:
            raise ValueError("a tree has at least one entry")
        self.size = len(level) // HASH_SIZE
        self._levels = [level]
        while len(level) > HASH_SIZE:
            level = _next_level(level)
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        """The 32-byte root hash."""
        return self._levels[-1]

    def path(self, index: int) -> tuple[bytes, ...]:
        """The inclusion path of the leaf at `index`, leaf side first (section 2.1.3.1)."""
        if not 0 <= index < self.size:
            raise IndexError("no leaf of that index")
        path = []
        for level in self._levels[:-1]:
            at = (index ^ 1) * HASH_SIZE
            if at < len(level):
                path.append(level[at : at + HASH_SIZE])
            index >>= 1
        return tuple(path)


def _next_level(level: bytes) -> bytes:
    pair = 2 * HASH_SIZE
    paired = len(level) - len(level) % pair
    nodes = [sha256(b"\x01" + level[at : at + pair]).digest() for at in range(0, paired, pair)]
    return b"".join(nodes) + level[paired:]


def path_length(index: int, size: int) -> int:
    """How many hashes the path of leaf `index` has in a tree of `size` leaves."""
    length, last = 0, size - 1
    while last > 0:
        length += index ^ 1 <= last
        index, last = index >> 1, last >> 1
    return length


def root_from_path(entry: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that `path` leads to, or None if it is not of this index and size.

    RFC 9162 section 2.1.3.2. The caller compares the root with the anchored one.
    """
    if not 0 <= index < size or len(path) != path_length(index, size):
        return None
    if not {HASH_SIZE}.issuperset(map(len, path)):
        return None
    node, last, steps = leaf_hash(entry), size - 1, iter(path)
    while last:
        if index & 1:
            node = node_hash(next(steps), node)
        elif index < last:
            node = node_hash(node, next(steps))
        index, last = index >> 1, last >> 1
    return node
