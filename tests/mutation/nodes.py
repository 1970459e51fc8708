# SPDX-License-Identifier: Apache-2.0
"""Trie nodes altered, left out, in another order, or of another state."""

from __future__ import annotations

from random import Random

from eth_hash.auto import keccak

from filiera.model.ids import b64url, unb64url
from filiera.proof.rlp import Item, decode, encode
from tests.mutation.bending import Bend, Value, a_field_of_rlp, flipped_text, long_form
from tests.mutation.goods import Good


def _sorted(value: Value) -> None:
    """The order that a bundle has, so that nothing but the nodes themselves is wrong."""
    value["nodes"] = sorted(set(value["nodes"]), key=lambda each: keccak(unb64url(each)))


def bit(chance: Random, value: Value, good: Good) -> None:
    at = chance.randrange(len(value["nodes"]))
    value["nodes"][at] = flipped_text(chance, value["nodes"][at])
    if chance.random() < 0.5:
        _sorted(value)


def field(chance: Random, value: Value, good: Good) -> None:
    """A child, a path or a value is other, and the node canonical RLP again."""
    at = chance.randrange(len(value["nodes"]))
    items = decode(unb64url(value["nodes"][at]))
    assert isinstance(items, list)
    a_field_of_rlp(items, chance)
    value["nodes"][at] = b64url(encode(items))
    _sorted(value)


def other_spelling(chance: Random, value: Value, good: Good) -> None:
    at = chance.randrange(len(value["nodes"]))
    data = unb64url(value["nodes"][at])
    made = [long_form(data), data + b"\0", data[:-1], data[1:], b"\0" + data, encode([data])]
    value["nodes"][at] = b64url(chance.choice(made))


def no_node(chance: Random, value: Value, good: Good) -> None:
    """RLP that is neither branch nor extension nor leaf, beside the good ones."""
    shapes: list[Item] = [b"", [], [b""], [b"\x20", b""], [b"\x00", b""], [b""] * 16, [b""] * 18]
    deep: Item = []
    for _ in range(chance.choice([3, 16, 17, 200])):
        deep = [deep]
    value["nodes"].append(b64url(encode(chance.choice([*shapes, deep]))))
    _sorted(value)


def left_out(chance: Random, value: Value, good: Good) -> None:
    for node in chance.sample(value["nodes"], chance.choice([1, 1, 1, 2, 5])):
        value["nodes"].remove(node)


def findings_left_out(chance: Random, value: Value, good: Good) -> None:
    """Nodes that only the finding and the statuses need are left out, or made the old ones."""
    old = good.others["before"]["nodes"]
    newer = [each for each in value["nodes"] if each not in old]
    gone = chance.sample(newer, chance.randrange(1, len(newer) + 1))
    value["nodes"] = [each for each in value["nodes"] if each not in gone]
    if chance.random() < 0.6:
        value["nodes"] = value["nodes"] + old
        _sorted(value)


def of_another_state(chance: Random, value: Value, good: Good) -> None:
    """All nodes of another block, chain or fork, or those beside the good ones."""
    name = chance.choice(["before", "chain", "fork", "strangers", "product"])
    theirs = good.others[name]["nodes"]
    value["nodes"] = theirs if chance.random() < 0.4 else value["nodes"] + theirs
    _sorted(value)


def foreign(chance: Random, value: Value, good: Good) -> None:
    """A node that nothing reads, in its place."""
    others = [each for other in good.others.values() for each in other["nodes"]]
    made = b64url(encode([b"\x20" + chance.randbytes(32), chance.randbytes(9)]))
    new = [each for each in [*others, made] if each not in value["nodes"]]
    value["nodes"].append(chance.choice(new))
    _sorted(value)


def twice(chance: Random, value: Value, good: Good) -> None:
    at = chance.randrange(len(value["nodes"]))
    beside = at if chance.random() < 0.5 else chance.randrange(len(value["nodes"]))
    value["nodes"].insert(beside, value["nodes"][at])


def swapped(chance: Random, value: Value, good: Good) -> None:
    nodes = value["nodes"]
    one, other = chance.sample(range(len(nodes)), 2)
    nodes[one], nodes[other] = nodes[other], nodes[one]


def in_another_order(chance: Random, value: Value, good: Good) -> None:
    nodes = value["nodes"]
    chance.choice([nodes.reverse, lambda: chance.shuffle(nodes), nodes.sort])()


BENDS: dict[str, Bend] = {
    "node: a bit": bit,
    "node: a field": field,
    "node: another spelling": other_spelling,
    "node: none at all": no_node,
    "nodes left out": left_out,
    "nodes of findings and statuses left out": findings_left_out,
    "nodes of another state": of_another_state,
    "a foreign node": foreign,
    "a node twice": twice,
    "nodes swapped": swapped,
    "nodes in another order": in_another_order,
}
