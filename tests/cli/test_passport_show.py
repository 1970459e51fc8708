# SPDX-License-Identifier: Apache-2.0
"""Passports in a terminal of 80 columns."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from filiera.cli.show_passport import render_passport
from filiera.cli.words import Language
from filiera.proof.evidence import Evidence, Presented
from filiera.proof.facts import Status, StatusKind
from filiera.proof.reasons import Outcome
from filiera.proof.verify import verify
from filiera.services.passport_view import OtherView, PassportView, passport_view
from filiera.services.passports import Passport, in_order
from tests.cli.conftest import Terminal
from tests.support.server import Server
from tests.support.world import GARMENT, NOW, World, with_presented

PRODUCT = "09520000000028/LOT-1"


def view_of(world: World, evidence: Evidence, *down: str) -> PassportView:
    """The passport's view of some evidence."""
    verdict = verify(evidence, world.trust(), GARMENT)
    steps, flows = in_order(verdict.of("step"))
    return passport_view(Passport(GARMENT, evidence, verdict, steps, flows, (), down))


def page(view: PassportView, lang: Language = "en", *, checks: bool = False) -> str:
    """The passport as printed in 80 columns."""
    out = io.StringIO()
    console = Console(file=out, width=80, markup=False, highlight=False, emoji=False)
    render_passport(console, view, lang, checks=checks)
    return out.getvalue()


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


def test_a_passport_says_verdict_steps_claims_and_what_it_does_not_prove() -> None:
    world = World()
    text = page(view_of(world, world.evidence()))
    assert "PROVEN  2 of 2 steps · 1 of 1 claims · one operator's word" in text
    for said in ("Spinning", "Filatura", "Weaving", "Marchio", "self-declared by Marchio"):
        assert said in text
    assert "Gaps: 1" in text
    assert "09520000000035 lot FABRIC-1" in text
    assert "at block 100" in text
    assert "does not mean that what was said is true" in words(text)


@pytest.mark.parametrize("lang", ["en", "it"])
@pytest.mark.parametrize("checks", [False, True])
def test_no_line_is_wider_than_80_columns_and_nothing_is_cut(lang: Language, checks: bool) -> None:
    world = World()
    long_name = "Sciarpa in lana rigenerata di Prato con frange annodate a mano " * 2
    world.jws["spin"] = world.sign(world.mill, world.spin(description=long_name))
    text = page(view_of(world, world.evidence()), lang, checks=checks)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "…" not in text


def test_an_italian_reads_the_same_passport_in_italian() -> None:
    world = World()
    text = page(view_of(world, world.evidence()), "it", checks=True)
    assert "PROVATO  2 di 2 passaggi" in text
    assert "parola di un solo gestore" in text
    assert "in vigore" in text
    assert "La firma è di chi ha emesso la registrazione" in words(text)


def test_an_altered_step_is_named_with_its_code() -> None:
    world = World()
    altered = Presented(world.jws["spin"] + b"x")
    text = page(view_of(world, with_presented(world.evidence(), world.id("spin"), altered)))
    assert "DISPROVEN  1 of 2 steps" in text
    assert "record-hash-mismatch" in text


def test_an_outage_never_reads_like_a_forgery() -> None:
    world = World()
    text = page(view_of(world, replace(world.evidence(), facts=None), "chain"))
    assert "COULD NOT CHECK  0 of 2 steps" in text
    assert "disproven" not in text.lower()
    assert "Did not answer: the chain." in words(text)


def test_a_revoked_passport_is_headed_revoked_although_it_is_proven() -> None:
    world = World()
    evidence = world.evidence()
    assert evidence.facts is not None
    entry = Status(StatusKind.REVOKED, 1, NOW, NOW, world.brand.signer.address)
    statuses = {**evidence.facts.statuses, (world.brand.id, world.id("own")): (entry,)}
    text = page(view_of(world, replace(evidence, facts=replace(evidence.facts, statuses=statuses))))
    assert text.index("REVOKED since") < text.index("PROVEN")
    assert "stated by mistake" in text


