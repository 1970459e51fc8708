# SPDX-License-Identifier: Apache-2.0
"""What both verifiers say of a bundle: asked together, and told only if they say the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from filiera.proof.bundle import Bundle, dump_bundle, parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import TrustFile, dump_trust, parse_trust
from tests.verifier.wire import ROOT, plain, run_node, verdict_said

NEEDS_NODE = pytest.mark.skipif(
    not (ROOT / "backend/verifier/node_modules").is_dir(),
    reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
)
MARKS = [pytest.mark.stack, pytest.mark.xdist_group("adversary"), NEEDS_NODE]
"""Of every adversary's test: one worker has the two chains."""


@dataclass(frozen=True)
class Asked:
    """A bundle, by whose trust file, when, and about which product."""

    bundle: Bundle
    trust: TrustFile
    now: int
    subject: str | None = None


@dataclass(frozen=True)
class Found:
    """The outcome, and the codes of every check that is not proven.

    `standings` and `anchored` (seconds since 1970) are by the ids of records.
    """

    outcome: str
    failing: frozenset[str]
    standings: Mapping[bytes, str]
    anchored: Mapping[bytes, int]
    steps_proven: int
    seal: str


def judged(bundle: Bundle, trust: TrustFile, now: int, subject: str | None = None) -> Found:
    """What both say of one bundle."""
    return judge(asked=Asked(bundle, trust, now, subject))["asked"]


def judge(**asked: Asked) -> dict[str, Found]:
    """What both say of several, by the names given."""
    answers = zip(asked.items(), _typescript(list(asked.values())), strict=True)
    found = {}
    for (name, each), answer in answers:
        assert answer == _python(each), name
        found[name] = _found(answer)
    return found


def _found(answer: Any) -> Found:
    checks = answer["checks"]
    return Found(
        outcome=answer["outcome"],
        failing=frozenset(each["code"] for each in checks if each["outcome"] != "proven"),
        standings={
            bytes.fromhex(each["id"]): each["standing"]["state"] for each in answer["records"]
        },
        anchored={
            bytes.fromhex(each["id"]): int(each["anchored"].rstrip("n"))
            for each in answer["records"]
            if each["anchored"] is not None
        },
        steps_proven=answer["stepsProven"],
        seal=answer["seal"],
    )


def _python(asked: Asked) -> Any:
    bundle, trust = parse_bundle(dump_bundle(asked.bundle)), parse_trust(dump_trust(asked.trust))
    verdict = verify_bundle(bundle, trust, asked.now, subject=asked.subject)
    more = {"block": plain(verdict.block), "seal": verdict.seal}
    return json.loads(json.dumps(verdict_said(verdict) | more))


def _typescript(asked: list[Asked]) -> list[Any]:
    given = [
        {
            "bundle": dump_bundle(each.bundle).hex(),
            "trust": dump_trust(each.trust).hex(),
            "now": each.now,
            "subject": each.subject,
            "maxAge": None,
        }
        for each in asked
    ]
    found = json.loads(run_node("tests/verifier/bundles.ts", text=json.dumps(given)))
    return [{k: v for k, v in each.items() if k != "trust"} for each in found]
