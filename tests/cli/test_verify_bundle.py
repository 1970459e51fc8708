# SPDX-License-Identifier: Apache-2.0
"""A bundle on the command line: by a trust file alone, and what it is when it is none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from filiera.cli import clock, verify_bundle
from filiera.cli.session import Session
from filiera.errors import InputError
from filiera.proof.bundle import MAX_BYTES, Bundle, dump_bundle
from filiera.proof.evidence import Presented
from filiera.proof.trust import dump_trust
from filiera.proof.verdict_document import VerdictDocument, dump_verdict
from tests.cli.conftest import Terminal
from tests.support.blocks import made_header
from tests.support.compressed import PLAIN, READ, REFUSED, VECTORS
from tests.support.running import Running
from tests.support.trust import trust
from tests.support.world import CHAIN, GARMENT, REPORT, World

Writes = Callable[[str, bytes], Path]
SENTENCE = "This does not prove that what was said is true"


@pytest.fixture
def alone(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal that asks no server and no node."""
    for name in ("api", "rpc", "ledger"):
        monkeypatch.setattr(Session, name, property(lambda _self: pytest.fail("asked somebody")))
    return terminal


@pytest.fixture
def bundle(a_file: Writes) -> Path:
    """A bundle whose records are signed, under a header that nobody sealed."""
    world = World()
    others = [jws for name, jws in world.jws.items() if name != "own"]
    records = [Presented(jws) for jws in (world.jws["own"], *others)]
    made = Bundle((made_header().rlp,), tuple(records), ())
    return a_file("bundle.json", dump_bundle(made))


@pytest.fixture
def trusted(a_file: Writes) -> Path:
    """A trust file."""
    return a_file("trust.json", dump_trust(trust(chainId=CHAIN)))


def words(text: str) -> str:
    return " ".join(text.split())


def test_without_a_trust_file_nothing_of_the_chain_is_checked_and_it_says_so(
    alone: Terminal, bundle: Path
) -> None:
    result = alone.run("verify", bundle)
    assert result.exit_code == 3, result.output
    said = words(result.stdout)
    assert "Without --trust nothing that needs the chain could be checked." in said
    assert "signature-ok" in said
    assert SENTENCE in said
    last = result.stdout.splitlines()[-1]
    assert last == f"passport {GARMENT}: unknown (0 of 2 steps; no trust file)"


def test_by_a_trust_file_each_check_of_the_block_is_named(
    alone: Terminal, bundle: Path, trusted: Path
) -> None:
    result = alone.run("verify", bundle, "--trust", trusted)
    assert result.exit_code == 3
    assert "seal-missing" in result.stdout
    assert "By the trust file:" in result.stdout
    assert "Could not check" in words(result.stdout)


def test_another_product_than_the_one_that_is_meant_is_disproven(
    alone: Terminal, bundle: Path
) -> None:
    result = alone.run("verify", bundle, "--subject", "09520000000028/LOT-2")
    assert result.exit_code == 1
    assert "subject-mismatch" in result.stdout


def test_the_result_for_programs_says_whom_it_trusts_and_both_sentences(
    alone: Terminal, bundle: Path, trusted: Path, a_file: Writes
) -> None:
    (bundle.parent / "documents").mkdir()
    a_file("documents/report.pdf", REPORT)
    a_file("documents/other.txt", b"nobody names this")
    folder = bundle.parent / "documents"
    result = alone.run("verify", bundle, "--trust", trusted, "--documents", folder, "--json")
    said = json.loads(result.stdout)
    assert said["filesNotNamed"] == ["other.txt"]
    named = [line for record in said["records"] for line in record["documents"]]
    assert [line["presented"] for line in named] == [True]
    assert said["documentsNotPresented"] == []
    assert len(said["trust"]["words"]["it"].split()) == 12
    assert said["sentence"]["it"].startswith("Non verificato")
    document = VerdictDocument.model_validate(said)
    assert result.stdout == dump_verdict(document) + "\n"


def test_an_altered_document_is_disproven(alone: Terminal, bundle: Path, a_file: Writes) -> None:
    (bundle.parent / "documents").mkdir()
    a_file("documents/report.pdf", REPORT + b"!")
    result = alone.run("verify", bundle, "--documents", bundle.parent / "documents")
    assert result.exit_code == 1
    assert "document-hash-mismatch" in result.stdout


def test_a_document_that_is_required_and_not_there_is_not_proven(
    alone: Terminal, bundle: Path
) -> None:
    assert "document-missing" not in alone.run("verify", bundle).stdout
    assert "document-missing" in alone.run("verify", bundle, "--require-documents").stdout


