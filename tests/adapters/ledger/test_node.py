# SPDX-License-Identifier: Apache-2.0
"""The ledger over a node: what is anchored is found, what is read is of one block."""

import time
from dataclasses import replace

import pytest

from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.rpc import Rpc
from filiera.errors import ConflictError, NotFoundError, RefusedError, UnavailableError
from filiera.ports.ledger import AnchorReceipt, Ledger
from filiera.proof.facts import (
    Accreditation,
    Anchor,
    Block,
    Entry,
    Role,
    Scope,
    Status,
    StatusKind,
)
from tests.support.chain import DAY, digest, running_chain, signer, start_district
from tests.support.proxy import Proxy

pytestmark = pytest.mark.stack
ROOT, MANIFEST, RECORD = digest("root"), digest("manifest"), digest("record")


@pytest.fixture
def ledger(district) -> Ledger:
    return district.ledger


def test_the_identity_is_the_deployments(district, ledger):
    said = ledger.identity()
    assert said.chain_id == 952952
    assert "0x" + said.genesis_hash.hex() == district.deployment.genesis_hash
    assert said.founder == district.association.id
    assert said.operator == district.firms["operator"].address
    assert dict(said.contracts)["AnchorRegistry"] == district.deployment.address("AnchorRegistry")


def test_another_chains_node_is_recognised(district):
    other = replace(district.deployment, genesis_hash="0x" + "11" * 32)
    with pytest.raises(ConflictError) as failure:
        Web3Ledger(district.chain.rpc, other).identity()
    assert failure.value.code == "chain-mismatch"


def test_blocks_carry_the_time_of_the_clock_on_the_wall(tmp_path):
    # A chain that nobody has put back: putting back moves a chain's clock. Hardhat's was seen a
    # second off from its start; what it must not do is go on by a second a block.
    with running_chain() as chain:
        before = int(time.time())
        district = start_district(chain, tmp_path)
        for i in range(20):
            district.ledger.anchor(digest(f"root {i}"), 1, MANIFEST)
        head = district.ledger.head()
        assert head.number > 20
        assert before - 1 <= head.time <= int(time.time()) + 1


def test_an_anchoring_is_returned_as_it_is_on_chain(district, ledger):
    receipt = ledger.anchor(ROOT, 5, MANIFEST)
    operator = district.firms["operator"].address
    assert receipt.block == ledger.head()
    assert receipt.anchor == Anchor(operator, ROOT, receipt.block.time, 5, 1)
    found = district.chain.rpc.call("eth_getTransactionByHash", "0x" + receipt.transaction.hex())
    assert found["from"] == operator


def test_an_own_anchoring_is_found_again(ledger):
    assert ledger.find_anchor(ROOT) is None
    receipt = ledger.anchor(ROOT, 5, MANIFEST)
    ledger.anchor(digest("another root"), 1, MANIFEST)
    assert ledger.find_anchor(ROOT) == receipt
    assert isinstance(receipt, AnchorReceipt)


def test_an_own_anchoring_is_looked_for_in_the_blocks_of_its_second_alone(
    district, ledger, monkeypatch
):
    for number in range(10):
        district.chain.pass_time(5)
        ledger.anchor(digest(f"root {number}"), 1, MANIFEST)
    district.chain.pass_time(5)
    receipt = ledger.anchor(ROOT, 5, MANIFEST)
    district.chain.pass_time(5)
    rpc, asked = ledger._rpc, []
    batch = rpc.batch
    monkeypatch.setattr(rpc, "batch", lambda calls: asked.extend(calls) or batch(calls))
    assert ledger.find_anchor(ROOT) == receipt
    [[search]] = [parameters for name, parameters in asked if name == "eth_getLogs"]
    assert int(search["toBlock"], 16) == receipt.block.number
    assert receipt.block.number - int(search["fromBlock"], 16) <= 1
    looked_at = [name for name, _ in asked if name == "eth_getBlockByNumber"]
    assert len(looked_at) < 30
    asked.clear()
    assert ledger.find_anchor(digest("no root")) is None
    assert "eth_getLogs" not in {name for name, _ in asked}


