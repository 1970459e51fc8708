# SPDX-License-Identifier: Apache-2.0
"""A chain node that says more than there can be, or never comes to an end."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from itertools import repeat

import pytest

from filiera.adapters.ledger.deployment import DeployedContract, Deployment
from filiera.adapters.ledger.node import Web3Ledger
from filiera.adapters.ledger.proving import AT_ONCE, prove_facts
from filiera.adapters.ledger.rpc import MAX_ANSWER, MAX_VALUES, Rpc
from filiera.errors import UnavailableError
from filiera.proof.bundle import MAX_NODE, MAX_NODES
from filiera.proof.facts import Block, ChainFacts
from filiera.proof.slots import REGISTRIES
from tests.adapters.ledger.test_rpc import Node, node, result
from tests.support.endless import DRIPS, IN_FLIGHT, OK, Answer, chunked, flood, once, speaking

__all__ = ["node"]

CONTRACT = DeployedContract("0x" + "11" * 20, "0x" + "00" * 32, "0x" + "00" * 32)
GENESIS = "0x" + "22" * 32
DEPLOYMENT = Deployment(
    1, 31_337, GENESIS, "0x" + "33" * 32, 1, dict.fromkeys(REGISTRIES, CONTRACT)
)
BLOCK = Block(7, bytes(32), 1_700_000_000)


def unavailable(call: Callable[[], object]) -> UnavailableError:
    with pytest.raises(UnavailableError) as caught:
        call()
    assert (caught.value.code, caught.value.part) == ("chain-unreachable", "chain")
    return caught.value


def refused(answer: Answer, most: int, **limits: float) -> None:
    """A call that comes to nothing, and takes hardly more than `most` bytes from the node."""
    with speaking(answer) as node:
        unavailable(lambda: Rpc(node.url, **limits).call("eth_chainId"))
    assert node.said < most + IN_FLIGHT
    # A tenth of a second may be over before the node has looked at what it was asked.
    assert len(node.asked) <= 1, "nothing is sent a second time"


@pytest.mark.parametrize(
    "answer",
    [
        flood(),
        flood(b" " * 999),
        flood(b"[" * 999),
        flood(b"[]," * 999),
        flood(head=OK + b"Content-Length: %d\r\n\r\n" % (1 << 40)),
        flood(b"x: x\r\n", head=OK),
        flood(b"x", head=OK),
        flood(b"HTTP/1.1 100 Continue\r\n\r\n", head=b""),
        chunked(),
        chunked(b" " * 999),
    ],
)
def test_an_answer_without_end_is_cut_off_and_an_outage(answer: Answer) -> None:
    refused(answer, MAX_ANSWER)


@pytest.mark.parametrize("answer", [flood(), flood(b'{"message": "'), chunked(b"x")])
def test_of_a_refusal_without_end_only_the_beginning_is_read(answer: Answer) -> None:
    refused(lambda: (each.replace(b"200 OK", b"500 No") for each in answer()), 0)


@pytest.mark.parametrize("where", DRIPS)
def test_a_node_that_says_a_byte_now_and_then_is_not_listened_to_for_ever(where: str) -> None:
    refused(DRIPS[where], 0, longest=0.1)


PACKED = gzip.compress(bytes(256 << 20))


@pytest.mark.parametrize(
    "said",
    [
        OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED) + PACKED,
        OK + b"Content-Length: %d\r\n\r\n[" % (1 << 60),
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n[",
        b"HTTP/1.1 500 No\r\nContent-Length: %d\r\n\r\n[" % (1 << 60),
    ],
)
def test_an_answer_that_unpacks_or_promises_too_much_is_an_outage(said: bytes) -> None:
    refused(once(said), 0)


def test_a_node_sends_nobody_elsewhere() -> None:
    with speaking(once(OK + b"\r\n")) as other:
        head = b"HTTP/1.1 307 There\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n"
        refused(once(head % other.url.encode()), 0)
    assert other.asked == []


def test_nothing_that_a_node_sets_is_kept_or_sent_back() -> None:
    head = OK + b"Set-Cookie: a=%b\r\nConnection: close\r\n" % (b"x" * 9_999)
    answer = head + b"Content-Length: 2\r\n\r\n[]"
    with speaking(once(answer)) as node:
        rpc = Rpc(node.url)
        for _ in range(3):
            unavailable(lambda: rpc.call("eth_chainId"))
    assert len(node.asked) == 3
    assert not any(b"cookie" in asked.lower() for asked in node.asked)
    assert all(b"accept-encoding: identity\r\n" in asked.lower() for asked in node.asked)


@pytest.mark.parametrize("piece", [b"[],", b"{},", b"0,", b'"",', b'{"a":[]},'])
def test_an_answer_of_far_more_values_than_bytes_is_not_made_into_them(
    node: Node, piece: bytes
) -> None:
    many = (b"[" + piece * (MAX_VALUES + 1))[:-1] + b"]"
    assert len(many) < MAX_ANSWER
    json.loads(many)  # it is well-formed
    node.answer = lambda calls: many
    assert "TooLong" in str(unavailable(lambda: Rpc(node.url).call("eth_chainId")))


def test_the_largest_proof_that_is_asked_for_is_read(node: Node) -> None:
    branches = ["0x" + "ab" * 532] * 9
    proof = [{"key": "0x0", "value": "0x0", "proof": branches}] * AT_ONCE
    node.answer = lambda calls: [result(calls[0], {"storageProof": proof})]
    assert Rpc(node.url).call("eth_getProof")["storageProof"] == proof


# Nonsense of the right form


def lied(node: Node, **said: object) -> None:
    """Let the node answer each method by that; what is callable is asked with the parameters."""

    def answer(calls: list[dict]) -> list[dict]:
        return [
            result(call, value(*call["params"]) if callable(value) else value)
            for call in calls
            for value in [said[call["method"]]]
        ]

    node.answer = answer


ODD = [None, 7, "0x", "x", [], {}, {"hash": 7, "number": [], "timestamp": {}}, "0x" + "f" * 9_999]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_a_result_that_is_none_of_its_kind_is_an_outage(node: Node, odd: object) -> None:
    every = ("eth_chainId", "eth_getBlockByNumber", "eth_getBlockByHash", "eth_call")
    lied(node, **dict.fromkeys(every, odd))
    ledger = Web3Ledger(Rpc(node.url), DEPLOYMENT)
    unavailable(ledger.identity)
    unavailable(ledger.head)
    unavailable(lambda: ledger.block(0))
    unavailable(lambda: ledger.read(BLOCK, findings=[bytes(32)]))
    unavailable(lambda: ledger.find_anchor(bytes(32)))


@pytest.mark.parametrize("member", ["number", "timestamp"])
def test_a_chain_as_long_or_as_old_as_none_can_be_is_an_outage(node: Node, member: str) -> None:
    block = {"number": "0x1", "timestamp": "0x1", "hash": GENESIS, member: "0x" + "f" * 64}
    lied(node, eth_getBlockByNumber=block)
    unavailable(Web3Ledger(Rpc(node.url), DEPLOYMENT).head)


FACTS = ChainFacts("node", 31_337, bytes(32), BLOCK, findings={bytes(32): ()})


def proofs(length: str, nodes: list[str]) -> Callable[[str, list[str], str], dict[str, object]]:
    """Answers to eth_getProof by which every word is `length`."""
    return lambda address, keys, block: {
        "accountProof": nodes,
        "storageProof": [{"key": key, "value": length, "proof": []} for key in keys],
    }


@pytest.mark.parametrize("length", ["0x" + "f" * 64, hex(2**40), hex(MAX_NODES + 1)])
def test_a_history_as_long_as_a_node_says_is_not_asked_for(node: Node, length: str) -> None:
    lied(node, eth_getProof=proofs(length, ["0xc0"]))
    unavailable(lambda: prove_facts(Rpc(node.url), DEPLOYMENT, FACTS))
    assert len(node.said) == 1, "it would have been asked for by the second message"


def test_a_long_history_is_asked_for_in_messages_that_can_be_answered(node: Node) -> None:
    lied(node, eth_getProof=proofs(hex(AT_ONCE), ["0xc0"]))
    prove_facts(Rpc(node.url), DEPLOYMENT, FACTS)
    asked = [len(call["params"][1]) for message in node.said for call in message]
    assert max(asked) == AT_ONCE
    assert sum(asked) > 2 * AT_ONCE


def test_no_more_nodes_are_kept_than_a_bundle_may_have(node: Node) -> None:
    numbers = iter(range(2**40))

    def answer(*_: object) -> dict[str, object]:
        made = [f"0x{next(numbers):064x}" for _ in repeat(None, MAX_NODES // 3)]
        return {"accountProof": made, "storageProof": []}

    lied(node, eth_getProof=answer)
    kept = prove_facts(Rpc(node.url), DEPLOYMENT, FACTS)
    assert MAX_NODES < len(kept) <= 2 * MAX_NODES
    assert len(node.said) == 1


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {"accountProof": 7, "storageProof": []},
        {"accountProof": ["0x" + "ab" * (MAX_NODE + 1)], "storageProof": []},
        {"accountProof": [], "storageProof": [{}]},
        {"accountProof": [], "storageProof": [{"key": "0x0", "value": "0x1" + "0" * 64}]},
    ],
)
def test_a_proof_that_is_none_is_an_outage(node: Node, answer: object) -> None:
    lied(node, eth_getProof=answer)
    unavailable(lambda: prove_facts(Rpc(node.url), DEPLOYMENT, FACTS))
