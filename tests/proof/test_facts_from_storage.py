# SPDX-License-Identifier: Apache-2.0
"""What is proven from storage is what the getters say, and what is not proven is not said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from filiera.adapters.ledger.reading import read_facts
from filiera.adapters.ledger.rpc import octets
from filiera.proof.facts import Block, ChainFacts, Finding, Role, Scope, StatusKind
from filiera.proof.header import Header, parse_header
from filiera.proof.slots import REGISTRIES, Storage, account_place
from filiera.proof.storage import ProvenState, facts_from_storage, open_state
from filiera.proof.stored import Generation
from filiera.proof.trie import NodePool
from filiera.proof.trust import TrustFile
from tests.support.blocks import header_rlp, nodes_of
from tests.support.chain import DAY, District, digest, signer
from tests.support.trust import trust_of

pytestmark = pytest.mark.stack

RECORD, SCHEME, ROOT = digest("record"), digest("scheme"), digest("root")
NOBODY, NOTHING = signer("nobody").address, digest("nothing")


@dataclass(frozen=True)
class Proof:
    """What was asked for, and what the chain said and proved of it."""

    trust: TrustFile
    asked: dict[str, list[Any]]
    said: ChainFacts
    header: Header
    nodes: frozenset[bytes]

    @property
    def state(self) -> ProvenState:
        return open_state(self.header.state_root, self.trust, self.pool)

    @property
    def pool(self) -> NodePool:
        return NodePool.of(self.nodes)

    def facts(self, nodes: frozenset[bytes], trust: TrustFile | None = None) -> ChainFacts:
        """What these nodes prove."""
        trust = trust or self.trust
        state = open_state(self.header.state_root, trust, NodePool.of(nodes))
        return facts_from_storage(state, trust, self.said.block, **self.asked)


def happen(district: District) -> dict[str, list[Any]]:
    """Everything that the registries can hold, and what does not hold anything."""
    spinner = district.enrol("spinner", Role.PRODUCER | Role.IMPORTER)
    certifier = district.enrol("certifier", Role.CERTIFIER)
    district.enrol("auditor", Role.AUDITOR)
    now = district.chain.head().time
    district.registrar.set_scopes(spinner.address, Scope.RECORDS, effective=now + DAY)
    district.registrar.set_roles(spinner.id, Role.PRODUCER)
    district.registrar.set_profile(spinner.id, digest("newer"))
    district.registrar.set_compromised(certifier.address, now - DAY)
    district.registrar.set_compromised(certifier.address, now - 2 * DAY)
    district.registrar.accredit(certifier.id, SCHEME, effective=1_700_000_000)
    district.registrar.accredit(certifier.id, SCHEME, granted=False)
    district.ledger.anchor(ROOT, 7, digest("manifest"))
    for kind, terms in (
        (StatusKind.SUSPENDED, {"reason": 3}),
        (StatusKind.SUPERSEDED, {"successor": digest("next")}),
    ):
        district.ledger.relay_status(district.instruction("spinner", RECORD, kind, **terms))
    for finding in ("first", "second"):
        district.send("auditor", "FindingRegistry", "raise", RECORD, digest(finding))
    district.send("auditor", "FindingRegistry", "resolve", RECORD, 1, digest("resolution"))
    operator = district.firms["operator"].address
    return {
        "accounts": [spinner.address, certifier.address, district.association.address, NOBODY],
        "participants": [spinner.id, certifier.id, district.association.id, NOTHING],
        "anchors": [(operator, ROOT), (operator, NOTHING), (NOBODY, ROOT)],
        "statuses": [(spinner.id, RECORD), (spinner.id, NOTHING)],
        "accreditations": [(certifier.id, SCHEME), (certifier.id, NOTHING)],
        "findings": [RECORD, NOTHING],
    }


def prove(district: District, asked: dict[str, list[Any]]) -> Proof:
    """The header, the getters' facts, and one eth_getProof a registry for the slots of those."""
    rpc, head = district.chain.rpc, district.chain.head()
    block = rpc.call("eth_getBlockByNumber", hex(head.number), False)
    header = parse_header(header_rlp(block))
    trust = trust_of(district.deployment)
    slots: dict[str, set[int]] = {name: set() for name in REGISTRIES}
    watched: Generation = {name: _watched(district, name, slots[name]) for name in REGISTRIES}
    facts_from_storage(ProvenState("state-ok", {}, (watched,)), trust, head, **asked)
    nodes: set[bytes] = set()
    for name in REGISTRIES:
        keys = [f"0x{slot:064x}" for slot in sorted(slots[name])]
        proof = rpc.call("eth_getProof", district.deployment.address(name), keys, hex(head.number))
        nodes |= {octets(node) for node in nodes_of(proof)}
    of_node = {kind: keys for kind, keys in asked.items() if kind != "findings"}
    said = replace(
        read_facts(rpc, district.deployment, head, **of_node),
        source="storage",
        findings={record: findings(district, record) for record in asked["findings"]},
    )
    return Proof(trust, asked, said, header, frozenset(nodes))