def test_anothers_anchoring_of_the_same_root_is_not_found(district, ledger):
    other = district.enrol("another operator", Role.OPERATOR, Scope.ANCHOR)
    Web3Ledger(district.chain.rpc, district.deployment, other.signer).anchor(ROOT, 5, MANIFEST)
    assert ledger.find_anchor(ROOT) is None


def test_anchoring_a_root_again_is_refused_and_costs_nothing(ledger):
    ledger.anchor(ROOT, 5, MANIFEST)
    before = ledger.head()
    with pytest.raises(ConflictError, match="AnchoredAlready") as failure:
        ledger.anchor(ROOT, 5, MANIFEST)
    assert failure.value.code == "chain-refused"
    assert ledger.head() == before


def test_without_a_key_a_ledger_only_reads(district):
    reader = Web3Ledger(district.chain.rpc, district.deployment)
    assert reader.identity().operator == "0x" + "00" * 20
    assert reader.head() == district.ledger.head()
    with pytest.raises(RefusedError):
        reader.anchor(ROOT, 1, MANIFEST)
    with pytest.raises(RefusedError):
        reader.relay_status(district.instruction("operator", RECORD, StatusKind.REVOKED))


def test_everything_is_read_as_the_contracts_hold_it(district, ledger):
    chain, association = district.chain, district.association
    certifier = district.enrol("certifier", Role.CERTIFIER)
    enrolled, by = ledger.head().time, association.address
    scheme, past = digest("scheme"), enrolled - DAY
    district.registrar.accredit(certifier.id, scheme, effective=past)
    accredited = ledger.head().time
    ledger.relay_status(
        district.instruction("certifier", RECORD, StatusKind.SUSPENDED, reason=4, effective=past)
    )
    suspended = ledger.head().time
    ledger.relay_status(
        district.instruction(
            "certifier", RECORD, StatusKind.SUPERSEDED, successor=digest("successor")
        )
    )
    said = ledger.head().time
    receipt = ledger.anchor(ROOT, 3, MANIFEST)
    district.registrar.set_compromised(certifier.address, past)
    ended = ledger.head().time
    key = (receipt.anchor.anchorer, ROOT)
    facts = ledger.read(
        ledger.head(),
        accounts=[certifier.address],
        participants=[certifier.id, association.id],
        anchors=[key],
        statuses=[(certifier.id, RECORD)],
        accreditations=[(certifier.id, scheme)],
    )
    assert (facts.source, facts.chain_id) == ("node", 952952)
    assert facts.block == chain.head()
    account = facts.accounts[certifier.address]
    assert account.participant == certifier.id
    assert account.scopes == (
        Entry(enrolled, enrolled, 3, by),
        Entry(ended, ended, 0, by),
    )
    assert account.compromised_since == past
    participant = facts.participants[certifier.id]
    assert participant.enroller == association.id
    assert participant.profiles == (Entry(enrolled, enrolled, certifier.id, by),)
    assert participant.roles == (Entry(enrolled, enrolled, Role.CERTIFIER, by),)
    assert facts.participants[association.id].enroller == association.id
    assert facts.anchors == {key: receipt.anchor}
    assert facts.statuses[certifier.id, RECORD] == (
        Status(StatusKind.SUSPENDED, 4, suspended, past, certifier.address),
        Status(StatusKind.SUPERSEDED, 0, said, said, certifier.address, digest("successor")),
    )
    assert facts.accreditations[certifier.id, scheme] == (
        Entry(past, accredited, Accreditation(granted=True, association=association.id), by),
    )


def test_a_node_of_another_chain_says_so_and_is_asked_nothing(district):
    other = replace(district.deployment, genesis_hash="0x" + "11" * 32)
    ledger, head = Web3Ledger(district.chain.rpc, other), district.chain.head()
    said = ledger.read(head).genesis_hash
    assert "0x" + said.hex() == district.deployment.genesis_hash
    with pytest.raises(ConflictError) as error:
        ledger.read(head, accounts=[district.association.address])
    assert error.value.code == "chain-mismatch"


