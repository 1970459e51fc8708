# SPDX-License-Identifier: Apache-2.0
"""Headers and seals that are not those of the block: bits, fields, other blocks, other signers."""

from __future__ import annotations

from random import Random

from filiera.model.ids import b64url, unb64url
from filiera.proof.header import parse_header
from filiera.proof.jws import ORDER
from filiera.proof.operator import operator_digest
from filiera.proof.qbft import commit_hash
from filiera.proof.rlp import Item
from tests.mutation.bending import (
    Bend,
    Value,
    a_field_of_rlp,
    changed_bytes,
    flipped,
    flipped_text,
    in_extra,
    in_header,
    long_form,
)
from tests.mutation.goods import Good
from tests.support.seals import FOUR, STRANGER
from tests.support.world import CHAIN, GENESIS

OTHER_BLOCKS = ("before", "chain", "fork", "strangers")
"""Whose headers are of another block than the good bundle's."""


def bit(chance: Random, value: Value, good: Good) -> None:
    at = chance.randrange(len(value["headers"]))
    value["headers"][at] = flipped_text(chance, value["headers"][at])


def field(chance: Random, value: Value, good: Good) -> None:
    """A field is longer, shorter, empty or other, and the header canonical RLP again."""
    at = chance.randrange(len(value["headers"]))
    which = chance.randrange(15)

    def change(fields: list[Item]) -> None:
        found = fields[which]
        assert isinstance(found, bytes)
        fields[which] = changed_bytes(chance, found)

    value["headers"][at] = in_header(value["headers"][at], change)


def field_more_or_less(chance: Random, value: Value, good: Good) -> None:
    def change(fields: list[Item]) -> None:
        surplus: list[Item] = [b"", b"\1", bytes(32), [], [b""]]
        at = chance.randrange(len(fields) + 1)
        if chance.random() < 0.5:
            fields.insert(at, chance.choice(surplus))
        else:
            del fields[min(at, len(fields) - 1)]

    at = chance.randrange(len(value["headers"]))
    value["headers"][at] = in_header(value["headers"][at], change)


def other_spelling(chance: Random, value: Value, good: Good) -> None:
    """RLP of the same fields that is not canonical, or has bytes behind."""
    at = chance.randrange(len(value["headers"]))
    data = unb64url(value["headers"][at])
    made = [long_form(data), data + b"\0", data + data, data[:-1], b"\0" + data, data[1:]]
    value["headers"][at] = b64url(chance.choice(made))


def of_another_block(chance: Random, value: Value, good: Good) -> None:
    """Another block's headers, and its seal, above this block's state."""
    other = good.others[chance.choice(OTHER_BLOCKS)]
    value["headers"] = other["headers"]
    if "operatorSeal" in other and chance.random() < 0.5:
        value["operatorSeal"] = other["operatorSeal"]


def one_of_another_block(chance: Random, value: Value, good: Good) -> None:
    other = good.others[chance.choice(OTHER_BLOCKS)]
    at = chance.randrange(len(value["headers"]))
    value["headers"][at] = other["headers"][at % len(other["headers"])]


def another_state_root(chance: Random, value: Value, good: Good) -> None:
    """The seals as they were, above the state of another block or chain."""
    other = good.others[chance.choice(OTHER_BLOCKS)]
    root = parse_header(unb64url(other["headers"][0])).state_root
    value["headers"][0] = in_header(value["headers"][0], lambda fields: _put(fields, 3, root))


def _put(fields: list[Item], at: int, item: Item) -> None:
    fields[at] = item


def one_more(chance: Random, value: Value, good: Good) -> None:
    others = [each for other in good.others.values() for each in other["headers"]]
    at = chance.randrange(len(value["headers"]) + 1)
    value["headers"].insert(at, chance.choice([*others, *value["headers"]]))


def the_whole_of_another_chain(chance: Random, value: Value, good: Good) -> None:
    """Another chain's bundle, with the same validators; of a fork; of strangers; and parts."""
    other = good.others[chance.choice(["chain", "fork", "strangers"])]
    names = [name for name in other if chance.random() < 0.75 or name == "headers"]
    value.update({name: other[name] for name in names})


def one_less(chance: Random, value: Value, good: Good) -> None:
    del value["headers"][chance.randrange(len(value["headers"]))]


def in_another_order(chance: Random, value: Value, good: Good) -> None:
    chance.shuffle(value["headers"])


def seal_taken_away(chance: Random, value: Value, good: Good) -> None:
    del value["operatorSeal"]


def surplus_seal(chance: Random, value: Value, good: Good) -> None:
    """An operator's seal where the trust file asks for none."""
    header = parse_header(unb64url(value["headers"][0]))
    digest = operator_digest(CHAIN, GENESIS, header.number, header.hash)
    made = [bytes(65), chance.randbytes(65), chance.choice(FOUR).sign_digest(digest)]
    seal = b64url(chance.choice(made))
    headers, nodes, records = value["headers"], value["nodes"], value["records"]
    value.clear()
    value.update(filieraBundle=1, headers=headers, operatorSeal=seal, records=records, nodes=nodes)


