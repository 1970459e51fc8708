# SPDX-License-Identifier: Apache-2.0
"""Trust files for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from filiera.adapters.ledger.deployment import Deployment
from filiera.model.ids import ni_uri
from filiera.proof.slots import REGISTRIES, layout_digest
from filiera.proof.trust import TrustFile

OPERATOR = "0x" + "aa" * 20


def members(**changed: Any) -> dict[str, Any]:
    """The members of a trust file; `changed` replace what is usual, None takes one out."""
    usual: dict[str, Any] = {
        "filieraTrust": 1,
        "chainId": 952952,
        "genesisHash": "0x" + "01" * 32,
        "seal": {"kind": "operator", "validators": [OPERATOR], "fromBlock": 0},
        "contracts": [contracts()],
        "founders": [ni_uri(bytes(32))],
        "maximumAge": 7 * 86_400,
        "minimumBlock": 0,
        "pinnedBlocks": [],
    }
    return {name: value for name, value in (usual | changed).items() if value is not None}


def contracts(first: int = 1) -> dict[str, Any]:
    """Four contracts at addresses that are counted from `first`."""
    return {
        name: {
            "address": f"0x{number:040x}",
            "codeHash": "0x" + "02" * 32,
            "layout": "0x" + layout_digest(name).hex(),
        }
        for number, name in enumerate(REGISTRIES, first)
    }


def trust(**changed: Any) -> TrustFile:
    """A trust file."""
    return TrustFile.model_validate(members(**changed))


def trust_of(deployment: Deployment, seal: Mapping[str, Any] | None = None) -> TrustFile:
    """The trust file of a deployment."""
    return trust(
        chainId=deployment.chain_id,
        genesisHash=deployment.genesis_hash,
        seal=seal or members()["seal"],
        contracts=[
            {
                name: {"address": each.address, "codeHash": each.code, "layout": each.layout}
                for name, each in deployment.contracts.items()
            }
        ],
        founders=[ni_uri(bytes.fromhex(deployment.founder[2:]))],
    )
