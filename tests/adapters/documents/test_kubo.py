# SPDX-License-Identifier: Apache-2.0
"""What only a real node can show: pinning, missing blocks, outages, odd answers."""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import dag_cbor
import pytest
from ipfshttpclient.client import Client

from filiera.adapters.documents.cids import digest_of, parse_cid
from filiera.adapters.documents.flatfs import block_file, overwrite_block
from filiera.adapters.documents.kubo import KuboDocumentStore
from filiera.adapters.documents.memory import MemoryDocumentStore
from filiera.errors import IntegrityError, NotFoundError, UnavailableError
from tests.support.ipfs import Ipfs

pytestmark = pytest.mark.stack


def pins(ipfs: Ipfs) -> dict[str, str]:
    """Everything that the node pins, and how."""
    listed = Client(ipfs.api).pin.ls(type="all")
    return {cid: entry["Type"] for cid, entry in listed["Keys"].items()}


@contextmanager
def answering(answer: bytes | None) -> Iterator[str]:
    """The multiaddr of something that is no IPFS node: it says `answer`, or nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        held: list[socket.socket] = []

        def serve() -> None:
            try:
                while True:
                    held.append(server.accept()[0])
                    if answer is not None:
                        held[-1].recv(65_536)
                        held[-1].sendall(answer)
                        held[-1].close()
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"/ip4/127.0.0.1/tcp/{server.getsockname()[1]}"
        for connection in held:
            connection.close()


def test_a_batch_is_pinned_with_everything_in_it(ipfs: Ipfs) -> None:
    store = ipfs.store()
    record, document = os.urandom(50), store.add(os.urandom(50), "text/plain")
    stored = store.add_batch([record], [document])
    pinned = pins(ipfs)
    assert pinned[stored.cid] == "recursive"
    assert pinned[document.cid] == "recursive"
    record_cid = hashlib.sha256(record).digest()
    held = {digest_of(parse_cid(cid)) for cid, how in pinned.items() if how == "indirect"}
    assert record_cid in held


def test_the_root_of_a_stored_batch_is_its_manifest(ipfs: Ipfs) -> None:
    store = ipfs.store()
    stored = store.add_batch([os.urandom(9)], [store.add(os.urandom(9), "text/plain")])
    root = block_file(ipfs.repo, stored.sha256).read_bytes()
    assert hashlib.sha256(root).digest() == stored.sha256
    said = dag_cbor.decode(root)
    assert isinstance(said, dict)
    assert said["count"] == 1


def test_a_batch_of_many_parts_is_stored_by_one_import(ipfs: Ipfs) -> None:
    seed = os.urandom(8)
    batch = [seed + n.to_bytes(4, "big") for n in range(20_000)]
    store = ipfs.store()
    store.add_batch(batch, [])
    for n in (0, 8_191, 8_192, 19_999):
        assert store.get_record(hashlib.sha256(batch[n]).digest()) == batch[n]


def test_a_file_of_which_a_chunk_is_missing_is_not_found_rather_than_cut_short(
    ipfs: Ipfs,
) -> None:
    store = ipfs.store()
    data = os.urandom(700_000)
    stored = store.add(data, "application/pdf")
    block_file(ipfs.repo, hashlib.sha256(data[262_144:524_288]).digest()).unlink()
    with pytest.raises(NotFoundError) as caught:
        store.get(stored)
    assert caught.value.code == "document-not-found"


def test_a_file_whose_root_was_altered_is_said_to_be_altered(ipfs: Ipfs) -> None:
    store = ipfs.store()
    stored = store.add(os.urandom(700_000), "application/pdf")
    overwrite_block(ipfs.repo, digest_of(parse_cid(stored.cid)), b"nonsense")
    with pytest.raises(IntegrityError) as caught:
        store.get(stored)
    assert caught.value.code == "document-hash-mismatch"


def test_files_do_not_come_together_with_one_that_lost_a_chunk_or_its_root(ipfs: Ipfs) -> None:
    store = ipfs.store()
    whole = store.add(os.urandom(9), "application/pdf")
    data = os.urandom(700_000)
    cut, altered = store.add(data, "image/png"), store.add(os.urandom(700_000), "image/png")
    block_file(ipfs.repo, hashlib.sha256(data[262_144:524_288]).digest()).unlink()
    overwrite_block(ipfs.repo, digest_of(parse_cid(altered.cid)), b"nonsense")
    for other in (cut, altered):
        with pytest.raises(NotFoundError) as caught:
            store.get_all([whole, other, whole])
        assert caught.value.code == "document-not-found"


def test_a_file_of_which_a_chunk_was_altered_comes_back_altered(ipfs: Ipfs) -> None:
    store = ipfs.store()
    data = os.urandom(700_000)
    stored = store.add(data, "application/pdf")
    overwrite_block(ipfs.repo, hashlib.sha256(data[:262_144]).digest(), bytes(262_144))
    assert store.get(stored) == bytes(262_144) + data[262_144:]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(None, id="silence"),
        pytest.param(b"", id="hanging up"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut", id="half an answer"),
        pytest.param(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", id="a gateway"),
    ],
)
def test_a_node_that_does_not_answer_is_unavailable_in_every_call(answer: bytes | None) -> None:
    with answering(answer) as api:
        store = KuboDocumentStore(api, timeout=0.3, batch_timeout=0.3)
        document = MemoryDocumentStore().add(b"data", "text/plain")
        for call in (
            lambda: store.add(b"data", "text/plain"),
            lambda: store.get(document),
            lambda: store.get_all([document, document]),
            lambda: store.add_batch([b"record"], []),
            lambda: store.get_record(document.sha256),
        ):
            with pytest.raises(UnavailableError) as caught:
                call()
            assert (caught.value.code, caught.value.part) == ("ipfs-unreachable", "ipfs")


def test_a_node_that_is_down_is_unavailable(nowhere: str) -> None:
    port = urlsplit(nowhere).port
    with pytest.raises(UnavailableError):
        KuboDocumentStore(f"/ip4/127.0.0.1/tcp/{port}").add(b"data", "text/plain")


def test_a_node_on_this_machine_is_asked_past_any_proxy(
    ipfs: Ipfs, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    stored = ipfs.store().add(b"past any proxy", "text/plain")
    assert ipfs.store().get(stored) == b"past any proxy"