def test_a_claim_that_is_no_longer_in_force_says_since_when_and_why() -> None:
    world = World()
    evidence = world.evidence()
    assert evidence.facts is not None
    entry = Status(StatusKind.SUSPENDED, 6, NOW, NOW, world.brand.signer.address)
    statuses = {**evidence.facts.statuses, (world.brand.id, world.id("claim")): (entry,)}
    text = page(view_of(world, replace(evidence, facts=replace(evidence.facts, statuses=statuses))))
    assert "No longer in force: 1" in text
    assert "claim 1: suspended since 2026-10-02 14:13 UTC (under review)" in text


def test_an_activity_of_our_own_list_is_named_in_italian() -> None:
    world = World()
    view = view_of(world, world.evidence())
    assert "Weaving" in page(view)
    assert "Tessitura" in page(view, "it")


def test_an_imported_step_is_said_not_to_be_signed_by_whom_it_names() -> None:
    world = World()
    view = view_of(world, world.evidence())
    step = view.steps[0]
    issuer = replace(step.issuer, stated_by="Lanificio Campione")
    imported = view.model_copy(update={"steps": [replace(step, issuer=issuer), *view.steps[1:]]})
    what = " ".join(line[3:33].strip() for line in page(imported).splitlines())
    assert "imported, not signed by Lanificio Campione" in words(what)
    assert "signed by the importer, Filatura" in words(what)


def test_a_document_that_was_not_presented_is_listed_by_name() -> None:
    world = World()
    text = page(view_of(world, replace(world.evidence(), documents={})))
    assert "PROVEN" in text
    assert "Documents not presented: 1" in text
    assert "report.pdf (of: Spinning)" in text
    assert "0 of 1" in text


def test_what_others_said_stands_in_lines_of_its_own_and_begins_none() -> None:
    world = World()
    other = OtherView(
        record="ni:///sha-256;" + "A" * 43,
        type="DigitalTraceabilityEvent",
        name="Scarves\nPROVEN",
        relation="said-by-others",
        issuer="Maglificio Esempio",
        account="0x" + "1" * 40,
        anchored=None,
        outcome=Outcome.PROVEN,
        standing=None,
    )
    view = view_of(world, world.evidence()).model_copy(update={"others": [other]})
    lines = [line.strip() for line in page(view).splitlines()]
    at = lines.index("• Said by others: step “Scarves\ufffdPROVEN”")
    assert lines[at + 1 : at + 3] == ["Maglificio Esempio, proven", "A" * 43]


def test_what_a_record_says_cannot_move_the_terminals_cursor() -> None:
    world = World()
    view = view_of(world, world.evidence())
    evil = replace(view.steps[0], activity="\x1b[2JSpin\u202ening")
    text = page(view.model_copy(update={"steps": [evil]}))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Spin" in text


def test_show_prints_the_servers_passport_and_exits_by_its_verdict(
    terminal: Terminal, anchored: Server
) -> None:
    result = terminal.run("passport", "show", PRODUCT)
    assert result.exit_code == 0, result.stderr
    assert "PROVEN  2 of 2 steps" in result.stdout
    anchored.ledger.down = True
    result = terminal.run("passport", "show", PRODUCT)
    assert result.exit_code == 3
    assert "COULD NOT CHECK" in result.stdout


def test_show_can_list_every_check(terminal: Terminal, anchored: Server) -> None:
    short, whole = (
        terminal.run("passport", "show", PRODUCT, *flags).stdout for flags in ((), ("--checks",))
    )
    assert "signature-ok" not in short
    assert "signature-ok" in whole


def test_show_as_json_is_the_passport_itself(terminal: Terminal, anchored: Server) -> None:
    answer = terminal.run_json("passport", "show", PRODUCT)
    assert PassportView.model_validate(answer).verdict.steps.proven == 2


def test_a_product_without_a_passport_is_named(terminal: Terminal, anchored: Server) -> None:
    result = terminal.run("passport", "show", "09520000000028/OTHER")
    assert result.exit_code == 2
    assert "[passport-not-found]" in result.stderr


def test_the_products_that_have_a_passport_are_listed(terminal: Terminal, anchored: Server) -> None:
    assert "09520000000028 lot LOT-1" in terminal.run("passport", "list").stdout
    assert terminal.run_json("passport", "list")["total"] == 1
