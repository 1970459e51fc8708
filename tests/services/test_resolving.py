# SPDX-License-Identifier: Apache-2.0
"""What is stored of an identified thing, from what is asked for up to its key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from filiera.domain.resolver.links import GS1_TERMS
from filiera.errors import NotFoundError
from filiera.model.gs1_link import parse_digital_link
from filiera.model.ids import parse_ni
from filiera.ports.store import NewRecord
from filiera.proof.jws import record_id
from filiera.services.resolving import Resolving
from tests.support.server import Server
from tests.support.world import GARMENT, GTIN, World


@pytest.fixture
def resolving() -> Iterator[Resolving]:
    server = Server()
    server.submit_all()
    server.anchor()
    yield Resolving(server.store, server.services.passports)
    server.store.close()


def test_an_item_is_found_as_its_batch_and_a_batch_as_itself(resolving):
    for uri in (GARMENT, f"{GARMENT}/21/7", f"{GARMENT}?17=261231"):
        assert resolving.nearest(parse_digital_link(uri)).uri == GARMENT


def test_nothing_is_found_below_what_is_asked_for(resolving):
    for uri in (GTIN, f"{GTIN}/10/LOT-2", f"{GTIN}/21/7"):
        for ask in (resolving.nearest, resolving.links):
            with pytest.raises(NotFoundError) as refusal:
                ask(parse_digital_link(uri))
            assert refusal.value.code == "passport-not-found"


def test_an_item_named_with_its_lot_is_found_under_its_serial_number_alone(resolving):
    item = f"{GTIN}/21/S-1"
    world = World()
    own = NewRecord(
        id=bytes(32),
        jws=world.jws["own"],
        type="DigitalProductPassport",
        address=world.brand.signer.address,
        participant=world.brand.id,
        own=item,
        products=(item,),
    )
    resolving.store.add([own], 1)
    link = parse_digital_link(f"{GTIN}/10/ANY/21/S-1")
    assert resolving.nearest(link).uri == item
    assert [level.path for level in resolving.links(link)] == ["/01/09520000000028/21/S-1"]


def test_the_links_of_a_product_are_of_what_its_own_record_lists(resolving):
    (level,) = resolving.links(parse_digital_link(f"{GARMENT}/21/7"))
    assert (level.path, level.name) == ("/01/09520000000028/10/LOT-1", "Garment")
    kinds = {link.relation.removeprefix(GS1_TERMS) for link in level.links}
    assert {"pip", "dpp", "traceability", "certificationInfo", "defaultLink"} <= kinds


def test_a_place_has_the_records_that_name_it_the_newest_first(resolving):
    (level,) = resolving.links(
        parse_digital_link("https://id.gs1.org/414/9520000000004/254/DOCK-3")
    )
    assert level.path == "/414/9520000000004"
    stored = [record_id(jws) for jws in World().jws.values()]
    linked = [parse_ni(f"ni:///sha-256;{link.path.rsplit('/', 1)[1]}") for link in level.links]
    assert linked == [each for each in reversed(stored) if each in linked]
    assert {record_id(World().jws[name]) for name in ("spin", "weave")} <= set(linked)
    assert all(link.title for link in level.links)


def test_a_place_or_party_that_nothing_speaks_of_is_not_found(resolving):
    for path in ("414/9521234000006", "417/9520000000004"):
        with pytest.raises(NotFoundError) as refusal:
            resolving.links(parse_digital_link(f"https://id.gs1.org/{path}"))
        assert refusal.value.code == "gln-not-found"
