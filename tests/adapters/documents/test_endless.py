# SPDX-License-Identifier: Apache-2.0
"""An IPFS node that says more than there can be, or never comes to an end."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import pytest

from filiera.adapters.documents.cids import RAW, cid_bytes, cid_text
from filiera.adapters.documents.kubo import MAX_BLOCK, MAX_SAID, KuboDocumentStore
from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.errors import FilieraError, IntegrityError, NotFoundError, UnavailableError
from filiera.ports.documents import DocumentStore
from filiera.proof.jws import MAX_JWS
from tests.support.endless import (
    DRIPS,
    IN_FLIGHT,
    OK,
    Answer,
    chunked,
    flood,
    once,
    speaking,
)

DOCUMENT = MemoryDocumentStore().add(b"a certificate", "text/plain")
Call = Callable[[DocumentStore], object]
CALLS: dict[str, Call] = {
    "add": lambda store: store.add(b"a certificate", "text/plain"),
    "get": lambda store: store.get(DOCUMENT),
    "get_all": lambda store: store.get_all([DOCUMENT, DOCUMENT]),
    "add_batch": lambda store: store.add_batch([b"a record"], []),
    "get_record": lambda store: store.get_record(DOCUMENT.sha256),
}
FLOODS: dict[str, Answer] = {
    "until nobody listens": flood(),
    "of a length": flood(head=OK + b"Content-Length: %d\r\n\r\n" % (1 << 40)),
    "in chunks": chunked(),
    "in chunks of a byte": chunked(b"x"),
}


def refused(call: Call, answer: Answer, most: int = MAX_SAID) -> FilieraError:
    """What a call raises; hardly more than it may read was taken from the node."""
    with speaking(answer) as node, pytest.raises(FilieraError) as caught:
        call(KuboDocumentStore(node.api))
    assert node.said < most + IN_FLIGHT
    return caught.value


@pytest.mark.parametrize("answer", FLOODS.values(), ids=FLOODS)
def test_a_file_that_goes_on_is_cut_off_and_altered(answer: Answer) -> None:
    error = refused(CALLS["get"], answer)
    assert isinstance(error, IntegrityError)
    assert error.code == "document-hash-mismatch"


@pytest.mark.parametrize("said", [b"a certificate", b"a certificate!"])
def test_one_byte_too_much_is_another_file(said: bytes) -> None:
    answer = once(OK + b"Content-Length: %d\r\n\r\n%b" % (len(said), said))
    with speaking(answer) as node:
        store = KuboDocumentStore(node.api)
        if len(said) == DOCUMENT.size:
            assert store.get(DOCUMENT) == said
            assert b"accept-encoding: identity\r\n" in node.asked[0].lower()
        else:
            with pytest.raises(IntegrityError):
                store.get(DOCUMENT)


@pytest.mark.parametrize("answer", FLOODS.values(), ids=FLOODS)
def test_files_that_go_on_together_are_each_to_be_asked_for(answer: Answer) -> None:
    error = refused(CALLS["get_all"], answer)
    assert isinstance(error, NotFoundError)
    assert error.code == "document-not-found"


@pytest.mark.parametrize("answer", FLOODS.values(), ids=FLOODS)
def test_what_is_larger_than_a_record_is_none_and_nobody_calls_it_altered(answer: Answer) -> None:
    error = refused(CALLS["get_record"], answer, MAX_JWS)
    assert isinstance(error, NotFoundError)
    assert error.code == "record-not-found"


@pytest.mark.parametrize("name", ["add", "add_batch"])
@pytest.mark.parametrize(
    "answer", [*FLOODS.values(), flood(b"[" * 999), flood(b"{}\n" * 999), chunked(b"[")]
)
def test_a_node_that_does_not_come_to_the_end_of_its_json_is_unavailable(
    name: str, answer: Answer
) -> None:
    assert isinstance(refused(CALLS[name], answer), UnavailableError)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("said", [b"x", b"[", b'{"Message": "', b'"'])
@pytest.mark.parametrize("chunks", [True, False])
def test_a_refusal_without_end_is_read_no_further_than_a_reason_goes(
    name: str, said: bytes, chunks: bool
) -> None:
    body = chunked(said * 999) if chunks else flood(said * 999)
    error = refused(CALLS[name], lambda: (e.replace(b"200 OK", b"500 No") for e in body()))
    assert isinstance(error, UnavailableError)
    assert len(str(error)) < 999


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("where", DRIPS)
def test_a_node_that_says_a_byte_now_and_then_is_not_listened_to_for_ever(
    name: str, where: str
) -> None:
    with speaking(DRIPS[where]) as node:
        store = KuboDocumentStore(node.api, longest=0.1, batch_longest=0.1)
        with pytest.raises(UnavailableError) as caught:
            CALLS[name](store)
    assert (caught.value.code, caught.value.part) == ("ipfs-unreachable", "ipfs")


def test_a_node_that_never_takes_a_file_is_not_waited_for_for_ever() -> None:
    with speaking(DRIPS["in its head"], listens=False) as node:
        store = KuboDocumentStore(node.api, longest=0.2)
        with pytest.raises(UnavailableError):
            store.add(bytes(32 << 20), "text/plain")


PACKED = gzip.compress(bytes(64 << 20))
ELSEWHERE = b"HTTP/1.1 307 There\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n"
ODD: dict[str, bytes] = {
    "packed": OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(PACKED) + PACKED,
    "a long promise": OK + b"Content-Length: %d\r\n\r\ncut" % (1 << 60),
    "a chunk of a long promise": OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\ncut",
    "a refusal of a long promise": b"HTTP/1.1 500 No\r\nContent-Length: %d\r\n\r\n" % (1 << 60),
    "deep": b'HTTP/1.1 500 No\r\nContent-Length: 60000\r\n\r\n{"Message":' + b"[" * 59_989,
    "many heads": OK + b"X: x\r\n" * 9_999 + b"\r\n",
    "a long head": OK + b"X" * 99_999 + b"\r\n\r\n",
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("how", ODD)
def test_an_answer_that_unpacks_promises_or_nests_too_much_is_none(name: str, how: str) -> None:
    assert isinstance(refused(CALLS[name], once(ODD[how])), UnavailableError)


CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BETWEEN: dict[str, Answer] = {
    "a status": flood(b"x", head=b"HTTP/1.1 200 "),
    "a head": flood(b"x", head=OK),
    "heads": flood(b"x: x\r\n", head=OK),
    "a chunk's length": flood(b"0", head=CHUNKS),
    "a chunk's extension": flood(b"x", head=CHUNKS + b"1;"),
    "a trailer": flood(b"x", head=CHUNKS + b"0\r\n"),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("what", BETWEEN)
def test_a_line_without_end_around_an_answer_is_none(name: str, what: str) -> None:
    assert isinstance(refused(CALLS[name], BETWEEN[what], 8 << 20), UnavailableError)


@pytest.mark.parametrize("name", CALLS)
def test_a_node_sends_nobody_elsewhere(name: str) -> None:
    with speaking(once(OK + b"Content-Length: 0\r\n\r\n")) as other:
        answer = once(ELSEWHERE % f"{other.url}/api/v0/cat".encode())
        assert isinstance(refused(CALLS[name], answer), UnavailableError)
    assert other.asked == []


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"no",
        b"[]",
        b"null",
        b"{}{}",
        b'{"Hash": 7, "Root": 7}',
        b'{"Hash": "Qm", "Root": {"Cid": "b"}}',
        b'{"Root": {"Cid": {"/": "b"}, "PinErrorMsg": ""}}',
    ],
)
@pytest.mark.parametrize("name", ["add", "add_batch"])
def test_what_was_stored_is_believed_only_from_an_answer_that_says_it(
    name: str, said: bytes
) -> None:
    answer = once(OK + b"Content-Length: %d\r\n\r\n%b" % (len(said), said))
    assert isinstance(refused(CALLS[name], answer), UnavailableError)


def test_a_short_file_is_looked_into_by_one_question_whatever_the_node_links_to() -> None:
    cid = cid_text(cid_bytes(RAW, bytes(32)))
    said = json.dumps({"Local": False, "Links": [{"Hash": {"/": cid}}] * 99}).encode()
    answer = once(OK + b"Content-Length: %d\r\n\r\n%b" % (len(said), said))
    document = MemoryDocumentStore().add(bytes(MAX_BLOCK), "text/plain")
    with speaking(answer) as node, pytest.raises(NotFoundError) as caught:
        KuboDocumentStore(node.api).get(document)
    assert caught.value.code == "document-not-found"
    assert [asked.split()[1].partition(b"?")[0] for asked in node.asked] == [
        b"/api/v0/cat",
        b"/api/v0/files/stat",
    ]
