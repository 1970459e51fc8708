# SPDX-License-Identifier: Apache-2.0
"""One deployment a chain, and a file that says what was deployed."""

import json
from dataclasses import asdict, replace

import pytest
from eth_hash.auto import keccak

from filiera.adapters.ledger.contracts import REGISTRIES, artifact
from filiera.adapters.ledger.deployment import (
    Deployment,
    check_deployment,
    deploy,
    load_deployment,
)
from filiera.adapters.ledger.rpc import Rpc, octets
from filiera.errors import ConflictError, UnavailableError
from filiera.proof.slots import layout_digest
from tests.support.chain import digest, signer

FOUNDER = digest("association")
HASH = "0x" + "11" * 32


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deployment.json"


@pytest.fixture
def deployment(chain, path) -> Deployment:
    return deploy(chain.rpc, signer("association"), FOUNDER, path)


@pytest.mark.stack
def test_the_file_says_where_everything_is(chain, deployment, path):
    assert load_deployment(path) == deployment
    assert json.loads(path.read_text())["version"] == 1
    assert deployment.founder == "0x" + FOUNDER.hex()
    assert deployment.chain_id == 952952
    genesis = chain.rpc.call("eth_getBlockByNumber", "0x0", False)
    assert deployment.genesis_hash == genesis["hash"]
    for name, contract in deployment.contracts.items():
        code = octets(chain.rpc.call("eth_getCode", contract.address, "latest"))
        assert contract.code == "0x" + keccak(code).hex()
        assert contract.layout == "0x" + layout_digest(name).hex()
        assert artifact(name).is_deployed_as(code)


@pytest.mark.stack
def test_all_four_are_there_from_the_stated_block_and_not_before(chain, deployment):
    def codes(block: int) -> list[str]:
        return [
            chain.rpc.call("eth_getCode", deployment.address(name), hex(block))
            for name in REGISTRIES
        ]

    assert all(code != "0x" for code in codes(deployment.block))
    assert codes(deployment.block - 1)[-1] == "0x"


@pytest.mark.stack
def test_deploying_again_deploys_nothing(chain, deployment, path):
    before, text = chain.head(), path.read_text()
    again = deploy(chain.rpc, signer("somebody else"), digest("other"), path)
    assert again == deployment
    assert chain.head() == before
    assert path.read_text() == text


@pytest.mark.stack
@pytest.mark.parametrize("member", ["chain_id", "genesis_hash"])
def test_the_file_of_another_chain_is_refused(chain, deployment, path, member):
    replace(deployment, **{member: 1 if member == "chain_id" else HASH}).save(path)
    with pytest.raises(ConflictError) as failure:
        deploy(chain.rpc, signer("association"), FOUNDER, path)
    assert failure.value.code == "chain-mismatch"
    assert failure.value.where == str(path)


@pytest.mark.stack
def test_a_chain_that_has_not_the_contracts_is_refused(chain, deployment):
    for changed in ({"address": "0x" + "11" * 20}, {"code": HASH}):
        contract = replace(deployment.contracts["AnchorRegistry"], **changed)
        other = {**deployment.contracts, "AnchorRegistry": contract}
        with pytest.raises(ConflictError, match="the AnchorRegistry is not there") as failure:
            check_deployment(chain.rpc, replace(deployment, contracts=other))
        assert failure.value.code == "chain-mismatch"


@pytest.mark.stack
def test_contracts_of_another_version_are_refused(chain, deployment):
    swapped = {
        **deployment.contracts,
        "AnchorRegistry": deployment.contracts["StatusRegistry"],
    }
    with pytest.raises(ConflictError, match="another version"):
        check_deployment(chain.rpc, replace(deployment, contracts=swapped))


@pytest.mark.stack
def test_a_file_that_names_another_founder_is_refused(chain, deployment):
    with pytest.raises(ConflictError, match="another association founded it"):
        check_deployment(chain.rpc, replace(deployment, founder=HASH))


@pytest.mark.stack
@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"contracts": []}', '{"contracts": {"AnchorRegistry": {}}}'],
)
def test_a_file_that_is_none_is_refused_by_name(chain, path, text):
    path.write_text(text)
    with pytest.raises(ConflictError, match="not a deployment file") as failure:
        deploy(chain.rpc, signer("association"), FOUNDER, path)
    assert failure.value.where == str(path)


@pytest.mark.stack
@pytest.mark.parametrize("changed", [{"version": 2}, {"contracts": {}}])
def test_a_file_of_another_version_is_refused(deployment, path, changed):
    path.write_text(json.dumps({**asdict(deployment), **changed}))
    with pytest.raises(ConflictError, match="of version 1"):
        load_deployment(path)


def test_without_a_chain_there_is_no_file(path, nowhere):
    with pytest.raises(UnavailableError):
        deploy(Rpc(nowhere), signer("association"), FOUNDER, path)
    assert not path.exists()
