# SPDX-License-Identifier: Apache-2.0
"""A passport file is evidence and nothing else, and everything in it may be made up."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.model.links import LinkType, RecordLink
from filiera.proof.encoding import dump_json
from filiera.proof.reasons import Outcome
from filiera.services.accept import File
from filiera.services.file_source import assemble_from_file
from filiera.services.passport_file import read_passport_file
from filiera.services.passport_view import passport_view
from filiera.services.passports import Passport
from tests.support.server import Server
from tests.support.world import GARMENT, REPORT

OTHER_REPORT = b"another firm's report of the same name"


@pytest.fixture
def server() -> Server:
    """A garment both of whose steps name a report.pdf, each its own."""
    server, name = Server(), "report.pdf"
    world = server.world
    links = [
        world.link("spin", LinkType.INPUT),
        RecordLink(LinkType.DOCUMENT, sha256(OTHER_REPORT).digest(), name, "application/pdf"),
    ]
    world.jws["weave"] = world.sign(world.brand, world.weave(links=links))
    world.jws["own"] = world.sign(world.brand, world.own())
    files = {"spin": [File(name, REPORT)], "weave": [File(name, OTHER_REPORT)]}
    for record, jws in world.jws.items():
        server.services.acceptance.accept(jws, files.get(record, ()))
    server.anchor()
    return server


def passport_file(server: Server) -> dict[str, Any]:
    view = passport_view(server.services.passports.assemble(GARMENT))
    return view.model_dump(mode="json", by_alias=True)


def judged(
    server: Server, said: dict[str, Any], documents: Mapping[str, bytes] | None = None
) -> Passport:
    hashes = {name: sha256(data).digest() for name, data in (documents or {}).items()}
    file = read_passport_file(dump_json(said))
    return assemble_from_file(file, server.ledger, server.world.trust(), hashes)


def test_a_file_is_judged_by_its_records_and_the_chain(server: Server) -> None:
    said = passport_file(server)
    passport = judged(server, said)
    assert passport.verdict.outcome is Outcome.PROVEN
    said["verdict"]["outcome"] = "disproven"
    assert judged(server, said).verdict.outcome is Outcome.PROVEN


@pytest.mark.parametrize("anchorer", ["", "operator", "0x12", "0x" + "AB" * 20, "0x" + "é" * 40])
def test_an_anchorer_is_an_address_in_its_one_spelling(server: Server, anchorer: str) -> None:
    said = passport_file(server)
    said["own"]["anchor"]["anchorer"] = anchorer
    with pytest.raises(InputError) as error:
        judged(server, said)
    assert error.value.code == "passport-malformed"


@pytest.mark.parametrize("root", ["", "00" * 32, "0x" + "AB" * 32, "0x" + " " * 2 + "00" * 31])
def test_a_hash_is_spelled_in_one_way(server: Server, root: str) -> None:
    said = passport_file(server)
    said["own"]["anchor"]["root"] = root
    with pytest.raises(InputError) as error:
        judged(server, said)
    assert error.value.code == "passport-malformed"


def test_a_trust_file_in_place_of_a_passport_is_told_what_was_expected() -> None:
    with pytest.raises(InputError, match="Neither bundle nor passport") as error:
        read_passport_file(b'{"filieraTrust":1}', where="trust.json")
    assert (error.value.code, error.value.where) == ("passport-malformed", "trust.json")


def test_another_document_of_the_same_name_is_no_forgery_of_it(server: Server) -> None:
    passport = judged(server, passport_file(server), {"report.pdf": REPORT})
    assert passport.verdict.outcome is Outcome.PROVEN
    [(record, _)] = passport.verdict.not_presented
    assert record == server.world.id("weave")


def test_a_file_of_that_name_that_no_record_knows_is_an_altered_document(server: Server) -> None:
    passport = judged(server, passport_file(server), {"report.pdf": b"altered"})
    assert passport.verdict.outcome is Outcome.DISPROVEN
