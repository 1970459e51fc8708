# SPDX-License-Identifier: Apache-2.0
"""The verdict document: one shape, closed, and the same as what the checks found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from filiera.proof.bundle import parse_bundle
from filiera.proof.demanded import requiring_documents
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import parse_trust, trust_digest
from filiera.proof.verdict import Verdict
from filiera.proof.verdict_document import dump_verdict, verdict_document
from tests.support.proven import proven
from tests.support.world import GARMENT, World

WORLD = World()


def judged(kind: str) -> tuple[Verdict, Any]:
    made = proven(WORLD, WORLD.evidence(), kind, product=GARMENT)
    trust = parse_trust(made.trust)
    return verify_bundle(parse_bundle(made.bundle), trust, made.now), trust


def said(kind: str, **more: Any) -> dict[str, Any]:
    verdict, trust = judged(kind)
    found: dict[str, Any] = json.loads(dump_verdict(verdict_document(verdict, trust, **more)))
    return found


@pytest.mark.parametrize(
    ("kind", "seal"),
    [
        ("operator", {"words": "one operator's word", "signers": 1, "of": 1}),
        ("clique", {"words": "sealed by 3 of 4 validators", "signers": 3, "of": 4}),
        ("qbft", {"words": "sealed by 4 of 4 validators", "signers": 4, "of": 4}),
    ],
)
def test_it_says_who_stands_for_the_block(kind: str, seal: dict[str, Any]) -> None:
    document = said(kind)
    assert document["outcome"] == "proven"
    assert document["seal"] == seal | {"kind": kind}


def test_it_counts_and_lists_what_the_verdict_found() -> None:
    verdict, trust = judged("qbft")
    document = said("qbft", files_not_named=["holiday.jpg"])
    assert document["filieraVerdict"] == 1
    assert document["subject"] == GARMENT
    assert document["steps"] == {"proven": 2, "of": 2}
    assert document["claims"] == {"proven": 1, "of": 1}
    assert [each["code"] for each in document["checks"]] == [each.code for each in verdict.checks]
    assert len(document["records"]) == len(verdict.records)
    assert document["records"][0]["issuer"]["name"] == "Marchio"
    assert [each["product"] for each in document["gaps"]] == [each.product for each in verdict.gaps]
    assert [each["name"] for each in document["documentsNotPresented"]] == ["report.pdf"]
    assert document["filesNotNamed"] == ["holiday.jpg"]
    assert document["trust"]["digest"] == "0x" + trust_digest(trust).hex()
    assert len(document["trust"]["words"]["it"].split()) == 12


def test_without_a_trust_file_nobody_is_named_who_stands_for_anything() -> None:
    verdict, _ = judged("operator")
    document = json.loads(dump_verdict(verdict_document(verdict, None)))
    assert document["trust"] is None
    assert document["seal"] == {"words": verdict.seal, "kind": None, "signers": None, "of": None}


def test_on_a_block_that_nobody_sealed_neither_steps_nor_claims_are_counted_as_proven() -> None:
    made = proven(WORLD, WORLD.evidence(), "operator", product=GARMENT)
    bundle = json.loads(made.bundle)
    del bundle["operatorSeal"]
    data = json.dumps(bundle, separators=(",", ":")).encode()
    trust = parse_trust(made.trust)
    document = verdict_document(verify_bundle(parse_bundle(data), trust, made.now), trust)
    assert (document.steps.proven, document.claims.proven) == (0, 0)
    assert document.seal.signers == 0


def test_params_are_in_the_order_of_their_names() -> None:
    for check in said("clique")["checks"]:
        assert list(check["params"]) == sorted(check["params"])


def test_a_document_that_was_asked_for_and_not_there_is_a_check_like_the_others() -> None:
    verdict, trust = judged("operator")
    document = verdict_document(requiring_documents(verdict), trust)
    assert document.checks[-1].code == "document-missing"
    assert document.outcome == "unknown"
