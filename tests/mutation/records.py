# SPDX-License-Identifier: Apache-2.0
"""Records that were altered, swapped, left out, or signed by somebody else."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from filiera.model.ids import b64url, unb64url
from filiera.proof.encoding import dump_json, parse_object
from tests.mutation.bending import Bend, Value, a_place, flipped_text, holder
from tests.mutation.goods import Good
from tests.support.forge import forge, header_of, high_s, respelled
from tests.support.seals import STRANGER


def _some(chance: Random, value: Value) -> dict[str, Any]:
    found: dict[str, Any] = chance.choice(value["records"])
    return found


def _part(number: int) -> Bend:
    def bit(chance: Random, value: Value, good: Good) -> None:
        record = _some(chance, value)
        parts = record["jws"].split(".")
        parts[number] = flipped_text(chance, parts[number])
        record["jws"] = ".".join(parts)

    return bit


def character(chance: Random, value: Value, good: Good) -> None:
    record = _some(chance, value)
    at = chance.randrange(len(record["jws"]))
    said = chance.choice("AZaz09-_.=+/ %~")
    record["jws"] = record["jws"][:at] + said + record["jws"][at + chance.choice([0, 1]) :]


def another_spelling(chance: Random, value: Value, good: Good) -> None:
    """The same signature with s in its upper half, or in another base64url."""
    record = _some(chance, value)
    jws = record["jws"].encode()
    head, body, seal = record["jws"].split(".")
    made = [
        high_s(jws).decode(),
        respelled(jws).decode(),
        f"{head}=.{body}.{seal}",
        f"{head}.{body}.{seal}==",
        f"{head}.{body}.{seal}\n",
        f"{head}.{body}",
        f"{head}..{seal}",
        f"{head}.{body}.{seal}.{seal}",
        f".{body}.{seal}",
    ]
    record["jws"] = chance.choice(made)


def a_word_of_the_payload(chance: Random, value: Value, good: Good) -> None:
    """A member says something else, and the signature is as it was."""
    record = _some(chance, value)
    head, body, seal = record["jws"].split(".")
    record["jws"] = f"{head}.{b64url(_reworded(chance, unb64url(body)))}.{seal}"


def signed_by_a_stranger(chance: Random, value: Value, good: Good) -> None:
    """What it says, in a stranger's name and really signed; or in its issuer's name."""
    record = _some(chance, value)
    head, body, _ = record["jws"].split(".")
    payload: Any = parse_object(unb64url(body))
    if chance.random() < 0.5:
        payload["issuer"]["id"] = header_of(STRANGER)["kid"]
    elif chance.random() < 0.5:
        payload = _reworded(chance, unb64url(body))
    kid = json.loads(unb64url(head))["kid"]
    said = {"kid": kid} if chance.random() < 0.5 else {}
    record["jws"] = forge(payload, STRANGER, **said).decode()


def _reworded(chance: Random, payload: bytes) -> bytes:
    said = parse_object(payload)
    path = a_place(chance, said)
    held = holder(said, path)
    found = held[path[-1]]
    held[path[-1]] = found + "x" if isinstance(found, str) else chance.choice([None, 7, "x", []])
    return dump_json(said)


def header_of_jws(chance: Random, value: Value, good: Good) -> None:
    """A member of the protected header is other, more, or not there."""
    record = _some(chance, value)
    head, body, seal = record["jws"].split(".")
    said = json.loads(unb64url(head))
    changes: list[dict[str, Any]] = [
        {"alg": chance.choice(["none", "HS256", "ES256", "es256k", None, 1])},
        {"typ": chance.choice(["JWT", "vc+sd-jwt", "VC+JWT", None])},
        {"crit": ["exp"]},
        {"kid": header_of(STRANGER)["kid"]},
        {"kid": said["kid"].upper()},
        {"jwk": header_of(STRANGER)["jwk"]},
        {"jwk": said["jwk"] | {"crv": "P-256"}},
        {"jwk": said["jwk"] | {"d": "AA"}},
        {"jwk": said["jwk"] | {"x": said["jwk"]["y"]}},
        {"jwk": None},
    ]
    said |= chance.choice(changes)
    if chance.random() < 0.2:
        del said[chance.choice(list(said))]
    record["jws"] = f"{b64url(dump_json(said))}.{body}.{seal}"


def parts_of_two(chance: Random, value: Value, good: Good) -> None:
    """The header, the payload or the signature of another record."""
    one, other = chance.sample(value["records"], 2)
    at = chance.randrange(3)
    parts, theirs = one["jws"].split("."), other["jws"].split(".")
    parts[at] = theirs[at]
    one["jws"] = ".".join(parts)


def swapped(chance: Random, value: Value, good: Good) -> None:
    """Two records change places, each with its anchor, or leaving it there."""
    records = value["records"]
    one, other = chance.sample(range(len(records)), 2)
    if chance.random() < 0.5:
        records[one], records[other] = records[other], records[one]
    else:
        jws = records[one]["jws"]
        records[one]["jws"], records[other]["jws"] = records[other]["jws"], jws


def left_out(chance: Random, value: Value, good: Good) -> None:
    records = value["records"]
    value["records"] = chance.sample(records, chance.randrange(len(records)))


def twice(chance: Random, value: Value, good: Good) -> None:
    records = value["records"]
    records.insert(chance.randrange(len(records) + 1), chance.choice(records))


def one_of_another_product(chance: Random, value: Value, good: Good) -> None:
    """Another product's record beside, or instead of one."""
    theirs = chance.choice(good.others["product"]["records"])
    at = chance.randrange(len(value["records"]))
    if chance.random() < 0.5:
        value["records"].insert(at, theirs)
    else:
        value["records"][at] = theirs


def all_of_another_product(chance: Random, value: Value, good: Good) -> None:
    """Another product's records, or its nodes, in this one's bundle."""
    value.update({"records": good.others["product"]["records"]})
    if chance.random() < 0.5:
        chance.shuffle(value["records"])


BENDS: dict[str, Bend] = {
    "record: a bit of its header": _part(0),
    "record: a bit of its payload": _part(1),
    "record: a bit of its signature": _part(2),
    "record: a character": character,
    "record: another spelling": another_spelling,
    "record: a word of its payload": a_word_of_the_payload,
    "record: signed by a stranger": signed_by_a_stranger,
    "record: a member of its header": header_of_jws,
    "record: parts of two": parts_of_two,
    "records swapped": swapped,
    "records left out": left_out,
    "a record twice": twice,
    "a record of another product": one_of_another_product,
    "the records of another product": all_of_another_product,
}
