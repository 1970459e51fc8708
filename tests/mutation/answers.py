# SPDX-License-Identifier: Apache-2.0
"""What both verifiers answer about a mutant: an outcome and a verdict document, or an error."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from filiera.errors import InputError
from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import parse_trust
from filiera.proof.verdict_document import dump_verdict, verdict_document
from tests.mutation.goods import Good
from tests.mutation.table import Mutant
from tests.verifier.wire import run_node

BATCH = 1_000
"""Mutants in one process of Node, which is given five minutes for them."""


@dataclass(frozen=True)
class Asked:
    """A bundle and a trust file, what they were made from, and when they are looked at."""

    name: str
    bundle: bytes
    trust: bytes
    now: int
    good: bytes
    good_trust: bytes


def asked(given: Good, mutant: Mutant) -> Asked:
    """About a mutant of the bundle."""
    return Asked(mutant.name, mutant.data, given.trust, given.now, given.bundle, given.trust)


def asked_by(given: Good, mutant: Mutant) -> Asked:
    """About the good bundle, by a mutant of its trust file."""
    return Asked(mutant.name, given.bundle, mutant.data, given.now, given.bundle, given.trust)


@dataclass(frozen=True)
class Answer:
    """`outcome` of a verdict, or "error"; and its document, or the error's code."""

    outcome: str
    said: str

    @property
    def brief(self) -> tuple[str, str]:
        """As `of_typescript` has it: SHA-256 in the place of the document."""
        if self.outcome == "error":
            return self.outcome, self.said
        return self.outcome, sha256(self.said.encode()).hexdigest()


def of_python(question: Asked) -> Answer:
    """The Python verifier's answer; whatever is no InputError is raised."""
    try:
        trust = parse_trust(question.trust)
        verdict = verify_bundle(parse_bundle(question.bundle), trust, question.now)
    except InputError as error:
        return Answer("error", error.code)
    return Answer(verdict.outcome.value, dump_verdict(verdict_document(verdict, trust)))


def of_typescript(questions: Sequence[Asked], *, whole: bool = False) -> list[tuple[str, str]]:
    """The other verifier's answers, "crash" and a stack among them."""
    found: list[tuple[str, str]] = []
    for start in range(0, len(questions), BATCH):
        found += _one_batch(questions[start : start + BATCH], whole)
    return found


def _one_batch(questions: Sequence[Asked], whole: bool) -> list[tuple[str, str]]:
    bases = list(dict.fromkeys(base for each in questions for base in (each.good, each.good_trust)))
    at = {base: number for number, base in enumerate(bases)}
    cases = [
        {
            "bundle": _patch(at[each.good], each.good, each.bundle),
            "trust": _patch(at[each.good_trust], each.good_trust, each.trust),
            "now": each.now,
        }
        for each in questions
    ]
    given = {"bases": [_text(base) for base in bases], "cases": cases, "whole": whole}
    answers = json.loads(run_node("tests/verifier/mutants.ts", text=json.dumps(given)))
    return [(outcome, said) for outcome, said in answers]


def _patch(base: int, one: bytes, other: bytes) -> tuple[int, int, int, str]:
    """`other` as what is between what it has in common with `one` at both ends."""
    first = _alike(one, other)
    last = _alike(one[first:][::-1], other[first:][::-1])
    return base, first, last, _text(other[first : len(other) - last])


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[:middle] == other[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _text(data: bytes) -> str:
    return b64encode(data).decode()
