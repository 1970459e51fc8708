# SPDX-License-Identifier: Apache-2.0
"""Reading chain facts from the registries' getters.

Everything asked for in one call is read at the block of one hash (EIP-1898), in as few
messages as the node takes: a node that has gone to another branch says that it does not
know the block, rather than mixing two states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from eth_abi.exceptions import DecodingError

from filiera.adapters.ledger.contracts import artifact
from filiera.adapters.ledger.deployment import Deployment
from filiera.adapters.ledger.histories import (
    account_fact,
    accreditation_facts,
    anchor_fact,
    participant_fact,
    status_facts,
)
from filiera.adapters.ledger.rpc import Request, Rpc, octets
from filiera.errors import UnavailableError
from filiera.proof.facts import AccreditationKey, AnchorKey, Block, ChainFacts, StatusKey


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
}


def read_facts(
    rpc: Rpc,
    deployment: Deployment,
    block: Block,
    *,
    accounts: Iterable[str] = (),
    participants: Iterable[bytes] = (),
    anchors: Iterable[AnchorKey] = (),
    statuses: Iterable[StatusKey] = (),
    accreditations: Iterable[AccreditationKey] = (),
) -> ChainFacts:
    """Everything asked for, as of `block`; see `Ledger.read`."""
    asked: dict[str, tuple[Any, ...]] = {
        "accounts": tuple(dict.fromkeys(accounts)),
        "participants": tuple(dict.fromkeys(participants)),
        "anchors": tuple(dict.fromkeys(anchors)),
        "statuses": tuple(dict.fromkeys(statuses)),
        "accreditations": tuple(dict.fromkeys(accreditations)),
    }
    calls = [_call(deployment, _GETTERS[kind], key, block) for kind in asked for key in asked[kind]]
    answers = iter(rpc.batch(calls))
    found = {
        kind: {key: _fact(_GETTERS[kind], key, next(answers)) for key in keys}
        for kind, keys in asked.items()
    }
    return ChainFacts(
        source="node",
        chain_id=deployment.chain_id,
        genesis_hash=octets(deployment.genesis_hash),
        block=block,
        **found,
    )


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
