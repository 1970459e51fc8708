# SPDX-License-Identifier: Apache-2.0
"""One record by itself: the same checks, whatever kind of record it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from filiera.model.builders import identity_anchor
from filiera.model.ids import did_pkh
from filiera.model.named import Named
from filiera.model.statement import Identity
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.facts import Role
from filiera.proof.reasons import Outcome
from filiera.proof.verify import verify_record
from tests.support.world import CHAIN, Firm, World, with_account, with_presented


@pytest.mark.parametrize("name", ["spin", "claim", "own", "Filatura"])
def test_a_record_of_any_kind_is_proven_by_itself(name: str) -> None:
    world = World()
    found = verify_record(replace(world.evidence(), own=world.id(name)), world.trust())
    assert found.outcome is Outcome.PROVEN
    assert found.relation == "alone"


def test_what_it_lists_is_not_part_of_it() -> None:
    world = World()
    evidence = with_presented(world.evidence(), world.id("spin"), None)
    assert verify_record(evidence, world.trust()).outcome is Outcome.PROVEN


def test_without_a_chain_or_an_anchor_it_could_not_be_checked() -> None:
    world = World()
    record = world.id("spin")
    evidence = replace(world.evidence(), own=record)
    loose = with_presented(evidence, record, Presented(world.jws["spin"]))
    for lacking in (replace(evidence, facts=None), loose):
        assert verify_record(lacking, world.trust()).outcome is Outcome.UNKNOWN


def test_a_record_of_another_chains_facts_is_disproven() -> None:
    world = World()
    trust = replace(world.trust(), genesis_hash=bytes(32))
    found = verify_record(replace(world.evidence(), own=world.id("spin")), trust)
    assert found.failing is not None
    assert found.failing.code == "chain-mismatch"


# An identity record by itself: whom it speaks of


def about(world: World, did: str, issuer: Firm) -> Evidence:
    """The evidence about an identity record of `issuer` that gives the account another name."""
    scheme = Named("https://registro.example/imprese", "Registro di prova")
    identity = Identity(did, "A famous house", "ID", scheme, "business")
    payload = identity_anchor(issuer.envelope("A name"), identity, registered_on="2020-01-01")
    world.jws["about"] = world.sign(issuer, payload)
    return replace(world.evidence(), own=world.id("about"))


def identity_code(world: World, evidence: Evidence) -> str:
    [check] = (c for c in verify_record(evidence, world.trust()).checks if c.check == "identity")
    return check.code


def test_an_association_names_nobody_that_another_one_enrolled() -> None:
    world = World()
    other = Firm("Altra associazione", Role.ASSOCIATION)
    world.sign_identity(other)
    evidence = about(world, world.mill.did, other)
    assert evidence.facts is not None
    facts = replace(
        evidence.facts,
        accounts={**evidence.facts.accounts, other.signer.address: world.account(other)},
        participants={**evidence.facts.participants, other.id: world.participant(other)},
    )
    assert identity_code(world, replace(evidence, facts=facts)) == "identity-mismatch"


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("https://registro.example/imprese/1", "identity-mismatch"),
        (did_pkh(CHAIN + 1, World().mill.signer.address), "identity-mismatch"),
        (did_pkh(CHAIN, "0x" + "77" * 20), "identity-unknown"),
        (World().mill.did, "identity-ok"),
    ],
    ids=["no account", "an account elsewhere", "an account not read", "an account of its own"],
)
def test_an_identity_record_speaks_of_an_account_of_this_chain(did: str, code: str) -> None:
    world = World()
    assert identity_code(world, about(world, did, world.association)) == code


def test_an_account_that_nobody_has_yet_may_be_given_to_who_is_meant() -> None:
    world = World()
    evidence = with_account(
        about(world, world.mill.did, world.association), world.mill, participant=None
    )
    assert identity_code(world, evidence) == "identity-unknown"


def test_a_participant_that_was_not_read_is_unknown() -> None:
    world = World()
    evidence = about(world, world.mill.did, world.association)
    assert evidence.facts is not None
    kept = {k: v for k, v in evidence.facts.participants.items() if k != world.mill.id}
    facts = replace(evidence.facts, participants=kept)
    assert identity_code(world, replace(evidence, facts=facts)) == "identity-unknown"
