# SPDX-License-Identifier: Apache-2.0
"""Importing EPCIS documents from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.proof.facts import Role
from tests.cli.conftest import Terminal, put_key
from tests.support.server import Server
from tests.support.world import Firm

YARN = "https://id.gs1.org/01/09520000000011/10/E-1"
CLOTH = "https://id.gs1.org/01/09520000000028/10/E-2"
Writes = Callable[[str, bytes], Path]


@pytest.fixture
def importer(terminal: Terminal, server: Server) -> Firm:
    """A participant that may pass on what others stated."""
    firm = Firm("Sportello", Role.IMPORTER)
    server.world.sign_identity(firm)
    server.ledger.accounts[firm.signer.address] = server.world.account(firm)
    server.ledger.participants[firm.id] = server.world.participant(firm)
    server.submit_all()
    server.anchor()
    put_key(terminal.keys, "importer", firm)
    return firm


def event(inputs: list[str], output: str, at: str, **more: Any) -> dict[str, Any]:
    """A transformation."""
    return {
        "type": "TransformationEvent",
        "eventTime": at,
        "eventTimeZoneOffset": "+02:00",
        "inputQuantityList": [{"epcClass": each, "quantity": 10, "uom": "KGM"} for each in inputs],
        "outputQuantityList": [{"epcClass": output, "quantity": 9, "uom": "KGM"}],
        "bizStep": "commissioning",
        "readPoint": {"id": "https://id.gs1.org/414/9520000000004"},
        "bizLocation": {"id": "https://id.gs1.org/414/9520000000004"},
        **more,
    }


def document(*events: dict[str, Any]) -> bytes:
    """An EPCIS 2.0 document."""
    return json.dumps(
        {
            "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2026-09-20T00:00:00Z",
            "epcisBody": {"eventList": list(events)},
        }
    ).encode()


@pytest.fixture
def file(a_file: Writes) -> Path:
    """Two linked steps."""
    spun = event(["https://id.gs1.org/01/09520000000035/10/W"], YARN, "2026-09-20T08:00:00Z")
    woven = event([YARN], CLOTH, "2026-09-21T08:00:00Z")
    return a_file("events.jsonld", document(spun, woven))


def test_what_will_be_said_is_shown_before_it_is_signed(
    terminal: Terminal, server: Server, importer: Firm, file: Path
) -> None:
    result = terminal.run("import", "epcis", file, "--as", "importer", answer="n\n")
    assert result.exit_code == 2
    said = " ".join(result.stderr.split()).replace("│ ", "")
    assert "Steps found: 2" in said
    assert "not signed by" in said
    assert "09520000000028 lot E-2" in said
    assert "No event states how 09520000000035 lot W was made." in said
    assert "You sign that others stated this" in said
    assert server.store.own_records(CLOTH) == []


def test_the_imported_product_has_a_passport_with_its_original_file(
    terminal: Terminal, server: Server, importer: Firm, file: Path
) -> None:
    answer = terminal.run_json("import", "epcis", file, "--as", "importer", "--yes")
    assert (answer["product"], answer["steps"], len(answer["records"])) == (CLOTH, 2, 3)
    server.anchor()
    shown = terminal.run("passport", "show", CLOTH)
    assert shown.exit_code == 0, shown.stdout
    assert "PROVEN  2 of 2 steps" in shown.stdout
    assert "imported, not signed" in " ".join(shown.stdout.split())
    assert "Documents not presented" not in shown.stdout


def test_another_product_of_the_files_can_be_chosen(
    terminal: Terminal, server: Server, importer: Firm, file: Path
) -> None:
    answer = terminal.run_json(
        "import", "epcis", file, "--product", YARN, "--as", "importer", "--yes"
    )
    assert answer["product"] == YARN


def test_a_product_that_no_event_names_is_refused_with_those_that_are(
    terminal: Terminal, server: Server, importer: Firm, file: Path
) -> None:
    args = ("import", "epcis", file, "--product", "urn:example:hat", "--as", "importer", "--yes")
    result = terminal.run(*args)
    assert result.exit_code == 2
    assert "[product-not-found]" in result.stderr
    assert "E-1" in result.stderr


def test_who_is_no_importer_is_refused_and_nothing_is_stored(
    terminal: Terminal, server: Server, importer: Firm, file: Path
) -> None:
    result = terminal.run("import", "epcis", file, "--as", "mill", "--yes")
    assert result.exit_code == 1
    assert "[role-missing]" in result.stderr
    assert server.store.own_records(CLOTH) == []


@pytest.mark.parametrize("path", ["nowhere.jsonld", ""])
def test_a_path_that_is_not_there_is_wrong_use(
    terminal: Terminal, server: Server, importer: Firm, path: str
) -> None:
    result = terminal.run("import", "epcis", path, "--as", "importer", "--yes")
    assert result.exit_code == 2
    assert "[usage]" in result.stderr
