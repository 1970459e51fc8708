# SPDX-License-Identifier: Apache-2.0
"""What is wrong with, or missing of, the passport as a whole: block, state, bundle, product."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eth_hash.auto import keccak

from filiera.proof.bundle import Bundle, dump_bundle
from filiera.proof.evidence import Presented
from filiera.proof.facts import Finding, Role
from filiera.proof.header import parse_header
from filiera.proof.offline import verify_bundle
from filiera.proof.reasons import Outcome
from tests.support.blocks import made_header
from tests.support.proven import trusting
from tests.support.seals import FOUR, STRANGER, clique_chain, qbft_header
from tests.support.small import Plan, Small, build
from tests.support.vectors.files import Asked
from tests.support.vectors.making import (
    BUNDLE,
    DAY,
    GOOD,
    LOOKED,
    asked,
    facts,
    lacking,
    of,
    shows,
    signed,
)
from tests.support.world import (
    ANCHORED,
    GARMENT,
    NOW,
    YARN,
    Firm,
    goods,
)

# seal


def resealed(kind: str, **block: Any) -> Asked:
    """The good bundle, sealed in another way."""
    return asked(Plan(Small(), kind, block=block))


def headed(kind: str, *headers: Any) -> Asked:
    """The good bundle under other headers of a state like its own."""
    plan = Plan(Small(), kind)
    return asked(plan, replace(build(plan), headers=tuple(each.rlp for each in headers)))


def fields(kind: str) -> dict[str, Any]:
    """What a header of the good bundle's state has."""
    return {"stateRoot": root(build(Plan(Small(), kind))), "timestamp": NOW}


def root(bundle: Bundle) -> bytes:
    """The state root of the proven block."""
    return parse_header(bundle.headers[0]).state_root


@shows("seal-foreign", "seal")
def seal_foreign_operator() -> Asked:
    """A stranger's signature in the place of the operator's."""
    return resealed("operator", by=[STRANGER])


@shows("seal-foreign", "seal")
def seal_foreign_clique() -> Asked:
    """The third block on is a stranger's."""
    return resealed("clique", by=[*FOUR[:2], STRANGER])


@shows("seal-foreign", "seal")
def seal_foreign_qbft() -> Asked:
    """Four validators committed, and a stranger."""
    return resealed("qbft", by=[*FOUR, STRANGER])


@shows("seal-duplicate", "seal")
def seal_duplicate_clique() -> Asked:
    """The first validator made the third block, too."""
    return resealed("clique", by=[*FOUR[:2], FOUR[0]])


@shows("seal-duplicate", "seal")
def seal_duplicate_qbft() -> Asked:
    """One validator's seal is there twice."""
    return resealed("qbft", by=[*FOUR[:3], FOUR[0]])


@shows("header-unlinked", "seal")
def seal_header_unlinked() -> Asked:
    """The second header is of another branch."""
    given = fields("clique")
    one, _, three = clique_chain(FOUR[:3], **given)
    other = clique_chain([FOUR[3], FOUR[1]], **(given | {"timestamp": NOW + 1}))[1]
    return headed("clique", one, other, three)


@shows("seal-missing", "seal")
def seal_missing() -> Asked:
    """The operator's seal was left out."""
    return asked(GOOD, replace(BUNDLE, operator_seal=None))


@shows("seal-too-few", "seal")
def seal_too_few_clique() -> Asked:
    """Two of four validators are no majority."""
    return resealed("clique", by=FOUR[:2])


@shows("seal-too-few", "seal")
def seal_too_few_qbft() -> Asked:
    """Two of four validators are not two thirds."""
    return resealed("qbft", by=FOUR[:2])


@shows("seal-malformed", "seal")
def seal_malformed() -> Asked:
    """A header without the seals that the trust file asks for."""
    return headed("qbft", made_header(**fields("qbft")))


@shows("seal-mismatch", "seal")
def seal_mismatch() -> Asked:
    """The header lists another set of validators than the trust file."""
    listed = [each.address for each in FOUR[:3]]
    return headed("qbft", qbft_header(FOUR, listed, **fields("qbft")))


@shows("seal-older-set", "seal")
def seal_older_set() -> Asked:
    """The trust file's validators seal from a later block on."""
    seal = GOOD.trusted.seal.model_dump(by_alias=True) | {"fromBlock": 101}
    return asked(replace(GOOD, trust=trusting(GOOD.world, "operator", seal=seal)), BUNDLE)


# state


def contract(**changes: str) -> Asked:
    """The good bundle, before a reader who trusts another StatusRegistry."""
    said = GOOD.trusted.model_dump(by_alias=True, exclude_none=True)["contracts"]
    said[0]["StatusRegistry"] |= changes
    return asked(replace(GOOD, trust=trusting(GOOD.world, "operator", contracts=said)))


@shows("code-mismatch", "state")
def state_code_mismatch() -> Asked:
    """At the trusted address stands other code."""
    return contract(codeHash="0x" + "11" * 32)


@shows("contract-absent", "state")
def state_contract_absent() -> Asked:
    """At the trusted address stands nothing, which is proven."""
    return contract(address="0x" + "11" * 20)


