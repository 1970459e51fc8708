# SPDX-License-Identifier: Apache-2.0
"""Reading chain facts from the registries' getters.

Everything asked for in one call is read at the block of one hash (EIP-1898), in as few
messages as the node takes: a node that has gone to another branch says that it does not
know the block, rather than mixing two states.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Unpack

from eth_abi.exceptions import DecodingError

from filiera.adapters.ledger.contracts import artifact
from filiera.adapters.ledger.deployment import Deployment
from filiera.adapters.ledger.histories import (
    account_fact,
    accreditation_facts,
    anchor_fact,
    finding_facts,
    participant_fact,
    status_facts,
)
from filiera.adapters.ledger.rpc import Request, Rpc, number, octets
from filiera.errors import ConflictError, UnavailableError
from filiera.proof.facts import Asked, Block, ChainFacts


@dataclass(frozen=True, slots=True)
class _Getter:
    """Where one kind of fact is, and how it is made of its key and what is returned."""

    registry: str
    function: str
    fact: Callable[[Any, Any], Any]


_GETTERS: Final = {
    "accounts": _Getter("ParticipantRegistry", "accountOf", account_fact),
    "participants": _Getter("ParticipantRegistry", "participantOf", participant_fact),
    "anchors": _Getter("AnchorRegistry", "anchorOf", lambda key, said: anchor_fact(key, said)),
    "statuses": _Getter("StatusRegistry", "statusesOf", lambda _, said: status_facts(said)),
    "accreditations": _Getter(
        "ParticipantRegistry", "accreditationsOf", lambda _, said: accreditation_facts(said)
    ),
    "findings": _Getter("FindingRegistry", "findingsOf", lambda _, said: finding_facts(said)),
}


_IDENTITY: Final[tuple[Request, ...]] = (
    ("eth_chainId", []),
    ("eth_getBlockByNumber", ["0x0", False]),
)


def read_facts(
    rpc: Rpc,
    deployment: Deployment,
    block: Block,
    **asked: Unpack[Asked],
) -> ChainFacts:
    """Everything asked for, as of `block`; see `Ledger.read`.

    Which chain this is the node says itself, each time. Raises ConflictError
    (`chain-mismatch`) when something is asked of another chain.
    """
    given: dict[str, Any] = {**asked}
    keys = {kind: tuple(dict.fromkeys(each)) for kind, each in given.items()}
    calls = [_call(deployment, _GETTERS[kind], key, block) for kind in keys for key in keys[kind]]
    chain, genesis, *said = rpc.batch([*_IDENTITY, *calls])
    with rpc.sense():
        node = number(chain), octets(genesis["hash"])
    if calls and node != (deployment.chain_id, octets(deployment.genesis_hash)):
        raise ConflictError(
            "chain-mismatch",
            f"The node serves chain {node[0]} with genesis block 0x{node[1].hex()}, not that "
            "of the deployment.",
            where=rpc.url,
        )
    answers = iter(said)
    found: dict[str, Any] = {
        kind: {key: _fact(_GETTERS[kind], key, next(answers)) for key in each}
        for kind, each in keys.items()
    }
    return ChainFacts("node", *node, block, **found)


def read_nonce(rpc: Rpc, deployment: Deployment, registry: str, account: str) -> int:
    """The nonce that a registry expects in the account's next signed message."""
    contract = artifact(registry)
    call = {
        "to": deployment.address(registry),
        "data": "0x" + contract.call("nonces", account).hex(),
    }
    return int(contract.result("nonces", octets(rpc.call("eth_call", call, "latest"))))


def _call(deployment: Deployment, getter: _Getter, key: Any, block: Block) -> Request:
    arguments = key if isinstance(key, tuple) else (key,)
    data = artifact(getter.registry).call(getter.function, *arguments)
    to = deployment.address(getter.registry)
    return (
        "eth_call",
        [{"to": to, "data": "0x" + data.hex()}, {"blockHash": "0x" + block.hash.hex()}],
    )


def _fact(getter: _Getter, key: Any, answer: Any) -> Any:
    try:
        said = artifact(getter.registry).result(getter.function, octets(answer))
    except (DecodingError, ValueError, TypeError) as error:
        raise UnavailableError(
            "chain-unreachable",
            f"The chain node's answer to {getter.function} is not one.",
            part="chain",
            hint="Is it the node of this deployment's chain?",
        ) from error
    return getter.fact(key, said)
