# SPDX-License-Identifier: Apache-2.0
"""No mutant of a bundle is proven, and nothing but an input error is raised (Python alone).

tests/mutation/test_agreement.py puts many more of them to both verifiers.
"""

from __future__ import annotations

from collections import Counter

import pytest

from filiera.proof.trust import parse_trust, trust_digest
from tests.mutation.answers import asked, asked_by, of_python
from tests.mutation.goods import good
from tests.mutation.same_block import same_block
from tests.mutation.table import Mutant, mutants, mutators
from tests.mutation.trusts import REFUSED, trust_mutants
from tests.support.proven import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_bent_was_proven(kind: str) -> None:
    given = good(kind)
    answer = of_python(asked(given, Mutant("nothing", 0, given.bundle)))
    assert answer.outcome == "proven"
    assert '"state": "contested"' in answer.said


@pytest.mark.parametrize("kind", KINDS)
def test_no_mutant_of_a_bundle_is_proven_and_every_mutator_makes_some(kind: str) -> None:
    given = good(kind)
    made = list(mutants(given, 1))
    found = {mutant.name: of_python(asked(given, mutant)).outcome for mutant in made}
    proven = [each.name for each in made if found[each.name] == "proven"]
    assert proven == [each.name for each in made if same_block(given, each.data)]
    assert Counter(each.mutator for each in made).keys() == mutators(kind).keys()
    assert {"error", "unknown", "disproven"} <= set(found.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_trust_file_in_another_spelling_is_the_same_and_another_has_another_digest(
    kind: str,
) -> None:
    given = good(kind)
    known = trust_digest(parse_trust(given.trust))
    outcomes = Counter[str]()
    for mutant in trust_mutants(given, 1):
        outcome = of_python(asked_by(given, mutant)).outcome
        outcomes[outcome] += 1
        if outcome == "proven":
            same = parse_trust(mutant.data) == parse_trust(given.trust)
            assert (trust_digest(parse_trust(mutant.data)) == known) is same, mutant.name
            assert mutant.mutator not in REFUSED, mutant.name
    assert {"error", "proven"} <= outcomes.keys()
