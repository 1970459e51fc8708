# SPDX-License-Identifier: Apache-2.0
"""What the registry says of the certifiers behind a passport's certificates.

It is read beside the facts of a verdict, not among them: accreditations decide states of
criteria and no check, so that a bundle need not carry them (docs/criteria.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from filiera.domain.support import Accreditations
from filiera.errors import ConflictError, UnavailableError
from filiera.model.statement import Claim
from filiera.ports.ledger import Ledger
from filiera.proof.facts import AccreditationKey, ChainFacts, scheme_key
from filiera.proof.verdict import Verdict
from filiera.proof.void import recorders, without_void
from filiera.proof.wanted import ROUNDS


def read_accreditations(
    ledger: Ledger, facts: ChainFacts | None, verdict: Verdict
) -> tuple[Accreditations, ChainFacts | None]:
    """The histories behind a verdict's certificates at its facts' block, void entries out.

    With them the facts, grown by what was read. Empty where the chain does not answer, or
    is another one meanwhile: then nobody knows.
    """
    keys = frozenset(_keys(verdict))
    if facts is None or not keys:
        return {}, facts
    try:
        if missing := keys - facts.accreditations.keys():
            facts = facts.merged(ledger.read(facts.block, accreditations=missing))
        for _ in range(ROUNDS):
            unread = recorders(facts) - facts.accounts.keys()
            if not unread:
                break
            facts = facts.merged(ledger.read(facts.block, accounts=unread))
    except (UnavailableError, ConflictError):
        return {}, facts
    found = without_void(facts).accreditations
    return {key: found[key] for key in keys & found.keys()}, facts


def _keys(verdict: Verdict) -> Iterator[AccreditationKey]:
    for record in verdict.of("claim"):
        claim = record.statement.said if record.statement else None
        if isinstance(claim, Claim) and not claim.self_declared and record.participant:
            yield record.participant, scheme_key(claim.scheme.id)