def test_what_is_not_there_reads_as_not_there(ledger):
    address, nobody = signer("nobody").address, digest("nobody")
    facts = ledger.read(
        ledger.head(),
        accounts=[address],
        participants=[nobody],
        anchors=[(address, ROOT)],
        statuses=[(nobody, RECORD)],
        accreditations=[(nobody, RECORD)],
    )
    assert facts.accounts[address].participant is None
    assert facts.participants[nobody].enroller is None
    assert facts.anchors[address, ROOT].time == 0
    assert facts.statuses[nobody, RECORD] == ()
    assert facts.accreditations[nobody, RECORD] == ()


def test_a_read_is_of_the_stated_block_whatever_came_after(district, ledger):
    spinner = district.enrol("spinner")
    block = ledger.head()
    district.keeper_of("spinner").close(spinner.address)
    then = ledger.read(block, accounts=[spinner.address]).accounts[spinner.address]
    now = ledger.read(ledger.head(), accounts=[spinner.address]).accounts[spinner.address]
    assert (len(then.scopes), len(now.scopes)) == (1, 2)


def test_a_block_that_the_node_does_not_know_cannot_be_checked(ledger):
    elsewhere = Block(ledger.head().number, digest("another branch"), 0)
    with pytest.raises(UnavailableError):
        ledger.read(elsewhere, accounts=[signer("spinner").address])


def test_a_block_is_found_by_its_number(ledger):
    head = ledger.head()
    assert ledger.block(head.number) == head
    assert ledger.block(0).number == 0
    for number in (-1, head.number + 1):
        with pytest.raises(NotFoundError):
            ledger.block(number)


def test_a_node_without_these_contracts_cannot_answer(district):
    empty = {
        name: replace(contract, address="0x" + "11" * 20)
        for name, contract in district.deployment.contracts.items()
    }
    ledger = Web3Ledger(district.chain.rpc, replace(district.deployment, contracts=empty))
    with pytest.raises(UnavailableError):
        ledger.read(ledger.head(), accounts=[signer("spinner").address])


def test_one_read_is_one_message(district, ledger, monkeypatch):
    sent = []
    batch = district.chain.rpc.batch
    monkeypatch.setattr(
        district.chain.rpc, "batch", lambda calls: sent.append(calls) or batch(calls)
    )
    accounts = [signer(f"account {i}").address for i in range(100)]
    facts = ledger.read(ledger.head(), accounts=[*accounts, *accounts])
    assert len(facts.accounts) == 100
    assert [len(calls) for calls in sent][-1] == 2 + 100  # which chain, and each account


def test_a_nonce_grows_with_each_instruction(district, ledger):
    spinner = district.enrol("spinner")
    assert ledger.status_nonce(spinner.address) == 0
    block = ledger.relay_status(district.instruction("spinner", RECORD, StatusKind.SUSPENDED))
    assert block == ledger.head()
    assert ledger.status_nonce(spinner.address) == 1


def test_a_chain_that_is_down_decides_nothing_and_serves_again_when_it_is_back(district):
    with Proxy.before(district.chain.url) as proxy:
        ledger = Web3Ledger(Rpc(proxy.url), district.deployment, district.firms["operator"].signer)
        block = ledger.head()
        proxy.cut()
        for attempt in (
            ledger.identity,
            ledger.head,
            lambda: ledger.block(0),
            lambda: ledger.anchor(ROOT, 1, MANIFEST),
            lambda: ledger.find_anchor(ROOT),
            lambda: ledger.read(block, accounts=[signer("spinner").address]),
            lambda: ledger.status_nonce(signer("spinner").address),
            lambda: ledger.relay_status(
                district.instruction("operator", RECORD, StatusKind.REVOKED)
            ),
        ):
            with pytest.raises(UnavailableError) as failure:
                attempt()
            assert failure.value.code == "chain-unreachable"
            assert failure.value.part == "chain"
        proxy.mend()
        assert ledger.find_anchor(ROOT) is None
        assert ledger.anchor(ROOT, 1, MANIFEST) == ledger.find_anchor(ROOT)


def test_a_ledger_can_be_made_while_the_chain_is_down(district, nowhere):
    ledger = Web3Ledger(Rpc(nowhere), district.deployment)
    with pytest.raises(UnavailableError):
        ledger.head()
