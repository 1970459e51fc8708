# SPDX-License-Identifier: Apache-2.0
"""Cases and verdicts as JSON, for both verifiers alike. Integers are written as `"12n"`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filiera.proof.evidence import Evidence, Presented, Trust
from filiera.proof.facts import ChainFacts
from filiera.proof.verdict import Verdict
from filiera.proof.verify import verify
from filiera.stack.tools import find_node
from tests.support.patience import HANGS

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Question:
    """What both verifiers are asked."""

    evidence: Evidence
    trust: Trust
    subject: str


def asked_of_python(question: Question) -> Any:
    """The verdict of the Python verifier."""
    return verdict_said(verify(question.evidence, question.trust, question.subject))


def asked_of_typescript(questions: Sequence[Question]) -> list[Any]:
    """The verdicts of the TypeScript verifier, in one run of Node."""
    given = [
        {
            "evidence": _evidence(each.evidence),
            "trust": {
                "chainId": str(each.trust.chain_id),
                "genesisHash": each.trust.genesis_hash.hex(),
                "founders": sorted(founder.hex() for founder in each.trust.founders),
            },
            "subject": each.subject,
        }
        for each in questions
    ]
    found: list[Any] = json.loads(run_node("tests/verifier/agree.ts", text=json.dumps(given)))
    return found


def agree(questions: dict[str, Question]) -> set[str]:
    """Both verifiers' verdicts are the same ones; gives every code and error that they said."""
    found = asked_of_typescript(list(questions.values()))
    assert len(found) == len(questions)
    for name, question, verdict in zip(questions, questions.values(), found, strict=True):
        assert verdict == asked_of_python(question), name
    checks = [check for verdict in found for check in verdict["checks"]]
    return {check["code"] for check in checks} | {check["params"].get("error") for check in checks}


def run_node(*arguments: str, text: str = "") -> str:
    """What Node writes; raises CalledProcessError with its errors shown."""
    command = [str(find_node().path), "--disable-warning=ExperimentalWarning", *arguments]
    finished = subprocess.run(
        command, input=text.encode(), cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=HANGS
    )
    return finished.stdout.decode()


def _evidence(evidence: Evidence) -> Any:
    return {
        "own": evidence.own.hex(),
        "records": [
            [record.hex(), each.jws.hex(), _inclusion(each)]
            for record, each in evidence.records.items()
        ],
        "facts": _facts(evidence.facts) if evidence.facts else None,
        "documents": [[one.hex(), other.hex()] for one, other in evidence.documents.items()],
    }


def _inclusion(presented: Presented) -> Any:
    return _members(presented.inclusion) if presented.inclusion else None


def _facts(facts: ChainFacts) -> Any:
    return {
        "source": facts.source,
        "chainId": str(facts.chain_id),
        "genesisHash": facts.genesis_hash.hex(),
        "block": _members(facts.block),
        "accounts": [_members(each) for each in facts.accounts.values()],
        "participants": [_members(each) for each in facts.participants.values()],
        "anchors": [_members(each) for each in facts.anchors.values()],
        "statuses": [
            [one.hex(), other.hex(), plain(each)] for (one, other), each in facts.statuses.items()
        ],
        "findings": [[record.hex(), plain(each)] for record, each in facts.findings.items()],
    }


def verdict_said(verdict: Verdict) -> Any:
    """A verdict as tests/verifier/said.ts writes it."""
    return {
        "outcome": verdict.outcome.value,
        "checks": [
            {
                "subject": each.subject,
                "check": each.check,
                "code": each.code,
                "params": dict(each.params),
                "outcome": each.outcome.value,
            }
            for each in verdict.checks
        ],
        "records": [
            {
                "id": record.id.hex(),
                "relation": record.relation,
                "checks": len(record.checks),
                "standing": _members(record.standing),
                "participant": record.participant.hex() if record.participant else None,
                "address": record.address,
                "name": record.name,
                "anchored": plain(record.anchored),
                "documents": [_members(each) for each in record.documents],
                "type": record.statement.type.value if record.statement else None,
            }
            for record in verdict.records.values()
        ],
        "gaps": [_members(each) for each in verdict.gaps],
        "asked": [each.hex() for each in verdict.asked],
        "stepsProven": verdict.steps_proven,
        "source": verdict.source,
    }


def _members(value: Any) -> Any:
    return {_camel(name): plain(getattr(value, name)) for name in value.__dataclass_fields__}


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


def plain(value: Any) -> Any:
    """A value of the model, as the other side writes it."""
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return f"{int(value)}n"
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return _members(value)
