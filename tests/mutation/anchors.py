# SPDX-License-Identifier: Apache-2.0
"""Anchors of another leaf, another tree, another size, or of nothing at all."""

from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Any

from filiera.model.ids import b64url, unb64url
from filiera.proof.merkle import Tree
from tests.mutation.bending import Bend, Value, flipped, flipped_text
from tests.mutation.goods import Good
from tests.support.seals import STRANGER


def _some(chance: Random, value: Value) -> dict[str, Any]:
    found: dict[str, Any] = chance.choice(value["records"])["anchor"]
    return found


def root_bit(chance: Random, value: Value, good: Good) -> None:
    anchor = _some(chance, value)
    anchor["root"] = flipped_text(chance, anchor["root"])


def path_bit(chance: Random, value: Value, good: Good) -> None:
    path = _some(chance, value)["path"]
    at = chance.randrange(len(path))
    path[at] = flipped_text(chance, path[at])


def anchorer(chance: Random, value: Value, good: Good) -> None:
    """A bit of the account, a stranger's, nobody's."""
    anchor = _some(chance, value)
    bit = flipped(chance, bytes.fromhex(anchor["anchorer"][2:])).hex()
    anchor["anchorer"] = chance.choice(["0x" + bit, STRANGER.address, "0x" + "00" * 20])


def index(chance: Random, value: Value, good: Good) -> None:
    anchor = _some(chance, value)
    others = [*range(9), *(anchor["index"] + 2**bit for bit in range(3, 53)), 2**53 - 1]
    anchor["index"] = chance.choice([each for each in others if each != anchor["index"]])


def path_of_another_leaf(chance: Random, value: Value, good: Good) -> None:
    """Another leaf's path, with its index or without."""
    one, other = (each["anchor"] for each in chance.sample(value["records"], 2))
    one["path"] = other["path"]
    if chance.random() < 0.5:
        one["index"] = other["index"]


def path_cut(chance: Random, value: Value, good: Good) -> None:
    path = _some(chance, value)["path"]
    del path[chance.randrange(len(path)) :: chance.choice([1, 1, 9])]


def path_longer(chance: Random, value: Value, good: Good) -> None:
    path = _some(chance, value)["path"]
    more = [b64url(bytes(32)), b64url(chance.randbytes(32)), chance.choice(path)]
    for _ in range(chance.choice([1, 1, 2, 60])):
        path.insert(chance.randrange(len(path) + 1), chance.choice(more))


def path_in_another_order(chance: Random, value: Value, good: Good) -> None:
    path = _some(chance, value)["path"]
    one, other = chance.sample(range(len(path)), 2)
    path[one], path[other] = path[other], path[one]


def tree_of_another_size(chance: Random, value: Value, good: Good) -> None:
    """A true path of this record in a tree that nobody anchored, of any size."""
    record = chance.choice(value["records"])
    size = chance.randrange(1, 300)
    at = chance.randrange(size)
    leaves = [chance.randbytes(32) for _ in range(size)]
    leaves[at] = sha256(record["jws"].encode()).digest()
    tree = Tree(leaves)
    record["anchor"] |= {"index": at, "path": [b64url(each) for each in tree.path(at)]}
    if chance.random() < 0.5:
        record["anchor"]["root"] = b64url(tree.root)


def of_another(chance: Random, value: Value, good: Good) -> None:
    """Another record's anchor, of this bundle or of another product's, or its root alone."""
    records = value["records"]
    at = chance.randrange(len(records))
    others = [each for number, each in enumerate(records) if number != at]
    theirs = chance.choice([*others, *good.others["product"]["records"]])["anchor"]
    names = chance.choice([["root"], ["root", "path"], ["root", "path", "index"], list(theirs)])
    records[at]["anchor"] = records[at]["anchor"] | {name: theirs[name] for name in names}


def node_as_leaf(chance: Random, value: Value, good: Good) -> None:
    """An inner node of the tree, or the root, passed off as the end of a shorter path."""
    anchor = _some(chance, value)
    cut = chance.randrange(1, len(anchor["path"]) + 1)
    anchor["path"], anchor["index"] = anchor["path"][cut:], anchor["index"] >> cut


def taken_away(chance: Random, value: Value, good: Good) -> None:
    for record in chance.sample(value["records"], chance.randrange(1, 4)):
        del record["anchor"]


def root_as_bytes(chance: Random, value: Value, good: Good) -> None:
    """A root or hash of another length."""
    anchor = _some(chance, value)
    data = unb64url(anchor["root"])
    anchor["root"] = b64url(chance.choice([data[:-1], data + b"\0", data[1:], data * 2]))


BENDS: dict[str, Bend] = {
    "anchor: a bit of the root": root_bit,
    "anchor: a bit of the path": path_bit,
    "anchor: another anchorer": anchorer,
    "anchor: another index": index,
    "anchor: the path of another leaf": path_of_another_leaf,
    "anchor: a truncated path": path_cut,
    "anchor: a lengthened path": path_longer,
    "anchor: a path in another order": path_in_another_order,
    "anchor: a tree of another size": tree_of_another_size,
    "anchor: another record's": of_another,
    "anchor: an inner node as a leaf": node_as_leaf,
    "anchor: taken away": taken_away,
    "anchor: a root of another length": root_as_bytes,
}
