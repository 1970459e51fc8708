# SPDX-License-Identifier: Apache-2.0
"""Several records in one request: stored together, answered one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from filiera.errors import InputError, UnavailableError
from filiera.services.accept import Accepted
from tests.support.server import Server


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