@shows("layout-unknown", "state")
def state_layout_unknown() -> Asked:
    """The trusted contract lays its storage out in a way that is not known."""
    return contract(layout="0x" + "11" * 32)


@shows("fact-missing", "state")
def state_fact_missing() -> Asked:
    """A trie node on the way to a contract was left out."""
    return lacking("state")


# age, bundle, chain, subject, steps


@shows("header-too-old", "age")
def age_header_too_old() -> Asked:
    """The bundle is looked at a second later than the trust file allows."""
    return asked(GOOD, BUNDLE, now=NOW + GOOD.trusted.maximum_age + 1)


@shows("header-too-old", "age")
def age_older_than_the_reader_allows() -> Asked:
    """The reader wants a block of the last hour."""
    return asked(GOOD, BUNDLE, now=NOW + 3_601, max_age=3_600)


@shows("header-in-future", "age")
def age_header_in_future() -> Asked:
    """The block lies a day and a second after the moment at which it is looked at."""
    return asked(GOOD, BUNDLE, now=NOW - DAY - 1)


@shows("header-below-minimum", "age")
def age_header_below_minimum() -> Asked:
    """The trust file allows later blocks only."""
    return asked(replace(GOOD, trust=trusting(GOOD.world, "operator", minimumBlock=101)), BUNDLE)


@shows("bundle-surplus", "bundle")
def bundle_surplus_node() -> Asked:
    """A trie node that nothing asks for."""
    nodes = sorted((*BUNDLE.nodes, b"\xc2\x80\x80"), key=keccak)
    return asked(GOOD, replace(BUNDLE, nodes=tuple(nodes)))


@shows("bundle-surplus", "bundle")
def bundle_surplus_record() -> Asked:
    """A record that the passport does not list."""
    world = Small()
    more = Presented(signed(world, world.move(GARMENT, ANCHORED - 60)))
    return asked(GOOD, replace(BUNDLE, records=(*BUNDLE.records, more)))


@shows("bundle-surplus", "bundle")
def bundle_surplus_header() -> Asked:
    """A fourth header, where three are a majority."""
    plan = Plan(Small(), "clique")
    bundle = build(plan)
    chain = clique_chain(FOUR, 100, stateRoot=root(bundle), timestamp=NOW)
    return asked(plan, replace(bundle, headers=tuple(each.rlp for each in chain)))


@shows("bundle-order", "bundle")
def bundle_order_of_records() -> Asked:
    """The last two records in each other's place."""
    *records, one, other = BUNDLE.records
    return asked(GOOD, replace(BUNDLE, records=(*records, other, one)))


@shows("bundle-order", "bundle")
def bundle_order_of_nodes() -> Asked:
    """The nodes in descending order."""
    return asked(GOOD, replace(BUNDLE, nodes=BUNDLE.nodes[::-1]))


@shows("fact-missing", "bundle")
def bundle_fact_missing() -> Asked:
    """What the chain says of an auditor, which no other check asks for, was left out."""
    world, auditor = Small(), Firm("Revisore", Role.AUDITOR, id=b"r" * 32)
    evidence = facts(
        world.evidence(),
        findings={world.id("weave"): (Finding(b"f" * 32, auditor.signer.address, NOW - DAY),)},
        accounts={auditor.signer.address: world.account(auditor)},
        participants={auditor.id: world.participant(auditor)},
    )
    plan = Plan(world, evidence=evidence)
    whole = build(plan)
    for at in range(len(whole.nodes)):
        bundle = replace(whole, nodes=(*whole.nodes[:at], *whole.nodes[at + 1 :]))
        checks = verify_bundle(bundle, plan.trusted, LOOKED).checks
        failing = [each.check for each in checks if each.outcome is not Outcome.PROVEN]
        if failing == ["bundle"] and any(each.code == "fact-missing" for each in checks):
            return asked(plan, bundle)
    raise AssertionError("every node is asked for by another check")


@shows("chain-unreachable", "chain")
def chain_without_trust_file() -> Asked:
    """Without a trust file nothing of the chain can be checked."""
    return Asked(dump_bundle(BUNDLE), None, LOOKED)


@shows("subject-mismatch", "subject")
def subject_mismatch() -> Asked:
    """The reader means another product."""
    return asked(GOOD, BUNDLE, subject=YARN)


@shows("not-reached", "subject")
def subject_not_reached() -> Asked:
    """The product's own record is of a type that is not known."""
    world = Small()
    payload = world.own() | {"type": ["WarrantyCredential", "VerifiableCredential"]}
    return of(world.resigned("own", signed(world, payload)))


@shows("cycle", "steps")
def steps_cycle() -> Asked:
    """A garment that is made out of itself."""
    world = Small()
    return of(world.resigned("weave", signed(world, world.weave(inputs=[goods(GARMENT)]))))


@shows("no-steps", "steps")
def steps_none() -> Asked:
    """A passport that lists nothing."""
    world = Small()
    payload: dict[str, Any] = world.own()
    del payload["credentialSubject"]["relatedDocument"]
    return of(world.resigned("own", signed(world, payload)))
