# SPDX-License-Identifier: Apache-2.0
"""Four parties seal together, carry the registries, and bear the loss of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
import rlp  # type: ignore[import-untyped]
from coincurve import PublicKey
from eth_hash.auto import keccak

from filiera.adapters.ledger.deployment import deploy
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.rpc import Rpc, octets
from filiera.model.times import format_instant
from filiera.proof.facts import Role, Scope
from filiera.proof.jws import address_of
from filiera.stack.go_build import ensure_built
from filiera.stack.local import Stack
from filiera.stack.network import CONFIRMATIONS, PARTIES, CliqueNetwork, genesis_of
from filiera.stack.processes import RunFile
from filiera.stack.tools import GETH
from tests.adversary.site import Site, enrol_operator, found, honest_world
from tests.adversary.verdicts import NEEDS_NODE, Asked, judge
from tests.support.chain import Chain, District, Firm, digest, signer
from tests.support.patience import until
from tests.support.ports import anywhere
from tests.support.world import Signer

# One network for all of them: its first blocks take longer than the tests.
pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("clique")]

NAMES = [f"validator {party}" for party in PARTIES]
HEADER = (
    *("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot"),
    *("logsBloom", "difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData"),
    *("mixHash", "nonce", "baseFeePerGas"),
)
QUANTITIES = {"difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"}


@dataclass
class FourParties:
    """A network that runs, and Filiera's registries on it."""

    network: CliqueNetwork
    run_file: RunFile
    chain: Chain
    district: District

    @property
    def pids(self) -> dict[str, int]:
        return {each.name: each.pid for each in self.run_file.read()}

    def await_block(self, number: int) -> None:
        """Return once the chain is so long: the network's own period is what is waited for."""
        until(lambda: self.chain.head().number >= number)

    def header(self, number: int) -> dict[str, Any]:
        block: dict[str, Any] = self.chain.rpc.call("eth_getBlockByNumber", hex(number), False)
        return block


def rlp_of(block: dict[str, Any], extra: bytes) -> bytes:
    """A London header in RLP, with that extra data."""
    fields = [
        extra
        if name == "extraData"
        else int(block[name], 16)
        if name in QUANTITIES
        else octets(block[name])
        for name in HEADER
    ]
    return bytes(rlp.encode(fields))


def sealer(block: dict[str, Any]) -> str:
    """Who sealed it (EIP-225): the seal is over the header without the seal."""
    extra = octets(block["extraData"])
    assert keccak(rlp_of(block, extra)) == octets(block["hash"])
    key = PublicKey.from_signature_and_message(
        extra[-65:], keccak(rlp_of(block, extra[:-65])), hasher=None
    )
    return address_of(key.format(compressed=False)[1:])


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FourParties]:
    ensure_built(GETH)
    state = tmp_path_factory.mktemp("clique")
    run_file = RunFile(state / "run.json")
    with CliqueNetwork(state, run_file) as network:
        rpc = Rpc(network.url)
        founder = Firm(digest("association"), signer("association"))
        deployment = deploy(rpc, founder.signer, founder.id, state / "deployment.json")
        chain = Chain(network.url, rpc)
        yield FourParties(
            network, run_file, chain, District(chain, deployment, {"association": founder})
        )


def test_every_party_seals(four: FourParties) -> None:
    parties = {each.address for each in four.network.validators}
    sealers: list[str] = []
    while set(sealers) != parties and len(sealers) < 10 * len(PARTIES):
        number = len(sealers) + 1
        four.await_block(number + CONFIRMATIONS)
        sealers.append(sealer(four.header(number)))
    assert set(sealers) == parties
    for place in range(len(sealers) - CONFIRMATIONS):
        deep = sealers[place : place + CONFIRMATIONS + 1]
        assert len(set(deep)) == len(deep) > len(PARTIES) / 2


def test_the_node_that_serves_has_no_vote_and_rules_nothing(four: FourParties) -> None:
    assert four.chain.rpc.call("eth_accounts") == []
    modules = four.chain.rpc.call("rpc_modules")
    assert set(modules) == {"clique", "eth", "net", "web3", "rpc"}
    signers = four.chain.rpc.call("clique_getSigners", "latest")
    assert set(signers) == {each.address for each in four.network.validators}


def test_everybody_listens_on_loopback_alone_and_talks_to_nobody_else(four: FourParties) -> None:
    assert list(four.pids) == [*NAMES, "chain node"]
    for pid in four.pids.values():
        for each in psutil.Process(pid).net_connections("inet"):
            assert each.laddr.ip == "127.0.0.1"
            assert not each.raddr or each.raddr.ip == "127.0.0.1"


