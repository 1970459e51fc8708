# SPDX-License-Identifier: Apache-2.0
"""What a stranger can make on a chain of his own, where he is whom he likes but has no key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eth_hash.auto import keccak

from filiera.adapters.ledger.contracts import REGISTRIES, artifact, selector
from filiera.adapters.ledger.deployment import FOUNDER_SCOPES, Deployment
from filiera.adapters.ledger.eip712 import ethereum_signature
from filiera.adapters.ledger.rpc import Request, Rpc, octets
from tests.adversary.site import Site, honest_world
from tests.support.chain import Chain, District
from tests.support.patience import HANGS
from tests.support.world import World

STRANGER = "the stranger's"
"""His operator's key, which seals what he likes."""


def look_alikes() -> World:
    """The firms of the honest world by name, product and record; with the stranger's keys."""
    firms = (replace(firm, id=b"", key=STRANGER + firm.name) for firm in World().firms)
    return World(*firms)


class LyingNode(Rpc):
    """The stranger's node, which gives the honest chain's first block for its own."""

    def __init__(self, url: str, genesis_hash: str) -> None:
        super().__init__(url, timeout=HANGS, longest=HANGS)
        self._genesis_hash = genesis_hash

    def batch(self, calls: Sequence[Request]) -> list[Any]:
        answers = super().batch(calls)
        asked = ("eth_getBlockByNumber", ["0x0", False])
        return [
            {**answer, "hash": self._genesis_hash} if call == asked else answer
            for call, answer in zip(calls, answers, strict=True)
        ]


def counterfeit(honest: Site, chain: Chain, participants: bytes | None = None) -> District:
    """The honest registries, byte for byte and at their addresses, on the stranger's chain.

    There he acts as the founding association without its key, and so gives it one of his.
    `participants` is other creation code for the ParticipantRegistry.
    """
    deployment = honest.district.deployment
    rpc = LyingNode(chain.url, deployment.genesis_hash)
    genesis, founder = octets(deployment.genesis_hash), honest.district.association
    first = artifact(REGISTRIES[0])
    first = replace(first, bytecode=participants or first.bytecode)
    registry, scopes = deployment.address(REGISTRIES[0]), int(FOUNDER_SCOPES)
    send(rpc, founder.address, first.creation(genesis, founder.id, scopes))
    for name in REGISTRIES[1:]:
        send(rpc, founder.address, artifact(name).creation(genesis, registry))
    his = impostors().association.signer
    district = District(Chain(chain.url, rpc), found_at(rpc, deployment), {"association": founder})
    consent = district.consent(founder.id, his, scopes)
    signed = (consent.nonce, consent.deadline, ethereum_signature(consent.signature))
    terms = (founder.id, consent.account, scopes, 0, signed)
    send(rpc, founder.address, first.call("addAccount", *terms), registry)
    district.firms["association"] = replace(founder, signer=his)
    return district


def found_at(rpc: Rpc, deployment: Deployment) -> Deployment:
    """The deployment with the code that its addresses have on this chain."""
    code = {
        name: keccak(octets(rpc.call("eth_getCode", each.address, "latest")))
        for name, each in deployment.contracts.items()
    }
    contracts = {
        name: replace(each, code="0x" + code[name].hex())
        for name, each in deployment.contracts.items()
    }
    return replace(deployment, contracts=contracts)


def without_consent() -> bytes:
    """The ParticipantRegistry's creation code, where nobody's consent is looked at.

    Four bytes behind the condition, where `ConsentInvalid` is raised, lead on to where a
    consent that is valid leads: PUSH2 there, JUMP.
    """
    registry = artifact(REGISTRIES[0])
    (error,) = (each for each in registry.abi if each.get("name") == "ConsentInvalid")
    code = registry.bytecode
    at = code.index(selector(error)) - 4
    push, jumpi = code[at - 4 : at - 1], code[at - 1 : at]
    assert (push[:1], jumpi) == (b"\x61", b"\x57"), "the compiler lays this out in another way"
    return code[:at] + push + b"\x56" + code[at + 4 :]


def impostors() -> World:
    """Look-alikes whom the honest association's own identity record is to stand behind."""
    world, real = look_alikes(), honest_world()
    world.jws["Associazione"] = real.jws["Associazione"]
    world.association.id = real.association.id
    return world


def send(rpc: Rpc, sender: str, data: bytes, to: str | None = None) -> None:
    """A transaction that needs no key: on his own chain the stranger is whom he likes."""
    rpc.call("hardhat_impersonateAccount", sender)
    draft = {"from": sender, "data": "0x" + data.hex(), "gasPrice": "0x0"}
    sent = rpc.call("eth_sendTransaction", draft | ({"to": to} if to else {}))
    assert int(rpc.call("eth_getTransactionReceipt", sent)["status"], 16) == 1