def test_a_step_whose_required_document_is_not_there_is_itself_not_proven(
    alone: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    vector = json.loads((VECTORS / "document-missing.json").read_text("utf-8"))
    monkeypatch.setattr(clock, "seconds", lambda: vector["now"])
    file, by = (VECTORS / vector[name] for name in ("bundle", "trust"))
    row = r"1 +Weaving .*(proven|could not)"
    given = alone.run("verify", file, "--trust", by)
    required = alone.run("verify", file, "--trust", by, "--require-documents")
    assert [re.findall(row, each.stdout) for each in (given, required)] == [
        ["proven"],
        ["could not"],
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "json-malformed"),
        (b"\x00\x01 no JSON", "json-malformed"),
        (b'{"filieraBundle":1,"filieraBundle":1}', "json-not-i-json"),
        (b'{"filieraBundle":' + b"[" * 100 + b"]" * 100 + b"}", "json-too-deep"),
        (b"{}", "bundle-malformed"),
        (b'{"filieraBundle":1}', "bundle-malformed"),
        (b'{"filieraBundle":2}', "bundle-version"),
        (b'{"filieraBundle":1,"nodes":"' + b"A" * MAX_BYTES + b'"}', "bundle-too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_bundle_could_not_be_checked(
    alone: Terminal, trusted: Path, a_file: Writes, text: bytes, code: str
) -> None:
    result = alone.run("verify", a_file("b.json", text), "--trust", trusted, "--json")
    assert result.exit_code == 3, result.output
    assert json.loads(result.stdout)["error"]["code"] == code
    assert json.loads(result.stdout)["error"]["exit"] == 3


def test_a_header_that_is_none_could_not_be_checked(
    alone: Terminal, trusted: Path, a_file: Writes
) -> None:
    made = Bundle((b"\xc0",), (Presented(World().jws["own"]),), ())
    result = alone.run("verify", a_file("b.json", dump_bundle(made)), "--trust", trusted)
    assert result.exit_code == 3
    assert "[header-malformed]" in result.stderr


@pytest.mark.parametrize("how", READ)
def test_a_compressed_bundle_gives_the_same_document_whatever_its_name(
    alone: Terminal, a_file: Writes, how: str
) -> None:
    trusted = VECTORS / "trust" / "good-operator.json"
    plain = alone.run("verify", a_file("plain", PLAIN), "--trust", trusted, "--json")
    result = alone.run("verify", a_file("given.json", READ[how]), "--trust", trusted, "--json")
    assert json.loads(result.stdout)["filieraVerdict"] == 1
    assert (result.exit_code, result.stdout) == (plain.exit_code, plain.stdout)


@pytest.mark.parametrize("what", REFUSED)
def test_a_compressed_file_that_holds_no_one_bundle_could_not_be_checked(
    alone: Terminal, a_file: Writes, what: str
) -> None:
    data, code = REFUSED[what]
    result = alone.run("verify", a_file("b.json.gz", data), "--json")
    assert result.exit_code == 3, result.output
    assert json.loads(result.stdout)["error"]["code"] == code
    assert len(result.stderr.splitlines()) <= 3


def test_a_compressed_file_that_is_not_there_is_said_to_be_missing(alone: Terminal) -> None:
    result = alone.run("verify", "nowhere.json.gz")
    assert result.exit_code == 2
    assert "[file-unreadable]" in result.stderr


def test_a_compressed_trust_file_is_wrong_use(alone: Terminal, a_file: Writes) -> None:
    packed_trust = a_file("t.json.gz", REFUSED["a trust file"][0])
    result = alone.run("verify", a_file("b.json", PLAIN), "--trust", packed_trust)
    assert result.exit_code == 2
    assert "t.json.gz" in "".join(result.stderr.split())  # wrapped wherever the path is long


def test_a_bundle_is_known_by_its_first_member(a_file: Writes) -> None:
    assert verify_bundle.is_bundle(a_file("a", b' {\n "filieraBundle" : 1}'))
    assert not verify_bundle.is_bundle(a_file("b", b'{"id": "x", "filieraBundle": 1}'))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--max-age", "soon"), "usage"),
        (("--max-age", "-7d"), "usage"),
        (("--trust", "nowhere.json"), "usage"),
        (("--subject", "09520000000027"), "gs1-check-digit"),
    ],
)
def test_wrong_options_are_wrong_use(
    alone: Terminal, bundle: Path, more: tuple[str, str], code: str
) -> None:
    result = alone.run("verify", bundle, *more)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr


def test_a_trust_file_that_is_none_is_wrong_use(
    alone: Terminal, bundle: Path, a_file: Writes
) -> None:
    result = alone.run("verify", bundle, "--trust", a_file("t.json", b'{"filieraTrust":2}'))
    assert result.exit_code == 2
    assert "[trust-version]" in result.stderr
    assert "t.json" in "".join(result.stderr.split())


def test_the_options_of_bundles_are_for_bundles(terminal: Terminal) -> None:
    result = terminal.run("verify", "09520000000028/LOT-1", "--max-age", "7d")
    assert result.exit_code == 2
    assert "[usage]" in result.stderr


@pytest.mark.parametrize(
    ("text", "seconds"), [("7d", 604_800), ("12h", 43_200), ("30m", 1_800), ("90s", 90)]
)
def test_an_age_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert verify_bundle.seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "7", "d", "7.5d", "7 d", "7D", "\u0667d"])
def test_any_other_age_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        verify_bundle.seconds_of(text)


@pytest.mark.stack
def test_a_bundle_of_a_real_chain_is_proven_by_the_trust_file_alone(
    alone: Terminal, running: Running, a_file: Writes, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.finish()
    bundles, head = running.services.bundles, running.services.ledger.head()
    file = a_file("bundle.json", bundles.make(running.product))
    trusted = a_file("trust.json", dump_trust(bundles.trust))
    running.chain.cut()
    running.ipfs.cut()
    monkeypatch.setattr(clock, "seconds", lambda: head.time + 3_600)
    result = alone.run("verify", file, "--trust", trusted)
    assert result.exit_code == 0, result.output
    said = words(result.stdout)
    assert "Proven: Sottoportico Esempio vouches for" in said
    assert f"as of block {head.number}" in said
    assert SENTENCE in said
    last = result.stdout.splitlines()[-1]
    assert last == f"passport {running.product}: proven (7 of 7 steps; one operator's word)"
    italian = alone.run("verify", file, "--trust", trusted, FILIERA_LANG="it")
    assert "parola di un solo gestore" in words(italian.stdout)
    assert alone.run("verify", file, "--trust", trusted, "--max-age", "30m").exit_code == 3
    assert alone.run("verify", file, "--trust", trusted, "--require-documents").exit_code == 3
