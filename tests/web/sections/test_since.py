# SPDX-License-Identifier: Apache-2.0
"""What changed since is told with both of its times, and others' words stand apart."""

from __future__ import annotations

from typing import get_args

from filiera.model.statement import RecordType
from filiera.model.status_reasons import STATUS_REASONS
from filiera.proof.facts import Status, StatusKind
from filiera.services.passports import Relation
from filiera.web.sections.since import RELATIONS, TYPES
from tests.support.server import Server
from tests.support.site import SITUATIONS, read
from tests.support.world import ANCHORED, YARN, Firm


def since(server: Server, language: str = "en") -> str:
    return " ".join(read(server, language=language).one("section", id="since").text.split())


def test_a_revocation_has_the_time_it_holds_from_and_the_time_it_was_said() -> None:
    server = SITUATIONS["proven"]()
    firm = server.world.mill
    entry = Status(StatusKind.REVOKED, 4, ANCHORED + 120, ANCHORED + 60, firm.signer.address)
    server.ledger.statuses[firm.id, server.world.id("spin")] = (entry,)
    server.ledger.time = ANCHORED + 600
    said = since(server)
    assert "Spinning revoked since" in said
    assert ", said on " in said
    assert f"({STATUS_REASONS[4].en})" in said
    assert "said by Filatura" in said


def test_it_leads_to_where_the_step_is() -> None:
    server = SITUATIONS["claim-withdrawn"]()
    links = [each.attributes.get("href") for each in read(server).of("a")]
    assert "#criteria" in links


def test_open_findings_are_counted() -> None:
    assert "One finding of an auditor is open." in since(SITUATIONS["contested"]())


def test_nothing_changed_is_said_too() -> None:
    assert "Nothing that the passport lists" in since(SITUATIONS["proven"]())


def test_what_could_not_be_read_is_never_called_unchanged() -> None:
    said = since(SITUATIONS["outage-chain"]())
    assert "Nothing that the passport lists" not in said
    assert "Of 4 listed records it could not be read what became of them." in said


def test_of_what_is_missing_it_is_said_beside_what_did_change() -> None:
    server = SITUATIONS["incomplete"]()
    assert "Of one listed record it could not be read what became of it." in since(server)


def test_what_others_say_is_apart_with_its_kind() -> None:
    server = SITUATIONS["proven"]()
    world = server.world
    moved = world.sign(world.mill, world.move(YARN, ANCHORED - 60) | _by(world.mill))
    assert server.submit(moved).is_success
    server.anchor()
    said = since(server)
    assert "does not count it" in said
    assert "Said by others · a step Transport Filatura" in said


def _by(firm: Firm) -> dict[str, object]:
    return {"issuer": {"type": ["CredentialIssuer"], "id": firm.did, "name": "x"}}


def test_every_relation_and_type_has_its_words() -> None:
    assert set(RELATIONS) == set(get_args(Relation))
    assert set(TYPES) == set(RecordType)
