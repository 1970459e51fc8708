# SPDX-License-Identifier: Apache-2.0
"""Trust files that are none, say something else, or say the same in another spelling."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from filiera.model.ids import b64url
from tests.mutation.bending import a_place, flipped, holder, written
from tests.mutation.goods import Good
from tests.mutation.shapes import WRONG
from tests.mutation.spellings import RESPELLINGS, Respell
from tests.mutation.table import SEED, TRIES, Mutant
from tests.support.seals import STRANGER

Trust = dict[str, Any]
BendTrust = Callable[[Random, Trust], object]


def wrong_type(chance: Random, trust: Trust) -> None:
    path = a_place(chance, trust)
    holder(trust, path)[path[-1]] = chance.choice(WRONG)


def gone(chance: Random, trust: Trust) -> None:
    path = a_place(chance, trust)
    del holder(trust, path)[path[-1]]


def a_bit_of_hex(chance: Random, trust: Trust) -> None:
    """Of an address, a hash or a validator."""
    paths = [path for path in _texts(trust) if _at(trust, path).startswith("0x")]
    path = chance.choice(paths)
    said = flipped(chance, bytes.fromhex(_at(trust, path)[2:]))
    holder(trust, path)[path[-1]] = "0x" + said.hex()


def another_chain(chance: Random, trust: Trust) -> None:
    """What no reader of this chain would pin."""
    contracts = trust["contracts"][0]
    name = chance.choice(list(contracts))
    member = chance.choice(["address", "codeHash", "layout"])
    other = "0x" + chance.randbytes((len(contracts[name][member]) - 2) // 2).hex()
    match chance.randrange(5):
        case 0:
            trust["chainId"] = chance.choice([1, trust["chainId"] + 1, 2**53 - 1])
        case 1:
            trust["founders"] = ["ni:///sha-256;" + b64url(chance.randbytes(32))]
        case 2:
            contracts[name][member] = other
        case 3:
            trust["seal"]["validators"] = [STRANGER.address]
        case _:
            one, two = chance.sample(list(contracts), 2)
            contracts[one], contracts[two] = contracts[two], contracts[one]


def a_later_reader(chance: Random, trust: Trust) -> None:
    """Bounds that this block does not meet, and seals of another kind."""
    kinds = [kind for kind in ("operator", "clique", "qbft") if kind != trust["seal"]["kind"]]
    match chance.randrange(4):
        case 0:
            trust["minimumBlock"] = chance.choice([101, 2**40, 2**53 - 1])
        case 1:
            trust["seal"]["fromBlock"] = chance.choice([101, 2**40, 2**53 - 1])
        case 2:
            trust["maximumAge"] = chance.randrange(1, 60)
        case _:
            trust["seal"]["kind"] = chance.choice(kinds)


def a_list(chance: Random, trust: Trust) -> None:
    """Something in a list twice, in another order, or one too many."""
    lists = [trust["founders"], trust["contracts"], trust["seal"]["validators"]]
    found = chance.choice([*lists, trust["pinnedBlocks"]])
    hashes = ["0x" + chance.randbytes(32).hex() for _ in range(3)]
    many = chance.choice([1, 2, 1_001])
    chance.choice([lambda: found.extend((found or hashes) * many), found.clear, found.reverse])()


def a_member_more(chance: Random, trust: Trust) -> None:
    contract = trust["contracts"][0]["AnchorRegistry"]
    found = chance.choice([trust, trust["seal"], trust["contracts"][0], contract])
    name = chance.choice(["more", "", "__proto__", "kind", "predecessor", "name"])
    found[name] = chance.choice(WRONG)


BENDS: dict[str, BendTrust] = {
    "trust: a wrong type": wrong_type,
    "trust: a field gone": gone,
    "trust: a bit of hexadecimal": a_bit_of_hex,
    "trust: another chain": another_chain,
    "trust: a later reader": a_later_reader,
    "trust: a list": a_list,
    "trust: a member more": a_member_more,
}
REFUSED = {"trust: another chain", "trust: a later reader"}
"""By which the good bundle is not proven; other trust files may pin more than it needs."""


def trust_mutants(given: Good, each: int) -> Iterator[Mutant]:
    """Up to `each` other trust files by every mutator, the same in every run."""
    text = given.trust
    for name, mutator in {**_bent(), **RESPELLINGS}.items():
        chance, seen = Random(f"{SEED} trust {given.kind} {name}"), {text}
        for _ in range(TRIES * each):
            data = mutator(chance, text)
            if data not in seen and len(seen) <= each:
                seen.add(data)
                yield Mutant(f"trust: {name.removeprefix('trust: ')}", len(seen) - 1, data)


def _bent() -> dict[str, Respell]:
    return {name: _by_value(bend) for name, bend in BENDS.items()}


def _by_value(bend: BendTrust) -> Respell:
    def mutator(chance: Random, text: bytes) -> bytes:
        value = json.loads(text)
        bend(chance, value)
        return written(value)

    return mutator


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in members:
        if isinstance(each, str):
            yield (*path, name)
        elif isinstance(each, dict | list):
            yield from _texts(each, (*path, name))


def _at(value: Any, path: tuple[str | int, ...]) -> str:
    found: str = holder(value, path)[path[-1]]
    return found
