# SPDX-License-Identifier: Apache-2.0
"""Claims on the command line: built, shown, asked for, signed and submitted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from filiera.model.ids import unb64url
from filiera.model.records import statement_of
from filiera.model.statement import Claim
from filiera.proof.facts import Entry
from filiera.proof.jws import parse_jws
from tests.cli.conftest import Terminal
from tests.support.server import Server
from tests.support.world import YARN

LOT = "09520000000011/YARN-1"
NEW = ("claim", "new", "--about", LOT, "--criterion", "chemical-evidence", "--as", "mill")


def stored_claim(server: Server, answer: Any) -> Claim:
    """What the server stored of a claim."""
    stored = server.store.get(unb64url(answer["id"]))
    assert stored is not None
    said = statement_of(parse_jws(stored.jws).payload).said
    assert isinstance(said, Claim)
    return said


def test_a_claim_is_shown_and_signed_only_after_a_yes(terminal: Terminal, anchored: Server) -> None:
    result = terminal.run(*NEW, answer="y\n")
    assert result.exit_code == 0, result.stderr
    for shown in ("Chemical evidence", "09520000000011 lot YARN-1", "your own word", "Filatura"):
        assert shown in result.stderr
    assert "ni:///sha-256;" in result.stdout
    assert "anchored" in result.stdout


@pytest.mark.parametrize("answer", ["n\n", "\n", "maybe\n"])
def test_anything_but_a_yes_signs_and_sends_nothing(
    terminal: Terminal, anchored: Server, answer: str
) -> None:
    before = len(anchored.store.about([YARN]))
    result = terminal.run(*NEW, answer=answer)
    assert result.exit_code == 2
    assert "[cancelled]" in result.stderr
    assert len(anchored.store.about([YARN])) == before


def test_where_nobody_answers_nothing_is_signed(terminal: Terminal, anchored: Server) -> None:
    result = terminal.run(*NEW, answer="")
    assert result.exit_code == 2
    assert "--yes" in result.stderr


def test_a_claim_is_self_declared_by_its_signer(terminal: Terminal, anchored: Server) -> None:
    claim = stored_claim(anchored, terminal.run_json(*NEW, "--yes"))
    assert claim.self_declared
    assert claim.party.id == anchored.world.mill.did
    assert claim.party.name == "Filatura"
    assert [product.id for product in claim.products] == [YARN]


def test_a_certificate_goes_with_the_claim_and_stays_the_suppliers_word(
    terminal: Terminal, anchored: Server, a_file: Callable[[str, bytes], Path]
) -> None:
    certificate = a_file("test report.pdf", b"%PDF-1.7 a certificate")
    args = ("--certificate", certificate, "--scheme", "https://scheme.example/x Scheme X")
    result = terminal.run(
        *NEW, *args, "--number", "N-7", "--valid-until", "2027-03-01", answer="y\n"
    )
    assert result.exit_code == 0, result.stderr
    assert "its certifier signs nothing here" in " ".join(result.stderr.split()).replace("│ ", "")
    stored = anchored.store.about([YARN])[-1]
    claim = stored_claim(anchored, {"id": result.stdout.split("sha-256;")[1][:43]})
    assert (claim.self_declared, claim.certificate_number) == (True, "N-7")
    assert (claim.scheme.id, claim.scheme.name) == ("https://scheme.example/x", "Scheme X")
    (document,) = anchored.store.documents_of(stored.id)
    assert anchored.documents.get(document) == b"%PDF-1.7 a certificate"
    assert document.media_type == "application/pdf"


def test_a_scheme_known_by_name_only_says_no_more_than_its_name(
    terminal: Terminal, anchored: Server, a_file: Callable[[str, bytes], Path]
) -> None:
    args = ("--certificate", a_file("c.pdf", b"%PDF-"), "--scheme", "Sample Scheme", "--yes")
    claim = stored_claim(anchored, terminal.run_json(*NEW, *args))
    assert claim.scheme.name == "Sample Scheme"
    assert claim.scheme.id == "https://filiera.example/ns/v1#scheme-sample%20scheme"


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"--about": "09520000000012/YARN-1"}, "gs1-check-digit", "09520000000011/YARN-1"),
        ({"--about": "yarn"}, "gs1-malformed", "GTIN/LOT"),
        ({"--about": "urn:epc:id:sscc:9521234.1234567891"}, "gs1-malformed", "no product"),
        ({"--criterion": "tracability"}, "criterion-unknown", "Did you mean traceability"),
        ({"--criterion": "chemcal"}, "criterion-unknown", "Did you mean chemical-evidence"),
        ({"--criterion": "colour"}, "criterion-unknown", "quality-of-work"),
        ({"--criterion": "s"}, "criterion-unknown", "social-ethical"),
        ({"--valid-until": "01/03/2027"}, "date-malformed", "2027-03-01"),
        ({"--valid-until": "2020-01-01"}, "record-schema", "validUntil"),
        ({"--assessed-on": "2027-02-30"}, "date-malformed", "--assessed-on"),
        ({"--scheme": "Sample"}, "usage", "--scheme"),
        ({"--certificate": "nowhere.pdf"}, "file-unreadable", "nowhere.pdf"),
        ({"--as": "nobody"}, "key-not-found", "nobody"),
    ],
)
def test_bad_input_names_what_is_wrong_and_sends_nothing(
    terminal: Terminal, anchored: Server, change: dict[str, str], code: str, says: str
) -> None:
    given = {"--about": LOT, "--criterion": "chemical-evidence", "--as": "mill"} | change
    options = [part for pair in given.items() for part in pair]
    before = len(anchored.store.about([YARN]))
    result = terminal.run("claim", "new", *options, "--yes")
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert says in " ".join(result.stderr.split())
    assert len(anchored.store.about([YARN])) == before


def test_an_empty_certificate_is_refused(
    terminal: Terminal, anchored: Server, a_file: Callable[[str, bytes], Path]
) -> None:
    result = terminal.run(*NEW, "--certificate", a_file("c.pdf", b""), "--yes")
    assert result.exit_code == 2
    assert "[document-empty]" in result.stderr


@pytest.mark.parametrize("written", ["chemical", "Evidenze chimiche", "CHEMICAL-EVIDENCE"])
def test_a_criterion_may_be_abbreviated_or_named_in_italian(
    terminal: Terminal, anchored: Server, written: str
) -> None:
    args = ("claim", "new", "--about", LOT, "--criterion", written, "--as", "mill", "--yes")
    claim = stored_claim(anchored, terminal.run_json(*args))
    assert [each.code for each in claim.criteria] == ["chemical-evidence"]


def test_an_account_that_nobody_enrolled_is_told_before_anything_is_asked(
    terminal: Terminal, anchored: Server
) -> None:
    terminal.run("key", "new", "stranger")
    result = terminal.run(*NEW[:-1], "stranger", "--yes")
    assert result.exit_code == 1
    assert "[account-unknown]" in result.stderr


def test_a_closed_account_is_told_before_anything_is_asked(
    terminal: Terminal, anchored: Server
) -> None:
    address = anchored.world.mill.signer.address
    account = anchored.ledger.accounts[address]
    closed = Entry(account.scopes[0].effective + 1, account.scopes[0].recorded + 1, 0)
    anchored.ledger.accounts[address] = replace(account, scopes=(*account.scopes, closed))
    result = terminal.run(*NEW, "--yes")
    assert result.exit_code == 1
    assert "[account-closed]" in result.stderr


def test_a_chain_that_is_down_stores_nothing_and_can_be_tried_again(
    terminal: Terminal, anchored: Server
) -> None:
    anchored.ledger.down = True
    result = terminal.run(*NEW, "--yes")
    assert result.exit_code == 3
    assert "[chain-unreachable]" in result.stderr
    anchored.ledger.down = False
    assert terminal.run(*NEW, "--yes").exit_code == 0


def test_without_a_server_it_says_how_to_start_one(terminal: Terminal) -> None:
    terminal.run("key", "new", "mill")
    result = terminal.run(*NEW, "--yes")
    assert result.exit_code == 3
    assert "[api-unreachable]" in result.stderr
    assert "filiera demo" in result.stderr


def test_an_italian_reads_italian(terminal: Terminal, anchored: Server) -> None:
    result = terminal.run(*NEW, answer="s\n", FILIERA_LANG="it")
    assert result.exit_code == 0
    assert "È la tua parola" in result.stderr
    assert "La dichiarazione è firmata" in result.stdout
