# SPDX-License-Identifier: Apache-2.0
"""`filiera trust`: the trust file of a server, and its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from filiera.errors import UnavailableError
from filiera.ports.ledger import StateProof
from filiera.proof.bundle import parse_bundle
from filiera.proof.packed import unpacked
from filiera.proof.trust import dump_trust, trust_digest, trust_words
from tests.cli.conftest import Terminal
from tests.support.blocks import made_header
from tests.support.fake_ledger import FakeLedger
from tests.support.server import Server
from tests.support.trust import trust

PRODUCT = "09520000000028/LOT-1"
Writes = Callable[[str, bytes], Path]


def test_what_is_exported_has_the_digest_that_is_said(
    terminal: Terminal, server: Server, tmp_path: Path
) -> None:
    file = tmp_path / "trust.json"
    result = terminal.run("trust", "export", "-o", file)
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == dump_trust(server.services.bundles.trust)
    digest = sha256(file.read_bytes()).digest()
    assert " ".join(trust_words(digest)) in " ".join(result.stderr.split())
    assert "compare the words" in " ".join(result.stderr.split())


def test_on_a_pipe_the_canonical_bytes_come_out(terminal: Terminal, server: Server) -> None:
    result = terminal.run("trust", "export")
    assert result.stdout_bytes == dump_trust(server.services.bundles.trust)
    assert "ago" not in result.stdout


def test_a_trust_file_is_shown_with_its_words_in_both_languages(
    terminal: Terminal, a_file: Writes
) -> None:
    pinned = trust(pinnedBlocks=["0x" + "0a" * 32])
    # However it is spelled, its digest is that of the canonical text.
    file = a_file("t.json", json.dumps(json.loads(dump_trust(pinned)), indent=4).encode())
    result = terminal.run("trust", "show", file)
    shown = "".join(result.stdout.split())
    digest = trust_digest(pinned)
    assert result.exit_code == 0
    assert digest.hex() in shown
    for language in ("en", "it"):
        assert "".join(trust_words(digest, language)) in shown
    assert pinned.seal.validators[0] in shown
    assert "0a" * 32 in shown
    said = terminal.run_json("trust", "show", file)
    assert said["digest"] == "0x" + digest.hex()
    assert said["trust"]["filieraTrust"] == 1


def test_what_is_no_trust_file_is_bad_input(terminal: Terminal, a_file: Writes) -> None:
    result = terminal.run("trust", "show", a_file("t.json", b"{}"))
    assert result.exit_code == 2
    assert "[trust-malformed]" in result.stderr


@pytest.fixture
def provable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts in memory with a header, as of which a bundle can be made."""
    proof = StateProof((made_header().rlp,), None, ())
    monkeypatch.setattr(FakeLedger, "prove", lambda *_: proof)


@pytest.mark.usefixtures("provable")
def test_a_bundle_is_written_beside_the_passport_that_is_shown(
    terminal: Terminal, anchored: Server, tmp_path: Path
) -> None:
    file = tmp_path / "bundle.json"
    result = terminal.run("passport", "show", PRODUCT, "--bundle", file, "--block", "101")
    assert result.exit_code == 0, result.output
    assert "at block 101" in result.stdout
    assert "bundle.json" in "".join(result.stderr.split())
    assert parse_bundle(file.read_bytes()).records[0].jws == anchored.world.jws["own"]


@pytest.mark.usefixtures("provable", "anchored")
@pytest.mark.parametrize("name", ["bundle.json.gz", "BUNDLE.GZ"])
def test_a_bundle_whose_name_says_so_is_compressed(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    plain, file = tmp_path / "bundle.json", tmp_path / name
    for made in (plain, file):
        result = terminal.run("passport", "show", PRODUCT, "--bundle", made, "--block", "101")
        assert result.exit_code == 0, result.output
    assert len(file.read_bytes()) < len(plain.read_bytes())
    assert unpacked(file.read_bytes()) == plain.read_bytes()


def test_a_bundle_that_cannot_be_made_is_not_written(
    terminal: Terminal, anchored: Server, tmp_path: Path
) -> None:
    with pytest.raises(UnavailableError):
        anchored.services.bundles.make(anchored.services.store.products()[0])
    result = terminal.run("passport", "show", PRODUCT, "--bundle", tmp_path / "bundle.json")
    assert result.exit_code == 3
    assert not (tmp_path / "bundle.json").exists()
