# SPDX-License-Identifier: Apache-2.0
"""Merkle-Patricia tries, read from a pool of nodes (Ethereum Yellow Paper, appendix D).

A node is found by its Keccak-256, so whatever is read under a root is what that root commits
to; the pool may hold anything, in any order. That a key has no value is proven just as well:
by the node at which its path ends. What cannot be read for want of a node raises
`MissingNode`: unknown, never absent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from eth_hash.backends.pysha3 import keccak256

from filiera.errors import InputError
from filiera.proof.rlp import Item, decode, encode

EMPTY_ROOT: Final = keccak256(b"\x80")
"""The root of a trie without keys: no node is needed to read it."""

Node: TypeAlias = list[Item]
"""A branch of 17 items, or a pair: an extension or a leaf."""


class MissingNode(LookupError):  # noqa: N818 - what is missing, not what went wrong
    """The pool has not the node of this hash."""

    def __init__(self, node: bytes) -> None:
        super().__init__(node.hex())
        self.node = node


@dataclass(slots=True)
class NodePool:
    """Nodes by their Keccak-256; `used` are the hashes of those that were read so far."""

    nodes: dict[bytes, bytes]
    used: set[bytes] = field(default_factory=set)
    _read: dict[bytes, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: Iterable[bytes]) -> NodePool:
        """The pool of these nodes, each as RLP."""
        return cls({keccak256(node): node for node in nodes})

    @property
    def unused(self) -> set[bytes]:
        """The hashes of the nodes that nothing has asked for."""
        return self.nodes.keys() - self.used

    def node(self, name: bytes) -> Node:
        """The node of that hash; raises `MissingNode`, `rlp-malformed` or `node-malformed`."""
        if name not in self._read:
            if name not in self.nodes:
                raise MissingNode(name)
            self._read[name] = _node(decode(self.nodes[name]))
        self.used.add(name)
        return self._read[name]


def get(root: bytes, key: bytes, pool: NodePool) -> bytes | None:
    """The value of `key` in the trie of that root, None when it is proven to have none.

    `key` is the path itself: in the state and storage tries the Keccak-256 of what is looked
    for. Reads at most two nodes for each byte of it. Raises `MissingNode`, `rlp-malformed` or
    `node-malformed`.
    """
    if root == EMPTY_ROOT:
        return None
    node, path = pool.node(root), key.hex()
    while True:
        if len(node) == 17:
            if not path:
                return _value(node[16])
            child, path = node[int(path[0], 16)], path[1:]
        else:
            shared, leaf = _path(node[0])
            if leaf:
                return _value(node[1]) if path == shared else None
            if not path.startswith(shared):
                return None
            child, path = node[1], path[len(shared) :]
        if child == b"":
            return None
        node = _child(child, pool)


def _child(item: Item, pool: NodePool) -> Node:
    """The node that a branch or extension leads to: by hash, or embedded when short."""
    if isinstance(item, bytes):
        return pool.node(item)
    return _node(item)


def _node(item: Item) -> Node:
    """`item` if it has the shape of a node; raises `node-malformed`."""
    if isinstance(item, bytes):
        raise _malformed("it is no list")
    if len(item) == 17:
        for child in item[:16]:
            _check_child(child, empty=True)
        if not isinstance(item[16], bytes):
            raise _malformed("the value of a branch is a list")
    elif len(item) == 2:
        shared, leaf = _path(item[0])
        if leaf:
            if not isinstance(item[1], bytes) or not item[1]:
                raise _malformed("a leaf has no value")
        elif not shared:
            raise _malformed("an extension has no path")
        else:
            _check_child(item[1], empty=False)
    else:
        raise _malformed("it has neither 2 nor 17 items")
    return item


def _check_child(child: Item, *, empty: bool) -> None:
    if isinstance(child, bytes):
        if len(child) != 32 and not (empty and not child):
            raise _malformed("a child is named by no hash")
    elif len(encode(child)) >= 32:
        raise _malformed("a child of 32 bytes or more is embedded")


def _path(item: Item) -> tuple[str, bool]:
    """The nibbles of a compact path as hex digits, and whether it is a leaf's (appendix C)."""
    if not isinstance(item, bytes) or not item:
        raise _malformed("a path is none")
    digits, kind = item.hex(), item[0] >> 4
    if kind > 3 or (not kind & 1 and digits[1] != "0"):
        raise _malformed("a path is not in compact encoding")
    return digits[1 if kind & 1 else 2 :], kind >= 2


def _value(item: Item) -> bytes | None:
    """A value, None for the empty one that a branch has where no key ends."""
    return item if isinstance(item, bytes) and item else None


def _malformed(what: str) -> InputError:
    return InputError("node-malformed", f"This is no trie node: {what}.")
