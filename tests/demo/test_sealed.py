# SPDX-License-Identifier: Apache-2.0
"""What was altered is judged by the facts that a bundle proves, and not by a node's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from filiera.demo.request import Tamper
from filiera.demo.sealed import sealed_bundle, sealed_passport
from filiera.demo.tamper import tamper_evidence
from filiera.model.statement import RecordType
from filiera.proof.evidence import Evidence, Presented
from filiera.services.gathering import Gathered
from filiera.services.passport_view import verdict_sentence
from tests.support.running import Running

pytestmark = pytest.mark.stack


def record_altered(given: Gathered) -> Gathered:
    """A listed step with another signature under the same id."""
    evidence = given.evidence
    (step, *_) = (
        record for record, each in evidence.records.items() if each.statement.type is RecordType.DTE
    )
    jws = evidence.records[step].jws
    altered = Presented(jws[:-1] + (b"A" if jws[-1:] != b"A" else b"E"), None)
    return replace(given, evidence=replace(evidence, records={**evidence.records, step: altered}))


def document_altered(given: Gathered) -> Gathered:
    """A step's document of which other bytes are at hand."""
    evidence: Evidence = given.evidence
    digest = next(
        link.digest
        for each in evidence.records.values()
        if each.statement.type is RecordType.DTE
        for link in each.statement.links
        if link.digest in evidence.documents
    )
    return replace(
        given, evidence=replace(evidence, documents={**evidence.documents, digest: bytes(32)})
    )


def path_altered(given: Gathered) -> Gathered:
    return tamper_evidence(Tamper.PROOF, given)[0]


ALTERED: dict[str, Callable[[Gathered], Gathered]] = {
    "record-hash-mismatch": record_altered,
    "document-hash-mismatch": document_altered,
    "path-mismatch": path_altered,
}


def test_what_is_altered_is_disproven_by_what_a_bundle_proves(running: Running) -> None:
    running.finish()
    data = sealed_bundle(running.services, running.product)
    gathered = running.services.passports.gather(running.product)

    def said(given: Gathered) -> tuple[str, set[str]]:
        passport = sealed_passport(running.services, running.product, data, given)
        verdict = passport.verdict
        assert verdict.source == "storage"
        codes = {check.code for check in verdict.checks}
        assert {"seal-operator-ok", "state-ok", "age-ok", "bundle-ok"} <= codes
        return verdict_sentence(verdict), codes

    assert said(gathered)[0] == "proven (7 of 7 steps; one operator's word)"
    for code, alter in ALTERED.items():
        sentence, codes = said(alter(gathered))
        assert sentence == "disproven (6 of 7 steps; one operator's word)", code
        assert code in codes
