# SPDX-License-Identifier: Apache-2.0
"""Of a bundle, whole or bent, both verifiers say the same, and never "proven" of a bent one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.model.ids import b64url
from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import dump_trust, parse_trust, trust_digest
from tests.mutation.goods import Good
from tests.mutation.goods import good as in_memory
from tests.mutation.table import mutants
from tests.support.running import Running
from tests.verifier.wire import ROOT, plain, run_node, verdict_said

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
EACH = 2
"""Mutants by each mutator; tests/mutation has many more, of a smaller bundle."""


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


def test_neither_proves_a_bundle_of_a_chain_that_is_bent_anywhere(good: Asked) -> None:
    others = in_memory("operator").others
    given = Good("operator", good.bundle, good.trust, good.now, others)
    asked = {each.name: _with(good, bundle=each.data) for each in mutants(given, EACH)}
    asked |= {name: _written(good, value) for name, value in _left_out(given)}
    found = agreed(asked)
    assert [name for name, each in found.items() if each.get("outcome") == "proven"] == []


def _left_out(given: Good) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record and each node left out."""
    for part in ("records", "nodes"):
        for number in range(len(given.value[part])):
            value = given.value
            del value[part][number]
            yield f"no {part}[{number}]", value
