# SPDX-License-Identifier: Apache-2.0
"""Signing payloads and submitting records, by themselves."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from filiera.model.ids import ni_uri
from filiera.proof.encoding import dump_json
from filiera.proof.jws import parse_jws, record_id, signature_holds
from tests.cli.conftest import Terminal
from tests.support.server import Server
from tests.support.world import REPORT

Writes = Callable[[str, bytes], Path]


def test_a_payload_is_signed_and_its_issuer_filled_in(
    terminal: Terminal, anchored: Server, a_file: Writes
) -> None:
    payload = anchored.world.spin()
    del payload["issuer"]
    answer = terminal.run_json("sign", a_file("step.json", dump_json(payload)), "--as", "mill")
    signed = parse_jws(answer["jws"].encode())
    assert signature_holds(signed)
    assert answer["record"] == ni_uri(signed.id)
    assert signed.payload["issuer"] == {
        "type": ["CredentialIssuer"], "id": anchored.world.mill.did, "name": "Filatura",
    }  # fmt: skip
    assert list(signed.payload)[:4] == ["@context", "type", "id", "issuer"]


def test_on_a_pipe_the_record_comes_out_byte_for_byte(
    terminal: Terminal, anchored: Server, a_file: Writes
) -> None:
    file = a_file("step.json", dump_json(anchored.world.spin()))
    result = terminal.run("sign", file, "--as", "mill")
    assert result.stdout.encode() == anchored.world.jws["spin"]
    assert ni_uri(record_id(result.stdout.encode())) in "".join(result.stderr.split())


def test_a_signed_record_can_be_written_to_a_file(
    terminal: Terminal, anchored: Server, a_file: Writes, tmp_path: Path
) -> None:
    file = a_file("step.json", dump_json(anchored.world.spin()))
    result = terminal.run("sign", file, "--as", "mill", "-o", tmp_path / "step.jws")
    assert result.exit_code == 0
    assert sha256((tmp_path / "step.jws").read_bytes()).digest() == anchored.world.id("spin")


def test_a_payload_can_be_signed_without_a_server(
    terminal: Terminal, server: Server, a_file: Writes, tmp_path: Path
) -> None:
    payload = server.world.spin()
    del payload["issuer"]
    server.ledger.down = True
    deployment = tmp_path / "deployment.json"
    deployment.write_text(DEPLOYMENT)
    args = ("sign", a_file("step.json", dump_json(payload)), "--as", "mill")
    result = terminal.run(*args, "--deployment", deployment)
    assert result.exit_code == 3
    assert "--issuer-name" in result.stderr
    result = terminal.run(*args, "--deployment", deployment, "--issuer-name", "Filatura")
    assert result.exit_code == 0, result.stderr


CONTRACT = '{"address": "0x0", "code": "0x0", "layout": "0x0"}'
NAMES = ("AnchorRegistry", "FindingRegistry", "ParticipantRegistry", "StatusRegistry")
DEPLOYMENT = (
    '{"version": 1, "chain_id": 952952, "genesis_hash": "0x00", "founder": "0x00", "block": 1,'
    ' "contracts": {' + ", ".join(f'"{name}": {CONTRACT}' for name in NAMES) + "}}"
)


def test_what_breaks_its_schema_is_not_signed(
    terminal: Terminal, anchored: Server, a_file: Writes
) -> None:
    payload = anchored.world.spin()
    del payload["credentialSubject"][0]["eventDate"]  # type: ignore[index]
    result = terminal.run("sign", a_file("step.json", dump_json(payload)), "--as", "mill")
    assert result.exit_code == 2
    assert "[record-schema]" in result.stderr
    assert "eventDate" in result.stderr
    assert result.stdout == ""


def test_nobody_signs_in_anothers_name(
    terminal: Terminal, anchored: Server, a_file: Writes
) -> None:
    file = a_file("step.json", dump_json(anchored.world.spin()))
    result = terminal.run("sign", file, "--as", "brand")
    assert result.exit_code == 2
    assert "[jws-kid]" in result.stderr


def test_what_is_no_json_is_named_with_its_line(
    terminal: Terminal, anchored: Server, a_file: Writes
) -> None:
    result = terminal.run("sign", a_file("step.json", b'{"a": 1,\n "a" 2}'), "--as", "mill")
    assert result.exit_code == 2
    assert "[json-malformed]" in result.stderr
    assert "line 2" in " ".join(result.stderr.split())


def test_records_and_their_files_are_submitted_together(
    terminal: Terminal, server: Server, a_file: Writes
) -> None:
    spin = a_file("spin.jws", server.world.jws["spin"] + b"\n")
    weave = a_file("weave.jws", server.world.jws["weave"])
    report = a_file("report.pdf", REPORT)
    result = terminal.run("submit", spin, weave, "--document", report)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("stored") == 2
    assert len(server.store.documents_of(server.world.id("spin"))) == 1


def test_a_record_known_before_changes_nothing(
    terminal: Terminal, anchored: Server, a_file: Writes
) -> None:
    spin = a_file("spin.jws", anchored.world.jws["spin"])
    result = terminal.run("submit", spin)
    assert result.exit_code == 0
    assert "known before" in result.stdout
    assert terminal.run_json("submit", spin)[0]["new"] is False


def test_each_record_gets_its_own_result_and_a_refusal_its_exit_code(
    terminal: Terminal, server: Server, a_file: Writes
) -> None:
    world = server.world
    good = a_file("good.jws", world.jws["spin"])
    unentitled = a_file("bad.jws", world.sign(world.association, world_step(server)))
    result = terminal.run("submit", good, unentitled)
    assert result.exit_code == 1
    assert "stored" in result.stdout
    assert "refused" in result.stdout
    assert "[role-missing]" in result.stderr
    assert server.store.get(world.id("spin")) is not None


def world_step(server: Server) -> dict[str, object]:
    """A step that the association, which may state none, claims to have made."""
    payload = server.world.spin()
    issuer = payload["issuer"]
    assert isinstance(issuer, dict)
    return payload | {"issuer": issuer | {"id": server.world.association.did}}


def test_what_is_no_record_is_named_by_its_file(
    terminal: Terminal, server: Server, a_file: Writes
) -> None:
    result = terminal.run("submit", a_file("note.jws", b"hello"))
    assert result.exit_code == 2
    assert "[jws-malformed]" in result.stderr
    assert "note.jws" in "".join(result.stderr.split())


def test_a_file_that_no_record_names_is_refused(
    terminal: Terminal, server: Server, a_file: Writes
) -> None:
    spin, other = a_file("spin.jws", server.world.jws["spin"]), a_file("x.pdf", b"other")
    result = terminal.run("submit", spin, "--document", other)
    assert result.exit_code == 2
    assert "[document-not-named]" in result.stderr
    assert server.store.get(server.world.id("spin")) is None


def test_what_waits_is_anchored_at_once(terminal: Terminal, server: Server) -> None:
    assert "Nothing waits" in terminal.run("anchor").stdout
    server.submit_all()
    result = terminal.run("anchor")
    assert result.exit_code == 0
    assert "Batch 1 is anchored: 8 records." in result.stdout


def test_anchoring_while_the_chain_is_down_is_an_outage(terminal: Terminal, server: Server) -> None:
    server.submit_all()
    server.ledger.down = True
    result = terminal.run("anchor")
    assert result.exit_code == 3
    assert "[chain-unreachable]" in result.stderr