def operator_seal(chance: Random, value: Value, good: Good) -> None:
    """The operator's seal altered, in its other spelling, or another's."""
    seal = unb64url(value["operatorSeal"])
    header = parse_header(unb64url(value["headers"][0]))
    digest = operator_digest(CHAIN, GENESIS, header.number, header.hash)
    value["operatorSeal"] = b64url(_altered(chance, seal, STRANGER.sign_digest(digest)))


def clique_seal(chance: Random, value: Value, good: Good) -> None:
    """The seal at the end of a header's extraData."""

    def change(fields: list[Item]) -> None:
        extra = fields[12]
        assert isinstance(extra, bytes)
        fields[12] = extra[:-65] + _altered(chance, extra[-65:], bytes(65))

    at = chance.randrange(len(value["headers"]))
    value["headers"][at] = in_header(value["headers"][at], change)


def committed_seal(chance: Random, value: Value, good: Good) -> None:
    """One of the committed seals; in its other spelling it is still one (`same_block`)."""
    stranger = STRANGER.sign_digest(commit_hash(parse_header(unb64url(value["headers"][0]))))

    def change(items: list[Item]) -> None:
        seals = items[4]
        assert isinstance(seals, list)
        at = chance.randrange(len(seals))
        seal = seals[at]
        assert isinstance(seal, bytes)
        seals[at] = _altered(chance, seal, stranger)

    value["headers"][0] = in_extra(value["headers"][0], change)


def committed_seals(chance: Random, value: Value, good: Good) -> None:
    """Seals twice, a stranger's beside, fewer, in another order, or none."""
    stranger = STRANGER.sign_digest(commit_hash(parse_header(unb64url(value["headers"][0]))))

    def change(items: list[Item]) -> None:
        seals = items[4]
        assert isinstance(seals, list)
        twice = [*seals, chance.choice(seals)]
        other = [*seals, stranger]
        fewer = chance.sample(seals, chance.randrange(len(seals)))
        mixed = chance.sample(seals, len(seals))
        items[4] = chance.choice([twice, other, fewer, mixed])

    value["headers"][0] = in_extra(value["headers"][0], change)


def extra_of_qbft(chance: Random, value: Value, good: Good) -> None:
    """A part of extraData: vanity, validators, vote, round, seals."""

    def change(items: list[Item]) -> None:
        if chance.random() < 0.3:
            made: list[tuple[int, Item]] = [
                (2, [bytes.fromhex(STRANGER.address[2:]), b"\xff"]),
                (3, chance.choice([b"\1", b"\0", bytes(4), b"\1" * 5])),
                (1, [bytes.fromhex(STRANGER.address[2:])]),
                (1, []),
                (4, b""),
            ]
            _put(items, *chance.choice(made))
        else:
            a_field_of_rlp(items, chance)

    value["headers"][0] = in_extra(value["headers"][0], change)


def _altered(chance: Random, seal: bytes, other: bytes) -> bytes:
    """65 bytes of which none is the signature that was there, but for its twin of high s."""
    s = ORDER - int.from_bytes(seal[32:64], "big")
    return chance.choice(
        [
            flipped(chance, seal),
            seal[:32] + s.to_bytes(32, "big") + bytes([seal[64] ^ 1]),
            seal[:32] + s.to_bytes(32, "big") + seal[64:],
            seal[:64] + bytes([seal[64] + 27]),
            bytes(32) + seal[32:],
            seal[:32] + bytes(32) + seal[64:],
            seal[:32] + ORDER.to_bytes(32, "big") + seal[64:],
            seal[32:64] + seal[:32] + seal[64:],
            other,
        ]
    )


BENDS: dict[str, Bend] = {
    "header: a bit": bit,
    "header: a field": field,
    "header: a field more or less": field_more_or_less,
    "header: another spelling": other_spelling,
    "headers of another block": of_another_block,
    "one header of another block": one_of_another_block,
    "another state root": another_state_root,
    "one header more": one_more,
    "one header less": one_less,
    "the bundle of another chain": the_whole_of_another_chain,
}
OF_KIND: dict[str, dict[str, Bend]] = {
    "operator": {"no operator's seal": seal_taken_away, "operator's seal": operator_seal},
    "clique": {
        "headers in another order": in_another_order,
        "a seal of clique": clique_seal,
        "a surplus operator's seal": surplus_seal,
    },
    "qbft": {
        "a committed seal": committed_seal,
        "committed seals": committed_seals,
        "extraData of qbft": extra_of_qbft,
        "a surplus operator's seal": surplus_seal,
    },
}
