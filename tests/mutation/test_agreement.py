# SPDX-License-Identifier: Apache-2.0
"""Of thousands of mutants, both verifiers say the same, to the last byte, and never "proven".

What is compared is the verdict document, or the code of what is wrong with the input. A
verifier that crashed would have neither; one that hung would be ended after five minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from filiera.proof.trust import parse_trust, trust_digest
from tests.mutation.answers import Answer, Asked, asked, asked_by, of_python, of_typescript
from tests.mutation.goods import good
from tests.mutation.same_block import same_block
from tests.mutation.table import mutants, mutators
from tests.mutation.trusts import REFUSED, trust_mutants
from tests.support.proven import KINDS
from tests.verifier.wire import ROOT

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
EACH = 12
"""Mutants by each mutator, for each of the three kinds of seal."""
MUTANTS = 5_000
"""At least so many over the three kinds: a third for each."""
TRUSTS = 12


def agreed(questions: Sequence[Asked]) -> list[Answer]:
    """The answers, once both verifiers were found to give the same."""
    answers = [of_python(each) for each in questions]
    pairs = zip(answers, of_typescript(questions), strict=True)
    apart = [at for at, (one, other) in enumerate(pairs) if one.brief != other]
    shown = of_typescript([questions[at] for at in apart[:5]], whole=True)
    for at, (outcome, said) in zip(apart, shown, strict=False):
        assert (answers[at].outcome, answers[at].said) == (outcome, said), questions[at].name
    assert apart == []
    return answers


@pytest.mark.parametrize("kind", KINDS)
def test_neither_verifier_proves_a_mutant_and_they_agree_on_every_one(kind: str) -> None:
    given = good(kind)
    made = list(mutants(given, EACH))
    counts = Counter(each.mutator for each in made)
    assert len(made) >= MUTANTS / len(KINDS)
    assert counts.keys() == mutators(kind).keys()
    answers = agreed([asked(given, each) for each in made])
    proven = [
        each.name for each, answer in zip(made, answers, strict=True) if answer.outcome == "proven"
    ]
    assert proven == [each.name for each in made if same_block(given, each.data)]
    assert bool(proven) is (kind == "qbft")


@pytest.mark.parametrize("kind", KINDS)
def test_they_agree_on_every_trust_file_and_one_digest_is_one_trust(kind: str) -> None:
    given = good(kind)
    made = list(trust_mutants(given, TRUSTS))
    answers = agreed([asked_by(given, each) for each in made])
    known = parse_trust(given.trust)
    digest = f'"digest": "0x{trust_digest(known).hex()}"'
    for mutant, answer in zip(made, answers, strict=True):
        if answer.outcome != "error":
            assert (digest in answer.said) is (parse_trust(mutant.data) == known), mutant.name
        if answer.outcome == "proven":
            assert mutant.mutator not in REFUSED, mutant.name