def test_the_registries_work_and_cost_nobody_anything_and_go_on_without_one_validator(
    four: FourParties,
) -> None:
    district = four.district
    operator = district.enrol("operator", Role.OPERATOR, Scope.ANCHOR)
    ledger = Web3Ledger(
        four.chain.rpc, district.deployment, operator.signer, confirmations=CONFIRMATIONS
    )
    receipt = ledger.anchor(digest("root"), 3, digest("manifest"))
    assert ledger.head().number >= receipt.block.number + CONFIRMATIONS
    assert ledger.find_anchor(digest("root")) == receipt

    four.network.stop_validator(PARTIES.index("certifier"))
    assert "validator certifier" not in four.pids
    later = ledger.anchor(digest("another root"), 1, digest("manifest"))
    assert later.anchor.sequence == receipt.anchor.sequence + 1
    key = (operator.address, digest("root"))
    facts = ledger.read(ledger.head(), accounts=[operator.address], anchors=[key])
    assert facts.anchors[key] == receipt.anchor
    assert facts.accounts[operator.address].participant == operator.id

    proof = four.chain.rpc.call(
        "eth_getProof",
        district.deployment.address("AnchorRegistry"),
        ["0x0"],
        hex(later.block.number),
    )
    assert proof["accountProof"]
    head = four.header(later.block.number)
    assert head["baseFeePerGas"] == "0x0"
    assert four.chain.rpc.call("eth_getBalance", operator.address, "latest") == "0x0"
    stopped = four.network.validators[PARTIES.index("certifier")].address
    assert sealer(four.header(four.chain.head().number)) != stopped


@NEEDS_NODE
def test_what_two_of_four_validators_build_alone_is_in_no_bundle_that_is_proven(
    four: FourParties, tmp_path: Path
) -> None:
    site = with_records(four, tmp_path)
    four.await_block(four.chain.head().number + CONFIRMATIONS)
    together = site.bundle(at=site.ledger.block(four.chain.head().number - CONFIRMATIONS))
    for party in ("certifier", "municipality"):
        four.network.stop_validator(PARTIES.index(party))
    left = {each.address for each in four.network.validators if each.party in PARTIES[::2]}
    # Neither may seal again before somebody else has: the chain goes no further.
    until(lambda: {sealer(four.header(n)) for n in last_two(four)} == left)
    verdicts = judge(
        together=Asked(together, site.trust, site.now),
        **{
            f"block {number}": Asked(
                site.bundle(at=site.ledger.block(number)), site.trust, site.now
            )
            for number in last_two(four)
        },
    )
    majority = verdicts.pop("together")
    assert (majority.outcome, majority.seal) == ("proven", "sealed by 3 of 4 validators")
    assert {(said.outcome, *said.failing) for said in verdicts.values()} == {
        ("unknown", "seal-too-few")
    }


def last_two(four: FourParties) -> tuple[int, int]:
    """The numbers of the newest two blocks."""
    newest = four.chain.head().number
    return newest - 1, newest


def with_records(four: FourParties, folder: Path) -> Site:
    """A server on the network, a garment's records anchored, whose trust file pins the four."""
    world = honest_world()
    before = format_instant(four.chain.head().time - 3600)
    world.jws["spin"] = world.sign(world.mill, world.spin(date=before))
    world.jws["weave"] = world.sign(world.brand, world.weave(date=before))
    world.jws["own"] = world.sign(world.brand, world.own())
    district = found(four.chain, folder, world)
    enrol_operator(district, "operator of the four")
    site = Site(district, world, Signer("operator of the four"))
    seal = {"kind": "clique", "from_block": 0}
    validators = tuple(sorted(each.address for each in four.network.validators))
    pinned = site.trust.seal.model_copy(update={**seal, "validators": validators})
    site.trust = site.trust.model_copy(update={"seal": pinned})
    site.anchor(*world.jws.values())
    return site


def test_nothing_is_left_when_it_stops_and_the_same_chain_goes_on_when_it_starts(
    tmp_path: Path,
) -> None:
    ensure_built(GETH)
    run_file = RunFile(tmp_path / "run.json")
    genesis = []
    for _ in range(2):
        with Stack(tmp_path, ports=anywhere(), chain="clique", fresh=False) as stack:
            assert stack.clique
            pids = [each.pid for each in run_file.read()]
            genesis.append(Rpc(stack.chain_url).call("eth_getBlockByNumber", "0x0", False)["hash"])
        assert len(pids) == len(PARTIES) + 2
        assert not any(psutil.pid_exists(pid) for pid in pids)
        assert run_file.read() == []
    assert genesis[0] == genesis[1]


def test_keys_are_for_this_user_alone_and_are_made_anew_for_every_network(
    four: FourParties,
) -> None:
    folder = four.run_file.path.parent / "network"
    assert len(set(four.network.validators)) == len(PARTIES)
    for private in [folder / "password", *folder.glob("*/keystore/*")]:
        assert private.stat().st_mode & 0o077 == 0, private


def test_the_first_block_names_the_validators_and_gives_nobody_funds() -> None:
    genesis = genesis_of(["0x" + "22" * 20, "0x" + "11" * 20], 1_700_000_000)
    extra = octets(genesis["extraData"])
    assert (extra[:32], extra[-65:]) == (bytes(32), bytes(65))
    assert extra[32:-65] == b"\x11" * 20 + b"\x22" * 20
    assert (genesis["alloc"], genesis["baseFeePerGas"]) == ({}, "0x0")
    assert json.loads(json.dumps(genesis)) == genesis
