# SPDX-License-Identifier: Apache-2.0
"""A contract's no, an outage and nonsense are told apart."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from filiera.adapters.ledger.contracts import artifact, selector
from filiera.adapters.ledger.rpc import BATCH_SIZE, Rpc
from filiera.errors import ConflictError, UnavailableError
from tests.support.patience import HANGS

Answer = Callable[[list[dict]], object]


class Node:
    """A node that says what a test tells it to; `said` are the messages that it got."""

    def __init__(self) -> None:
        self.answer: Answer = lambda calls: [result(call, "0x1") for call in calls]
        self.status = 200
        self.said: list[list[dict]] = []
        self.release = threading.Event()
        self.release.set()
        node = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                calls = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                node.said.append(calls)
                node.release.wait(HANGS)
                answer = node.answer(calls)
                body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(node.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with suppress(BrokenPipeError):  # who asked may have gone
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


def result(call: dict, value: object) -> dict:
    return {"jsonrpc": "2.0", "id": call["id"], "result": value}


def error(call: dict, **said: object) -> dict:
    return {"jsonrpc": "2.0", "id": call["id"], "error": {"code": -32603, **said}}


@pytest.fixture
def node() -> Iterator[Node]:
    node = Node()
    thread = threading.Thread(target=node.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield node
    node.release.set()
    node.server.shutdown()
    node.server.server_close()


def unavailable(rpc: Rpc) -> UnavailableError:
    with pytest.raises(UnavailableError) as failure:
        rpc.batch([("eth_chainId", []), ("eth_blockNumber", [])])
    assert failure.value.code == "chain-unreachable"
    assert failure.value.part == "chain"
    return failure.value


def test_a_closed_port_is_an_outage(nowhere):
    assert unavailable(Rpc(nowhere)).where == nowhere


def test_a_node_that_does_not_answer_in_time_is_an_outage(node):
    node.release.clear()
    unavailable(Rpc(node.url, timeout=0.1))


@pytest.mark.parametrize("status", [404, 500, 502, 503])
def test_a_failing_server_is_an_outage(node, status):
    node.status = status
    unavailable(Rpc(node.url))
    assert len(node.said) == 1, "nothing is sent a second time"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[",
        b"null",
        b"7",
        b"[]",
        b"{}",
        b'["a", "b"]',
        b"[null, null]",
        b'[{"id": 0}, {"id": 1}]',
        b'[{"id": 0, "error": "no"}, {"id": 1, "error": "no"}]',
        b'{"jsonrpc": "2.0", "error": {"code": -32600, "message": "too many requests"}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_none_is_an_outage(node, body):
    node.answer = lambda calls: body
    unavailable(Rpc(node.url))


def test_a_missing_answer_is_an_outage(node):
    node.answer = lambda calls: [result(calls[0], "0x1")]
    unavailable(Rpc(node.url))


def test_an_error_that_is_no_revert_is_an_outage(node):
    node.answer = lambda calls: [error(call, message="header not found") for call in calls]
    assert "header not found" in str(unavailable(Rpc(node.url)))


def test_answers_are_put_in_the_order_of_their_requests(node):
    node.answer = lambda calls: [result(call, call["method"]) for call in reversed(calls)]
    assert Rpc(node.url).batch([("a", []), ("b", []), ("c", [])]) == ["a", "b", "c"]


def test_many_requests_go_in_few_messages(node):
    asked = [("eth_chainId", [])] * (2 * BATCH_SIZE + 1)
    assert len(Rpc(node.url).batch(asked)) == len(asked)
    assert [len(calls) for calls in node.said] == [BATCH_SIZE, BATCH_SIZE, 1]


def test_nothing_asked_is_nothing_sent(node):
    assert Rpc(node.url).batch([]) == []
    assert node.said == []


def revert_data(name: str, *words: int) -> str:
    (abi,) = (
        each
        for each in artifact("ParticipantRegistry").abi
        if each["type"] == "error" and each["name"] == name
    )
    return "0x" + (selector(abi) + b"".join(word.to_bytes(32, "big") for word in words)).hex()


@pytest.mark.parametrize("nested", [False, True])
def test_a_revert_names_the_contracts_error_and_its_arguments(node, nested):
    data = revert_data("RoleMissing", 7, 4)
    said = {"data": data} if nested else data
    node.answer = lambda calls: [error(calls[0], message="reverted", data=said)]
    with pytest.raises(ConflictError) as failure:
        Rpc(node.url).call("eth_call")
    assert failure.value.code == "chain-refused"
    assert failure.value.message == (
        f"The contract refused: RoleMissing(participant 0x{7:064x}, role 4)."
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("0x", "no reason given"),
        ("0xdeadbeef", "unnamed error 0xdeadbeef"),
        (revert_data("RoleMissing"), "RoleMissing"),
        (None, "no reason given"),
    ],
)
def test_a_revert_without_one_of_our_errors_is_still_a_no(node, data, said):
    node.answer = lambda calls: [error(calls[0], message="execution reverted", data=data)]
    with pytest.raises(ConflictError) as failure:
        Rpc(node.url).call("eth_call")
    assert failure.value.message == f"The contract refused: {said}."


def test_a_proxy_of_the_environment_is_not_asked(node, nowhere, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, nowhere)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert Rpc(node.url).call("eth_chainId") == "0x1"
