# SPDX-License-Identifier: Apache-2.0
"""Any field of the bundle in another shape: gone, null, of a wrong type, too many, too deep."""

from __future__ import annotations

from random import Random
from typing import Any

from filiera.proof.bundle import MAX_HEADERS, MAX_NODE, MAX_NODES, MAX_PATH, MAX_RECORDS
from filiera.proof.jws import MAX_JWS
from tests.mutation.bending import Bend, Value, a_place, holder, places
from tests.mutation.goods import Good

WRONG: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 2**53 - 1, 2**53, -(2**53), 10**400),
    *("", "x", "1", "0x", "null", "\u00e9", "\u0000", "\ufffe", "\U0001f9f6", "=", "AAAA" * 99),
    *([], [[]], [None], {}, {"": 0}, {"jws": "a.b.c"}, [{}], ["AA", "AA"]),
)
"""Values of which each is wrong nearly anywhere."""


def wrong_type(chance: Random, value: Value, good: Good) -> None:
    path = a_place(chance, value)
    holder(value, path)[path[-1]] = chance.choice(WRONG)


def gone(chance: Random, value: Value, good: Good) -> None:
    path = a_place(chance, value)
    del holder(value, path)[path[-1]]


def wrapped(chance: Random, value: Value, good: Good) -> None:
    """In a list or an object, many times over."""
    path = a_place(chance, value)
    held = holder(value, path)
    for _ in range(chance.choice([1, 2, 30, 59, 65, 300])):
        held[path[-1]] = chance.choice([[held[path[-1]]], {"a": held[path[-1]]}])


def unknown_member(chance: Random, value: Value, good: Good) -> None:
    objects = [
        value,
        *(holder(value, (*path, 0)) for path in places(value) if path[0] == "records"),
    ]
    found = chance.choice([each for each in objects if isinstance(each, dict)])
    name = chance.choice(["more", "", "__proto__", "constructor", "jws ", "Anchor", "\u00e9"])
    found[name] = chance.choice(WRONG)


def members_in_another_order(chance: Random, value: Value, good: Good) -> None:
    record = chance.choice(value["records"])
    found = chance.choice([value, record, record["anchor"]])
    items = list(found.items())
    chance.shuffle(items)
    found.clear()
    found.update(items)


def another_version(chance: Random, value: Value, good: Good) -> None:
    value["filieraBundle"] = chance.choice([0, 2, 3, -1, 99, 2**53 - 1, 2**53, "1", None, True, []])


def more_in_a_list(chance: Random, value: Value, good: Good) -> None:
    lists = [path for path in places(value) if isinstance(holder(value, (*path, 0)), list)]
    found = holder(value, (*chance.choice(lists), 0))
    found.insert(chance.randrange(len(found) + 1), chance.choice(WRONG))


def emptied(chance: Random, value: Value, good: Good) -> None:
    lists = [path for path in places(value) if isinstance(holder(value, (*path, 0)), list)]
    holder(value, (*chance.choice(lists), 0)).clear()


def over_a_bound(chance: Random, value: Value, good: Good) -> None:
    """One more than there may be of something, and a text that is too long."""
    jws = {"jws": "a.b.c"}
    anchor = value["records"][0]["anchor"]
    match chance.randrange(6):
        case 0:
            value["headers"] = ["AA"] * (MAX_HEADERS + chance.randrange(1, 9))
        case 1:
            value["records"] = [jws] * (MAX_RECORDS + 1)
        case 2:
            value["nodes"] = ["AA"] * (MAX_NODES + 1)
        case 3:
            anchor["path"] = anchor["path"][:1] * (MAX_PATH + chance.randrange(1, 9))
        case 4:
            value["nodes"][0] = "A" * (4 * (MAX_NODE + chance.randrange(1, 99)))
        case _:
            value["records"][0]["jws"] = "A" * (MAX_JWS + chance.randrange(1, 9))


BENDS: dict[str, Bend] = {
    "a wrong type": wrong_type,
    "a field gone": gone,
    "a field wrapped": wrapped,
    "an unknown member": unknown_member,
    "members in another order": members_in_another_order,
    "another version": another_version,
    "something more in a list": more_in_a_list,
    "a list emptied": emptied,
    "over a bound": over_a_bound,
}