def _watched(district: District, registry: str, slots: set[int]) -> Storage:
    """The node's own words, each noted."""
    address = district.deployment.address(registry)

    def word(slot: int) -> bytes:
        slots.add(slot)
        call = "eth_getStorageAt", address, f"0x{slot:064x}", "latest"
        return octets(district.chain.rpc.call(*call))

    return word


def findings(district: District, record: bytes) -> tuple[Finding, ...]:
    """What the getter returns."""
    said = district.ask("FindingRegistry", "findingsOf", record)
    return tuple(
        Finding(finding, account, recorded, *((done, by, at) if at else ()))
        for finding, account, recorded, done, by, at in said
    )


@pytest.fixture(scope="module")
def proof(district_once: District) -> Proof:
    return prove(district_once, happen(district_once))


def test_the_header_is_the_block_s(proof: Proof) -> None:
    block: Block = proof.said.block
    assert (proof.header.hash, proof.header.number) == (block.hash, block.number)
    assert proof.header.time == block.time


def test_every_fact_is_what_the_getters_say(proof: Proof) -> None:
    assert proof.state.code == "state-ok"
    facts = proof.facts(proof.nodes)
    assert facts == proof.said
    assert [each.resolved is None for each in facts.findings[RECORD]] == [True, False]
    assert facts.statuses[proof.asked["statuses"][0]][-1].successor == digest("next")
    assert len(facts.accounts) == 4
    assert facts.accounts[NOBODY].participant is None
    assert facts.findings[NOTHING] == ()


def test_every_node_is_needed_and_without_it_no_fact_is_another_one(proof: Proof) -> None:
    pool = proof.pool
    state = open_state(proof.header.state_root, proof.trust, pool)
    facts_from_storage(state, proof.trust, proof.said.block, **proof.asked)
    assert pool.unused == set()
    for name, node in pool.nodes.items():
        facts = proof.facts(proof.nodes - {node})
        lacking = 0
        for kind in proof.asked:
            found, said = getattr(facts, kind), getattr(proof.said, kind)
            assert found.items() <= said.items()
            lacking += len(said) - len(found)
        assert lacking > 0, name.hex()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"codeHash": "0x" + "11" * 32}, "code-mismatch"),
        ({"address": "0x" + "11" * 20}, "contract-absent"),
        ({"layout": "0x" + "11" * 32}, "layout-unknown"),
    ],
)
def test_nothing_is_read_from_another_contract(proof: Proof, change: Any, code: str) -> None:
    members = proof.trust.model_dump(by_alias=True, exclude_none=True)
    members["contracts"][0]["StatusRegistry"] |= change
    trust = TrustFile.model_validate(members)
    # That another address holds nothing has a path of its own.
    state = open_state(proof.header.state_root, trust, proof.pool)
    assert state.code in {code, "fact-missing"}
    assert state.generations == ()
    assert not proof.facts(proof.nodes, trust).statuses


def test_a_second_generation_adds_to_the_first(proof: Proof) -> None:
    twice = replace(proof.state, generations=proof.state.generations * 2)
    facts = facts_from_storage(twice, proof.trust, proof.said.block, **proof.asked)
    key = proof.asked["statuses"][0]
    assert len(facts.statuses[key]) == 2 * len(proof.said.statuses[key])
    assert len(facts.findings[RECORD]) == 4
    for kind in ("anchors", "participants", "accounts"):
        found, said = getattr(facts, kind), getattr(proof.said, kind)
        assert found.keys() == said.keys()
    assert facts.anchors == proof.said.anchors


def test_generations_that_disagree_about_a_participant_say_nothing_of_it(proof: Proof) -> None:
    (generation,) = proof.state.generations
    registry = generation["ParticipantRegistry"]
    spinner = proof.asked["accounts"][0]
    place = account_place(spinner)

    def other(slot: int) -> bytes:
        return digest("another participant") if slot == place.slot else registry(slot)

    two = (generation, {**generation, "ParticipantRegistry": other})
    state = replace(proof.state, generations=two)
    facts = facts_from_storage(state, proof.trust, proof.said.block, **proof.asked)
    assert spinner not in facts.accounts
    assert facts.accounts.keys() == proof.said.accounts.keys() - {spinner}
