# SPDX-License-Identifier: Apache-2.0
"""Transactions are signed by a Signer alone and waited for until they are mined."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from filiera.adapters.ledger.contracts import artifact
from filiera.adapters.ledger.deployment import deploy
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.transactions import Sender
from filiera.errors import UnavailableError
from tests.support.chain import digest, signer

pytestmark = pytest.mark.stack


def test_transactions_from_many_threads_are_all_mined(district):
    roots = [digest(f"root {i}") for i in range(16)]
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda r: district.ledger.anchor(r, 1, digest("m")), roots))
    sequences = sorted(receipt.anchor.sequence for receipt in receipts)
    assert sequences == list(range(1, 17))


def test_a_transaction_that_no_block_takes_is_an_outage(district):
    rpc = district.chain.rpc
    sender = Sender(rpc, 952952, district.firms["operator"].signer, patience=0.05)
    data = artifact("AnchorRegistry").call("anchor", digest("root"), 1, digest("manifest"))
    rpc.call("evm_setAutomine", False)
    try:
        with pytest.raises(UnavailableError, match="No block took"):
            sender.send(data, district.deployment.address("AnchorRegistry"))
        assert district.ledger.find_anchor(digest("root")) is None
        rpc.call("evm_mine")
        assert district.ledger.find_anchor(digest("root")) is not None
    finally:
        rpc.call("evm_setAutomine", True)


def test_a_transaction_is_settled_when_enough_blocks_follow_the_one_that_took_it(district):
    rpc = district.chain.rpc
    sender = Sender(rpc, 952952, district.firms["operator"].signer, patience=0.05, confirmations=2)
    data = artifact("AnchorRegistry").call("anchor", digest("root"), 1, digest("manifest"))
    with pytest.raises(UnavailableError, match="No settled block took"):
        sender.send(data, district.deployment.address("AnchorRegistry"))
    patient = Sender(rpc, 952952, district.firms["operator"].signer, confirmations=2)
    data = artifact("AnchorRegistry").call("anchor", digest("other"), 1, digest("manifest"))
    registry = district.deployment.address("AnchorRegistry")
    mined = mining(district.chain, lambda: patient.send(data, registry))
    assert district.chain.head().number >= mined.block.number + 2


def mining(chain, call):
    """What a call returns while block after block is mined."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(call)
        while not running.done():
            chain.rpc.call("evm_mine")
    return running.result()


def test_an_anchor_that_is_found_again_is_settled_too(district):
    chain, operator = district.chain, district.firms["operator"].signer
    district.ledger.anchor(digest("root"), 1, digest("manifest"))
    ledger = Web3Ledger(chain.rpc, district.deployment, operator, confirmations=2)
    receipt = mining(chain, lambda: ledger.find_anchor(digest("root")))
    assert chain.head().number >= receipt.block.number + 2


def test_a_deployment_is_settled_when_its_last_transaction_is(district, tmp_path):
    chain, founder = district.chain, signer("another founder")
    place = tmp_path / "deployment.json"
    deployment = mining(
        chain, lambda: deploy(chain.rpc, founder, digest("founder"), place, confirmations=2)
    )
    assert chain.head().number >= deployment.block + 2


def test_gas_costs_nobody_anything_and_nobody_has_funds(district):
    for name in ("association", "operator"):
        balance = district.chain.rpc.call("eth_getBalance", signer(name).address, "latest")
        assert balance == "0x0"
    for number in range(district.chain.head().number):
        block = district.chain.rpc.call("eth_getBlockByNumber", hex(number), False)
        assert block["baseFeePerGas"] == "0x0"
