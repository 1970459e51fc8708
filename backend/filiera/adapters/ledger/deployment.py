# SPDX-License-Identifier: Apache-2.0
"""Deploying the four registries once, and the file that says where they are.

The deployment file is what an online verifier pins: chain id, genesis hash, the founding
association, and for each registry its address and the hash of its code.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from eth_hash.auto import keccak

from filiera.adapters.ledger.contracts import REGISTRIES, artifact
from filiera.adapters.ledger.rpc import Rpc, number, octets, quantity
from filiera.adapters.ledger.transactions import Sender
from filiera.errors import ConflictError
from filiera.ports.signer import Signer
from filiera.proof.facts import Scope
from filiera.proof.slots import layout_digest

VERSION: Final = 1
FOUNDER_SCOPES: Final = Scope.RECORDS | Scope.STATUS


@dataclass(frozen=True, slots=True)
class DeployedContract:
    """One registry on the chain.

    `code` is keccak256 of the deployed code, immutables included; `layout` SHA-256 of the
    storage layout in its artifact.
    """

    address: str
    code: str
    layout: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where the registries are, and on which chain. Hashes and ids are lower-case hex with 0x.

    `founder` is the founding association's participant id, `block` the number of the block
    from which all four are there.
    """

    version: int
    chain_id: int
    genesis_hash: str
    founder: str
    block: int
    contracts: dict[str, DeployedContract]

    def address(self, name: str) -> str:
        """The address of a registry."""
        return self.contracts[name].address

    def save(self, path: Path) -> None:
        """Write the deployment file, whole or not at all."""
        draft = path.with_name(path.name + ".new")
        draft.write_text(json.dumps(asdict(self), indent=2, sort_keys=True) + "\n", "utf-8")
        draft.replace(path)


def load_deployment(path: Path) -> Deployment:
    """The deployment that a file describes; raises `chain-mismatch` when it cannot be one."""
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        contracts = {name: DeployedContract(**said) for name, said in data["contracts"].items()}
        deployment = Deployment(**{**data, "contracts": contracts})
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _mismatch(f"it is not a deployment file ({type(error).__name__})", path) from error
    if deployment.version != VERSION or set(contracts) != set(REGISTRIES):
        raise _mismatch(f"it is not a deployment file of version {VERSION}", path)
    return deployment


def deploy(
    rpc: Rpc,
    signer: Signer,
    founder: bytes,
    path: Path,
    *,
    scopes: int = FOUNDER_SCOPES,
    confirmations: int = 0,
) -> Deployment:
    """Deploy the registries and write the file, or check the file that is there.

    `signer` becomes the first account, with `scopes`, of the association `founder`, whose
    participant id is the record id of its own identity record. With a file the signer is
    not used. `confirmations` as in `Sender`. Raises `chain-mismatch` when the file is
    another chain's.
    """
    if path.exists():
        deployment = load_deployment(path)
        check_deployment(rpc, deployment, path)
        return deployment
    deployment = _deploy(rpc, signer, founder, scopes, confirmations)
    check_deployment(rpc, deployment, path)
    deployment.save(path)
    return deployment


def check_deployment(rpc: Rpc, deployment: Deployment, path: Path | None = None) -> None:
    """Raise `chain-mismatch` unless the node serves the chain that holds this deployment."""
    found = rpc.batch(
        [
            ("eth_chainId", []),
            ("eth_getBlockByNumber", ["0x0", False]),
            *(("eth_getCode", [deployment.address(name), "latest"]) for name in REGISTRIES),
        ]
    )
    with rpc.sense():
        node = number(found[0]), found[1]["hash"]
        codes = [octets(code) for code in found[2:]]
    if node != (deployment.chain_id, deployment.genesis_hash):
        raise _mismatch(f"chain {node[0]} has another genesis block", path)
    for name, code in zip(REGISTRIES, codes, strict=True):
        if _hex(keccak(code)) != deployment.contracts[name].code:
            raise _mismatch(f"the {name} is not there", path)
        if not artifact(name).is_deployed_as(code):
            raise _mismatch(f"its {name} is of another version of Filiera", path)
    participants = artifact(REGISTRIES[0])
    if participants.immutable("founder", codes[0]) != octets(deployment.founder):
        raise _mismatch("another association founded it", path)


def _deploy(
    rpc: Rpc, signer: Signer, founder: bytes, scopes: int, confirmations: int
) -> Deployment:
    chain, genesis = rpc.batch([("eth_chainId", []), ("eth_getBlockByNumber", ["0x0", False])])
    sender = Sender(rpc, number(chain), signer)
    genesis_hash = octets(genesis["hash"])
    first = sender.send(artifact(REGISTRIES[0]).creation(genesis_hash, founder, scopes))
    rest = (artifact(name).creation(genesis_hash, first.contract) for name in REGISTRIES[1:])
    mined = [first, *map(sender.send, rest)]
    # With the last one all are settled; which block it is in is known only then.
    settling = Sender(rpc, number(chain), signer, confirmations=confirmations)
    block = settling.settled(mined[-1].transaction).block.number
    codes = rpc.batch([("eth_getCode", [each.contract, quantity(block)]) for each in mined])
    return Deployment(
        version=VERSION,
        chain_id=number(chain),
        genesis_hash=_hex(genesis_hash),
        founder=_hex(founder),
        block=block,
        contracts={
            name: DeployedContract(
                address=str(each.contract).lower(),
                code=_hex(keccak(octets(code))),
                layout=_hex(layout_digest(name)),
            )
            for name, each, code in zip(REGISTRIES, mined, codes, strict=True)
        },
    )


def _hex(data: bytes) -> str:
    return "0x" + data.hex()


def _mismatch(what: str, path: Path | None) -> ConflictError:
    return ConflictError(
        "chain-mismatch",
        f"The chain node is not the one of this deployment: {what}.",
        where=None if path is None else str(path),
        hint="Use the chain that the deployment was made on, or remove the file and the "
        "database that belong to the other chain.",
    )
