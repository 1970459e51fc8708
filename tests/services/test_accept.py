# SPDX-License-Identifier: Apache-2.0
"""Several records in one request: stored together, answered one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from filiera.errors import InputError, UnavailableError
from filiera.model.links import LinkType, RecordLink
from filiera.ports.store import StoredRecord
from filiera.services.accept import OCTETS, Accepted, File
from tests.support.server import Server
from tests.support.world import REPORT, Firm


@contextmanager
def failing(server: Server, statement: int) -> Iterator[None]:
    """The database goes away just before the numbered statement."""
    numbers = count(1)

    def fail(*_: object) -> None:
        if next(numbers) >= statement:
            raise OperationalError("statement", {}, Exception("disk I/O error"))

    event.listen(server.store._engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(server.store._engine, "before_cursor_execute", fail)


def test_records_sent_together_are_stored_all_or_none() -> None:
    server = Server()
    jwss = list(server.world.jws.values())
    for statement in count(1):
        with failing(server, statement):
            try:
                server.services.acceptance.accept_many(jwss)
                break
            except UnavailableError:
                pass
        assert server.store.pending(100) == []
    assert statement > 3
    assert [each.jws for each in server.store.pending(100)] == jwss


def test_a_record_that_is_refused_leaves_the_others_of_its_request_accepted() -> None:
    server = Server()
    spin, weave = server.world.jws["spin"], server.world.jws["weave"]
    first, wrong, second = server.services.acceptance.accept_many([spin, b"not a record", weave])
    assert isinstance(first, Accepted)
    assert isinstance(wrong, InputError)
    assert isinstance(second, Accepted)
    assert [each.jws for each in server.store.pending(10)] == [spin, weave]


def test_a_record_sent_twice_in_one_request_is_stored_once_with_one_answer() -> None:
    server = Server()
    spin = server.world.jws["spin"]
    first, again = server.services.acceptance.accept_many([spin, spin])
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert first.record == again.record
    assert len(server.store.pending(10)) == 1


def test_what_cannot_be_read_is_refused_though_the_database_is_down() -> None:
    server = Server()
    with failing(server, 1):
        with pytest.raises(InputError):
            server.services.acceptance.accept(b"not a record")
        with pytest.raises(UnavailableError):
            server.services.acceptance.accept(server.world.jws["spin"])


def test_a_record_that_names_more_documents_than_a_batch_holds_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Server()
    monkeypatch.setattr("filiera.services.accept.MAX_BATCH_DOCUMENTS", 0)
    with pytest.raises(InputError) as caught:
        server.services.acceptance.accept(server.world.jws["spin"])
    assert caught.value.code == "batch-too-large"
    assert server.store.pending(10) == []


# Files


def naming(server: Server, firm: Firm, name: str, media_type: str | None) -> bytes:
    """A step of `firm` that names the report in its own way."""
    world = server.world
    link = RecordLink(LinkType.DOCUMENT, sha256(REPORT).digest(), name, media_type)
    payload = world.spin(links=[link]) if firm is world.mill else world.weave(links=[link])
    return world.sign(firm, payload)


def test_who_brings_a_file_first_does_not_name_its_type_for_the_next() -> None:
    server = Server()
    accept, report = server.services.acceptance.accept, File("report", REPORT)
    first = accept(naming(server, server.world.mill, "page", "text/html"), [report])
    second = accept(naming(server, server.world.brand, "report.pdf", "application/pdf"), [report])
    types = [server.store.documents_of(each.record.id)[0].media_type for each in (first, second)]
    assert types == ["text/html", "application/pdf"]


@pytest.mark.parametrize("media_type", ["text/" + "h" * 60 + ";" + "a" * 90, None])
def test_no_name_of_a_type_keeps_a_batch_from_being_anchored(media_type: str | None) -> None:
    server = Server()
    jws = naming(server, server.world.mill, "report", media_type)
    accepted = server.services.acceptance.accept(jws, [File("report", REPORT)])
    assert server.store.documents_of(accepted.record.id)[0].media_type == OCTETS
    assert len(server.services.anchoring.anchor_now()) == 1


def test_a_file_that_ipfs_lost_comes_back_with_the_record_that_names_it() -> None:
    server = Server()
    jws, report = server.world.jws["spin"], File("report.pdf", REPORT)
    [document] = server.store.documents_of(accept_spin(server).id)
    del server.documents.blocks[document.cid]
    assert not server.services.acceptance.accept(jws, [report]).new
    assert server.documents.get(document) == REPORT


def test_what_is_here_already_is_answered_while_ipfs_is_down() -> None:
    server = Server()
    record = accept_spin(server)
    server.documents.down = True
    report = File("report.pdf", REPORT)
    again = server.services.acceptance.accept(server.world.jws["spin"], [report])
    assert (again.record, again.new) == (record, False)


def accept_spin(server: Server) -> StoredRecord:
    report = File("report.pdf", REPORT)
    return server.services.acceptance.accept(server.world.jws["spin"], [report]).record
