# SPDX-License-Identifier: Apache-2.0
"""A bundle proves a passport to somebody who has nothing but it and a trust file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from filiera.adapters.ledger import proving
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.rpc import Rpc
from filiera.proof.bundle import Bundle, dump_bundle, parse_bundle
from filiera.proof.jws import parse_jws
from filiera.proof.offline import verify_bundle
from filiera.proof.reasons import Outcome
from filiera.proof.trust import TrustFile
from filiera.proof.verdict import StandingState, Verdict
from filiera.services.bundle_file import passport_from_bundle
from filiera.services.bundles import MAX_KEPT
from filiera.services.keeping import Keep
from filiera.services.passport_view import passport_view, verdict_sentence
from tests.support.running import Running

pytestmark = pytest.mark.stack

PROVEN = "proven (7 of 7 steps; one operator's word)"


def made(running: Running) -> tuple[bytes, TrustFile, int]:
    running.finish()
    bundles = running.services.bundles
    return bundles.make(running.product), bundles.trust, running.services.ledger.head().time


def failing(verdict: Verdict) -> set[str]:
    return {check.code for check in verdict.checks if check.outcome is not Outcome.PROVEN}


def test_a_bundle_is_proven_offline_by_the_trust_file_alone(running: Running) -> None:
    data, trust, now = made(running)
    running.chain.cut()
    running.ipfs.cut()
    passport = passport_from_bundle(parse_bundle(data), trust, now)
    assert failing(passport.verdict) == set()
    assert verdict_sentence(passport.verdict) == PROVEN
    view = passport_view(passport)
    assert view.verdict.source == "storage"
    assert view.id == running.product


def test_equal_block_equal_bytes(running: Running) -> None:
    data, trust, _ = made(running)
    services = running.services
    block = services.ledger.head()
    again = replace(services.bundles, _shelf=Keep(MAX_KEPT))
    assert again.make(running.product, block) == data
    bundle = parse_bundle(data)
    assert dump_bundle(bundle) == data
    assert trust.seal.kind == "operator"


def test_one_contract_takes_at_most_two_proofs(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.finish()
    ledger = running.services.ledger
    assert isinstance(ledger, Web3Ledger)
    rpc, asked = ledger._rpc, list[str]()
    batch = rpc.batch

    def count(calls: list[tuple[str, list[object]]]) -> list[object]:
        asked.extend(str(params[0]) for name, params in calls if name == "eth_getProof")
        return batch(calls)  # type: ignore[arg-type]

    monkeypatch.setattr(rpc, "batch", count)
    running.services.bundles.make(running.product)
    assert max(asked.count(address) for address in set(asked)) <= 2
    assert len(set(asked)) == 4


def test_a_proof_that_is_asked_for_in_many_messages_is_the_same(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.finish()
    services, trust = running.services, running.services.bundles.trust
    facts = services.passports.gather(running.product, services.ledger.head()).evidence.facts
    assert facts is not None
    by_few = services.ledger.prove(facts, trust)
    monkeypatch.setattr(proving, "AT_ONCE", 2)
    assert services.ledger.prove(facts, trust) == by_few


def test_a_bundle_is_kept_until_the_chain_says_something_else_of_it(running: Running) -> None:
    kept, trust, _ = made(running)
    services = running.services
    Rpc(running.chain.url).call("evm_mine")
    assert services.bundles.make(running.product) == kept
    assert services.bundles.make(running.product, services.ledger.head()) != kept
    step = parse_jws(parse_bundle(kept).records[1].jws)
    signers = {signer.address: key for key, signer in running.people.signers.items()}
    running.people.revoke(services, signers[step.address], step.id, 1)
    anew = services.bundles.make(running.product)
    assert anew != kept
    passport = passport_from_bundle(parse_bundle(anew), trust, services.ledger.head().time)
    assert passport.verdict.records[step.id].standing.state is StandingState.REVOKED


CHANGES: dict[str, tuple[Callable[[Bundle], Bundle], str]] = {
    "a record left out": (
        lambda b: replace(b, records=(*b.records[:3], *b.records[4:])),
        "record-missing",
    ),
    "a record too many": (
        lambda b: replace(b, records=(*b.records, replace(b.records[1], jws=b"x"))),
        "bundle-surplus",
    ),
    "two records in each other's place": (
        lambda b: replace(b, records=(b.records[0], b.records[2], b.records[1], *b.records[3:])),
        "bundle-order",
    ),
    "a node left out": (lambda b: replace(b, nodes=b.nodes[1:]), "fact-missing"),
    "a node too many": (
        lambda b: replace(b, nodes=(*b.nodes, b"\xc2\x80\x80")),
        "bundle-surplus",
    ),
    "a node twice": (lambda b: replace(b, nodes=(b.nodes[0], *b.nodes)), "bundle-surplus"),
    "the nodes in another order": (lambda b: replace(b, nodes=b.nodes[::-1]), "bundle-order"),
    "no seal": (lambda b: replace(b, operator_seal=None), "seal-missing"),
    "another seal": (
        lambda b: replace(b, operator_seal=bytes(31) + b"\1" + bytes(31) + b"\1\0"),
        "seal-foreign",
    ),
    "a header too many": (lambda b: replace(b, headers=b.headers * 2), "bundle-surplus"),
}


def test_nothing_can_be_taken_out_put_in_or_moved(running: Running) -> None:
    data, trust, now = made(running)
    bundle = parse_bundle(data)
    for name, (change, code) in CHANGES.items():
        verdict = verify_bundle(change(bundle), trust, now)
        assert verdict.outcome is not Outcome.PROVEN, name
        assert code in failing(verdict), (name, failing(verdict))


def test_what_the_trust_file_does_not_pin_is_not_proven(running: Running) -> None:
    data, trust, now = made(running)
    bundle = parse_bundle(data)
    other_seal = trust.seal.model_copy(update={"validators": ("0x" + "11" * 20,)})
    assert "seal-foreign" in failing(
        verify_bundle(bundle, trust.model_copy(update={"seal": other_seal}), now)
    )
    late = now + trust.maximum_age + 1
    assert failing(verify_bundle(bundle, trust, late)) == {"header-too-old"}
    assert failing(verify_bundle(bundle, trust, now + 10, max_age=5)) == {"header-too-old"}
    foreign = trust.model_copy(update={"genesis_hash": "0x" + "22" * 32})
    assert verify_bundle(bundle, foreign, now).outcome is Outcome.DISPROVEN
    assert "subject-mismatch" in failing(
        verify_bundle(bundle, trust, now, subject="https://id.gs1.org/01/09520000000028")
    )
