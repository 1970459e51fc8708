# SPDX-License-Identifier: Apache-2.0
"""Somebody anchors a root that is another's, before he does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.adapters.ledger.node import Web3Ledger
from filiera.proof.bundle import Bundle
from filiera.proof.merkle import Tree
from tests.adversary.site import Site, enrol_operator, honest_world
from tests.adversary.verdicts import MARKS, Asked, judge
from tests.support.chain import refused
from tests.support.world import GARMENT, Signer, World

pytestmark = MARKS

SQUATTER = Signer("the squatter's")


def to_come() -> World:
    """The world with a weaving and a passport that the honest operator has not anchored yet."""
    world = honest_world()
    world.jws["weave"] = world.sign(world.brand, world.weave(inputs=[]))
    world.jws["own"] = world.sign(world.brand, world.own())
    return world


def root_of(world: World) -> bytes:
    """The root that these two will have."""
    return Tree([world.id("weave"), world.id("own")]).root


def ledger_of(honest: Site, signer: Signer) -> Web3Ledger:
    """The honest registries, written with somebody's key."""
    return Web3Ledger(honest.chain.rpc, honest.district.deployment, signer)


def by_the_squatter(honest: Site, world: World) -> Bundle:
    """The bundle in which the root is the squatter's, with everything that this can prove."""
    bundle, root = honest.bundle(world.id("own")), root_of(world)
    facts = honest.passports.gather(GARMENT).evidence.facts
    assert facts is not None
    others = {key: each for key, each in facts.anchors.items() if key[1] != root}
    his = honest.ledger.read(facts.block, anchors=[(SQUATTER.address, root)]).anchors
    proof = honest.ledger.prove(replace(facts, anchors={**others, **his}), honest.trust)
    records = tuple(
        replace(each, inclusion=replace(each.inclusion, anchorer=SQUATTER.address))
        if each.inclusion and each.inclusion.root == root
        else each
        for each in bundle.records
    )
    return replace(bundle, records=records, nodes=proof.nodes)


@pytest.mark.parametrize(
    ("firm", "error"), [("nobody", "AccountUnknown"), ("Marchio", "ScopeMissing")]
)
def test_who_is_no_operator_cannot_anchor_at_all(honest: Site, firm: str, error: str) -> None:
    with refused(error):
        ledger_of(honest, Signer(firm)).anchor(root_of(to_come()), 2, bytes(32))


@pytest.mark.parametrize("count", [1, 3, 2**64 - 1])
def test_a_root_squatted_with_a_wrong_count_proves_nothing_and_hinders_nobody(
    honest: Site, count: int
) -> None:
    world = to_come()
    enrol_operator(honest.district, "the squatter's")
    ledger_of(honest, SQUATTER).anchor(root_of(world), count, bytes(32))
    honest.anchor(world.jws["weave"], world.jws["own"])
    found = judge(
        honest=Asked(honest.bundle(world.id("own")), honest.trust, honest.now),
        squatter=Asked(by_the_squatter(honest, world), honest.trust, honest.now),
    )
    assert found["honest"].outcome == "proven"
    assert found["squatter"].outcome == "disproven"
    assert found["squatter"].failing == {"path-wrong-length"}


def test_a_root_squatted_with_the_right_count_proves_what_its_owner_would_and_an_earlier_time(
    honest: Site,
) -> None:
    world = to_come()
    enrol_operator(honest.district, "the squatter's")
    ledger_of(honest, SQUATTER).anchor(root_of(world), 2, bytes(32))
    honest.chain.pass_time(60)
    honest.anchor(world.jws["weave"], world.jws["own"])
    found = judge(
        honest=Asked(honest.bundle(world.id("own")), honest.trust, honest.now),
        squatter=Asked(by_the_squatter(honest, world), honest.trust, honest.now),
    )
    assert {said.outcome for said in found.values()} == {"proven"}
    own = world.id("own")
    assert found["squatter"].anchored[own] < found["honest"].anchored[own]
    assert found["squatter"].standings == found["honest"].standings
