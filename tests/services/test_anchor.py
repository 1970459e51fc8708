# SPDX-License-Identifier: Apache-2.0
"""Anchoring happens exactly once, whatever falls over in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from filiera.errors import ConflictError, UnavailableError
from filiera.model.links import LinkType, RecordLink
from filiera.ports.ledger import AnchorReceipt
from filiera.proof.merkle import Tree, root_from_path
from filiera.services import anchor
from filiera.services.accept import File
from filiera.services.anchor import Anchoring, BatchPolicy
from tests.support.server import Server
from tests.support.world import YARN, goods


@pytest.fixture
def server() -> Server:
    server = Server()
    server.submit_all()
    return server


class CrashError(Exception):
    """The process ends here."""


def crash_in(target: Any, method: str, *, after: bool) -> Callable[[], None]:
    """Let the next call of `method` end the process, before or after it was carried out."""
    real = getattr(target, method)

    def crash(*args: Any, **named: Any) -> None:
        if after:
            real(*args, **named)
        raise CrashError

    setattr(target, method, crash)
    return lambda: setattr(target, method, real)


def test_a_batch_holds_every_record_in_the_order_of_arrival(server: Server) -> None:
    [batch] = server.services.anchoring.anchor_now()
    assert batch.records == tuple(server.world.id(name) for name in server.world.jws)
    tree = Tree(batch.records)
    assert batch.receipt is not None
    assert batch.receipt.anchor.root == tree.root
    for index, record in enumerate(batch.records):
        assert root_from_path(record, index, tree.size, tree.path(index)) == tree.root


def test_nothing_pending_anchors_nothing(server: Server) -> None:
    server.anchor()
    assert server.services.anchoring.anchor_now() == []
    assert len(server.ledger.anchors) == 1


@pytest.mark.parametrize(
    ("part", "method", "after"),
    [
        ("documents", "add_batch", False),
        ("documents", "add_batch", True),
        ("store", "prepare_batch", True),
        ("ledger", "anchor", False),
        ("ledger", "anchor", True),
        ("store", "confirm_batch", False),
        ("store", "confirm_batch", True),
    ],
)
def test_a_crash_at_any_point_leaves_one_anchoring_of_each_record(
    server: Server, part: str, method: str, after: bool
) -> None:
    mend = crash_in(getattr(server, part), method, after=after)
    with pytest.raises(CrashError):
        server.services.anchoring.anchor_now()
    mend()
    server.services.anchoring.anchor_now()
    assert len(server.ledger.anchors) == 1
    [batch] = server.store.batches()
    assert batch.receipt is not None
    assert server.store.pending(10) == []
    assert server.store.open_batches() == []


@pytest.mark.parametrize("part", ["ledger", "documents"])
def test_what_was_accepted_before_an_outage_is_anchored_after_it(server: Server, part: str) -> None:
    getattr(server, part).down = True
    with pytest.raises(UnavailableError):
        server.services.anchoring.anchor_now()
    assert len(server.ledger.anchors) == 0
    getattr(server, part).down = False
    server.services.anchoring.anchor_now()
    assert len(server.ledger.anchors) == 1
    assert server.store.pending(10) == []


def policy(server: Server, **given: int) -> Anchoring:
    return Anchoring(
        server.ledger, server.store, server.documents, server.clock, BatchPolicy(**given)
    )


def test_a_batch_is_due_by_age_and_not_before(server: Server) -> None:
    anchoring = policy(server, size=1000, age=30)
    server.clock.seconds += 29
    assert anchoring.anchor_due() == []
    server.clock.seconds += 1
    assert len(anchoring.anchor_due()) == 1


def test_a_batch_is_due_by_size_and_takes_no_more(server: Server) -> None:
    count = len(server.world.jws)
    batches = policy(server, size=count - 1, age=10**6).anchor_due()
    assert [len(batch.records) for batch in batches] == [count - 1]
    assert len(server.store.pending(10)) == 1


def test_a_batch_takes_no_more_documents_than_its_manifest_has_room_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchor, "MAX_BATCH_DOCUMENTS", 1)
    world = server.world
    for number in range(3):
        content = b"report %d" % number
        link = RecordLink(LinkType.DOCUMENT, sha256(content).digest(), "report")
        jws = world.sign(world.mill, world.spin(links=[link], outputs=[goods(f"{YARN}{number}")]))
        server.services.acceptance.accept(jws, [File("report", content)])
    batches = server.services.anchoring.anchor_now()
    assert [len(batch.records) for batch in batches] == [len(world.jws) + 1, 1, 1]


def test_a_batch_takes_no_more_bytes_than_one_import_should(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    jwss = list(server.world.jws.values())
    monkeypatch.setattr(anchor, "MAX_BATCH_BYTES", len(jwss[0]) + len(jwss[1]))
    first = server.services.anchoring.anchor_now()[0]
    assert len(first.records) == 2
    assert server.store.pending(100) == []


def test_a_root_that_the_chain_holds_over_another_count_is_refused(server: Server) -> None:
    real = server.ledger.anchor

    def other(root: bytes, count: int, manifest: bytes) -> AnchorReceipt:
        receipt = real(root, count, manifest)
        return replace(receipt, anchor=replace(receipt.anchor, count=count + 1))

    server.ledger.anchor = other  # type: ignore[method-assign]
    with pytest.raises(ConflictError) as error:
        server.services.anchoring.anchor_now()
    assert error.value.code == "chain-refused"
    assert len(server.store.open_batches()) == 1


def test_who_comes_second_with_a_root_finds_it_anchored(server: Server) -> None:
    real = server.ledger.anchor

    def other_process(root: bytes, count: int, manifest: bytes) -> AnchorReceipt:
        real(root, count, manifest)
        return real(root, count, manifest)

    server.ledger.anchor = other_process  # type: ignore[method-assign]
    [batch] = server.services.anchoring.anchor_now()
    assert batch.receipt is not None
    assert len(server.ledger.anchors) == 1


def test_a_root_that_the_contract_refuses_is_no_anchor(server: Server) -> None:
    def refuse(root: bytes, count: int, manifest: bytes) -> AnchorReceipt:
        raise ConflictError("chain-refused", "ScopeMissing")

    server.ledger.anchor = refuse  # type: ignore[method-assign]
    with pytest.raises(ConflictError):
        server.services.anchoring.anchor_now()
    [batch] = server.store.open_batches()
    assert batch.receipt is None
