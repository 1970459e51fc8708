# SPDX-License-Identifier: Apache-2.0
"""Of a bundle, whole or bent, both verifiers say the same, and never "proven" of a bent one."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.model.ids import b64url, unb64url
from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import dump_trust, parse_trust, trust_digest
from tests.support.running import Running
from tests.verifier.wire import ROOT, plain, run_node, verdict_said

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
SEED = 20_261_123
MUTATIONS = 400


@dataclass(frozen=True)
class Asked:
    """One bundle and how it is asked about."""

    bundle: bytes
    trust: bytes
    now: int
    subject: str | None = None
    max_age: int | None = None


def of_python(asked: Asked) -> Any:
    try:
        trust = parse_trust(asked.trust)
        bundle = parse_bundle(asked.bundle)
        verdict = verify_bundle(
            bundle, trust, asked.now, subject=asked.subject, max_age=asked.max_age
        )
    except InputError as error:
        return {"error": error.code}
    more = {"block": plain(verdict.block), "seal": verdict.seal}
    return verdict_said(verdict) | more | {"trust": trust_digest(trust).hex()}


def of_typescript(asked: list[Asked]) -> list[Any]:
    given = [
        {
            "bundle": each.bundle.hex(),
            "trust": each.trust.hex(),
            "now": each.now,
            "subject": each.subject,
            "maxAge": each.max_age,
        }
        for each in asked
    ]
    found: list[Any] = json.loads(run_node("tests/verifier/bundles.ts", text=json.dumps(given)))
    return found


def agreed(asked: dict[str, Asked]) -> dict[str, Any]:
    found = dict(zip(asked, of_typescript(list(asked.values())), strict=True))
    for name, each in asked.items():
        assert found[name] == of_python(each), name
    return found


@pytest.fixture
def good(running: Running) -> Asked:
    running.finish()
    bundles = running.services.bundles
    now = running.services.ledger.head().time
    return Asked(bundles.make(running.product), dump_trust(bundles.trust), now)


def _with(asked: Asked, **changed: Any) -> Asked:
    given = {name: getattr(asked, name) for name in asked.__dataclass_fields__}
    return Asked(**(given | changed))


def _written(asked: Asked, value: Any) -> Asked:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return _with(asked, bundle=text.encode())


def _trusts(asked: Asked) -> Iterator[tuple[str, bytes]]:
    known = json.loads(asked.trust)
    contract = known["contracts"][0]["AnchorRegistry"]
    for name, change in {
        "another chain": {"chainId": known["chainId"] + 1},
        "another genesis": {"genesisHash": "0x" + "00" * 32},
        "a later minimum": {"minimumBlock": 2**53 - 1},
        "no founder known": {"founders": ["ni:///sha-256;" + b64url(bytes(32))]},
        "another operator": {"seal": known["seal"] | {"validators": ["0x" + "11" * 20]}},
        "a later set": {"seal": known["seal"] | {"fromBlock": 2**53 - 1}},
        "clique": {"seal": known["seal"] | {"kind": "clique"}},
        "qbft": {"seal": known["seal"] | {"kind": "qbft"}},
        "two generations": {"contracts": known["contracts"] * 2},
        "a version to come": {"filieraTrust": 2},
        "a version that is a text": {"filieraTrust": "1"},
        "a member more": {"more": 1},
        "a predecessor": {"predecessor": known["founders"][0]},
        "a null predecessor": {"predecessor": None},
        "no age": {"maximumAge": 0},
        "a number with a point": {"chainId": 1.5},
        "a truth": {"chainId": True},
        "capitals": {"genesisHash": known["genesisHash"].upper()},
        "founders twice": {"founders": known["founders"] * 2},
        "no contracts": {"contracts": []},
        "another kind": {"seal": known["seal"] | {"kind": "none"}},
    }.items():
        yield name, json.dumps(known | change).encode()
    for member in ("address", "codeHash", "layout"):
        other = contract | {member: "0x" + "22" * ((len(contract[member]) - 2) // 2)}
        changed = [known["contracts"][0] | {"AnchorRegistry": other}]
        yield f"another {member}", json.dumps(known | {"contracts": changed}).encode()
    for member in known:
        yield f"no {member}", json.dumps({k: v for k, v in known.items() if k != member}).encode()
    yield "indented", json.dumps(known, indent=2).encode()
    yield "no object", b"[]"
    yield "nothing", b""


def test_both_prove_what_is_true_and_agree_on_every_trust_file(good: Asked) -> None:
    asked = {"good": good}
    asked |= {name: _with(good, trust=trust) for name, trust in _trusts(good)}
    asked |= {
        "another subject": _with(good, subject="https://id.gs1.org/01/09520000000028"),
        "much later": _with(good, now=good.now + 10**9),
        "much earlier": _with(good, now=good.now - 10**6),
        "a stricter age": _with(good, now=good.now + 100, max_age=50),
    }
    found = agreed(asked)
    proven = {name for name, each in found.items() if each.get("outcome") == "proven"}
    assert proven == {"good", "indented", "a predecessor"}


def test_neither_proves_a_bundle_that_is_bent_anywhere(good: Asked) -> None:
    chance = random.Random(SEED)
    asked = dict(_bent(good, chance))
    assert len(asked) >= MUTATIONS
    found = agreed(asked)
    assert [name for name, each in found.items() if each.get("outcome") == "proven"] == []


def _bent(good: Asked, chance: random.Random) -> Iterator[tuple[str, Asked]]:
    data = good.bundle
    for number in range(MUTATIONS // 4):
        at = chance.randrange(len(data))
        flipped = bytes([data[at] ^ 1 << chance.randrange(8)])
        yield f"bit {number}", _with(good, bundle=data[:at] + flipped + data[at + 1 :])
        cut = chance.randrange(len(data))
        yield f"cut {number}", _with(good, bundle=data[:cut])
    for number in range(MUTATIONS // 2):
        value = json.loads(data)
        _bend(value, chance)
        if value != json.loads(data):
            yield f"member {number}", _written(good, value)
    known = json.loads(data)
    for number in range(len(known["nodes"])):
        nodes = known["nodes"][:number] + known["nodes"][number + 1 :]
        yield f"no node {number}", _written(good, known | {"nodes": nodes})
    for number in range(len(known["records"])):
        records = known["records"][:number] + known["records"][number + 1 :]
        yield f"no record {number}", _written(good, known | {"records": records})
    yield "indented", _with(good, bundle=json.dumps(known, indent=1).encode())
    yield "a version to come", _written(good, known | {"filieraBundle": 2})
    yield "a member more", _written(good, known | {"more": 1})
    yield "a header more", _written(good, known | {"headers": known["headers"] * 2})


def _bend(value: dict[str, Any], chance: random.Random) -> None:
    """One change to one member, that keeps the text well formed."""
    kind = chance.choice(["node", "record", "anchor", "header", "seal", "swap", "twice"])
    if kind in ("node", "header", "seal"):
        name = {"node": "nodes", "header": "headers", "seal": "operatorSeal"}[kind]
        if kind == "seal":
            value[name] = _flipped(value[name], chance)
        else:
            at = chance.randrange(len(value[name]))
            value[name][at] = _flipped(value[name][at], chance)
    elif kind == "swap":
        items = value[chance.choice(["nodes", "records"])]
        one, other = chance.sample(range(len(items)), 2)
        items[one], items[other] = items[other], items[one]
    elif kind == "twice":
        items = value[chance.choice(["nodes", "records"])]
        items.insert(chance.randrange(len(items)), chance.choice(items))
    else:
        record = chance.choice(value["records"])
        if kind == "record" or "anchor" not in record:
            parts = record["jws"].split(".")
            at = chance.randrange(3)
            parts[at] = _flipped(parts[at], chance)
            record["jws"] = ".".join(parts)
        else:
            _bend_anchor(record, chance, value)


def _bend_anchor(record: dict[str, Any], chance: random.Random, value: dict[str, Any]) -> None:
    anchor = record["anchor"]
    match chance.randrange(6):
        case 0:
            del record["anchor"]
        case 1:
            anchor["root"] = _flipped(anchor["root"], chance)
        case 2:
            anchor["index"] += chance.choice([1, -1, 2**40])
        case 3:
            anchor["path"] = [*anchor["path"], b64url(bytes(32))]
        case 4:
            anchor["anchorer"] = "0x" + "00" * 20
        case _:
            record["anchor"] = chance.choice(value["records"]).get("anchor", anchor)


def _flipped(text: str, chance: random.Random) -> str:
    data = bytearray(unb64url(text))
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return b64url(bytes(data))
