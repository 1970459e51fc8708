# SPDX-License-Identifier: Apache-2.0
"""Collecting what leads up to a product, whoever said what about it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from filiera.adapters.store.tables import records
from filiera.errors import IntegrityError
from filiera.model.times import format_instant
from filiera.proof.jws import record_id
from tests.support.server import Server
from tests.support.world import ANCHORED, GARMENT, YARN, goods


@pytest.fixture
def server() -> Server:
    server = Server()
    server.submit_all()
    return server


def test_a_strangers_circle_keeps_nobody_from_issuing_a_passport(server: Server) -> None:
    world = server.world
    payload = world.spin(
        date=format_instant(ANCHORED - 1800),
        inputs=[goods(GARMENT)],
        outputs=[goods(YARN)],
        links=[],
    )
    closing = world.sign(world.mill, payload)
    server.services.acceptance.accept(closing)
    upstream = server.services.collector.collect(GARMENT)
    ids = [record.id for record, _ in upstream.steps]
    assert ids == [world.id("spin"), world.id("weave"), record_id(closing)]


def test_an_altered_copy_is_not_offered_to_be_vouched_for(server: Server) -> None:
    with server.store._engine.begin() as connection:
        where = records.c.id == server.world.id("spin")
        connection.execute(update(records).where(where).values(jws=server.world.jws["own"]))
    with pytest.raises(IntegrityError) as error:
        server.services.collector.collect(GARMENT)
    assert error.value.code == "record-corrupt"
