# SPDX-License-Identifier: Apache-2.0
"""Section 5: the server's checks, what to take away, and where the browser's own verdict stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from filiera.proof.trust import dump_trust, trust_digest, trust_words
from filiera.web.assets import Assets
from filiera.web.questions import QUESTIONS
from tests.support.proven import trusting
from tests.support.server import Server
from tests.support.site import PAGE, Document, disproven, incomplete, parse, read
from tests.web.test_assets import MODULE
from tests.web.test_assets import PAGE as VERIFIER


def with_verifier(server: Server, folder: Path, *, built: bool = True) -> Assets:
    """Let the server have a verifier that is built, or none."""
    if built:
        (folder / "self-check.js").write_bytes(MODULE)
        (folder / "verifier.html").write_bytes(VERIFIER)
    assets = Assets(built=folder)
    state = server.client.app.state  # type: ignore[attr-defined]
    templates = type(state.site.templates)(assets)
    state.site = replace(state.site, assets=assets, templates=templates)
    return assets


CHECKS = Path(__file__).parents[3] / "docs/checks.md"
WORDS = {"proven": "proven", "disproven": "disproven", "unknown": "could not check"}


def passport(server: Server) -> Any:
    """The passport as the API gives it."""
    address = read(server).one("link", rel="alternate").attributes["href"]
    assert address
    return server.client.get(address).json()


def section(page: Document) -> str:
    """What is read in the section."""
    return " ".join(page.one("section", id="checks").text.split())


def test_the_server_says_its_outcome_how_many_checks_and_as_of_which_block(
    district: Server, tmp_path: Path
) -> None:
    with_verifier(district, tmp_path)
    view = district.services.passports.assemble("https://id.gs1.org/01/09520000000028/10/LOT-1")
    total = len(view.verdict.checks)
    said = section(read(district))
    assert f"This server says proven {total} of {total} checks are proven." in said
    assert "As of block 101, 1 October 2026" in said
    assert f"{total} checks by this server" in said


def test_the_whole_passport_comes_first_then_each_record_folded(district: Server) -> None:
    page = read(district)
    groups = [" ".join(each.text.split()) for each in page.of("summary") if "proven" in each.text]
    start = groups.index("proven The passport as a whole")
    assert groups[start + 1].startswith("proven The product's own record")
    assert groups[start + 2].startswith("proven Step 1")
    assert not [each for each in page.of("details", class_="checks") if "open" in each.attributes]


@pytest.mark.parametrize("make", [disproven, incomplete])
def test_every_check_that_does_not_hold_is_told_outright_and_what_holds_is_folded(
    make: Callable[[], Server],
) -> None:
    server = make()
    page = read(server)
    view = passport(server)
    for outcome, word in (("disproven", "disproven"), ("unknown", "could not check")):
        checks = [each for each in view["verdict"]["checks"] if each["outcome"] == outcome]
        codes = [f"{each['check']}: {each['code']}" for each in checks]
        told = [each for each in page.of("div", class_="failing-checks") if word in each.text]
        assert len(told) == bool(codes)
        for each in told:
            assert " ".join(each.text.split()).startswith(f"{word}: {len(codes)} check")
            assert all(each.text.count(code) == codes.count(code) for code in codes)
    server.store.close()


def test_every_named_check_is_asked_as_a_question_that_people_understand() -> None:
    named = re.findall(r"^### ([a-z-]+)$", CHECKS.read_text("utf-8"), re.MULTILINE)
    assert set(QUESTIONS) == set(named)


def test_what_was_asked_is_told_once_with_how_often_it_got_which_answer() -> None:
    server = disproven()
    asked = " ".join(read(server).one("ul", class_="questions").text.split())
    answers = Counter(
        (each["check"], each["outcome"]) for each in passport(server)["verdict"]["checks"]
    )
    for name in {name for name, _ in answers}:
        found = asked.partition(f"{QUESTIONS[name]} {name} ")[2].split("?")[0]
        told = {each: answers[name, each] for each in WORDS if answers[name, each]}
        words = " ".join(f"{WORDS[each]} {number}" for each, number in told.items())
        assert found.startswith(words)
    server.store.close()


def test_bundle_trust_file_and_verifier_are_there_to_take_away(
    district: Server, tmp_path: Path
) -> None:
    assets = with_verifier(district, tmp_path)
    district.services.bundles.trust = trusting(district.world, "qbft")
    page = read(district)
    kept = {
        each.attributes["download"]: each.attributes["href"] or ""
        for each in page.of("a")
        if "download" in each.attributes
    }
    assert set(kept) == {"bundle.json", "trust.json", "verifier.html"}
    trust = district.client.get(kept["trust.json"]).content
    assert trust == dump_trust(district.services.bundles.trust)
    assert district.client.get(kept["verifier.html"]).content == VERIFIER
    said = section(page)
    assert assets.verifier is not None
    assert assets.verifier.page.digest in said
    digest = trust_digest(district.services.bundles.trust)
    assert " ".join(trust_words(digest, "en")) in said
    assert "Who may seal blocks 4 validators together" in said
    for validator in district.services.bundles.trust.seal.validators:
        assert validator in said


def test_one_operator_is_called_what_it_is(district: Server) -> None:
    assert "one operator, so the chain is its word" in section(read(district))


def test_the_browser_is_told_what_to_compare_and_where_to_fetch(
    district: Server, tmp_path: Path
) -> None:
    with_verifier(district, tmp_path)
    page = read(district)
    told = page.one("div", id="self-check").attributes
    passport = district.client.get(page.of("link", rel="alternate")[0].attributes["href"]).json()
    assert told["data-outcome"] == passport["verdict"]["outcome"]
    assert told["data-standing"] == passport["verdict"]["standing"]["state"]
    assert told["data-record"] == passport["own"]["record"]
    assert (told["data-steps"], told["data-claims"]) == ("2/2", "1/1")
    for name in ("data-worker", "data-verifier", "data-trust"):
        assert district.client.get(told[name] or "").status_code == 200
    script = page.one("script", type="module").attributes["src"] or ""
    assert "self-check" in district.client.get(script).text


def test_every_part_that_a_script_asks_for_is_in_the_page(district: Server, tmp_path: Path) -> None:
    with_verifier(district, tmp_path)
    page = read(district)
    views = {each.attributes.get("data-view") for each in page.of("template")} - {None}
    reasons = {each.attributes.get("data-why") for each in page.of("template")} - {None}
    assert views == {
        *("asked-first", "checking", "verdict", "check", "left-out", "fault", "contradiction")
    }
    parts = {"unreached", "slow", "refused", "bundle", "trust", "browser", "address"}
    assert reasons == parts
    script = Assets().find(Assets().address("check.js").rpartition("/")[2]).body.decode()
    assert all(f'"{view}"' in script for view in views)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "the browser's own check is not built"), ("it", "non è stata costruita")],
)
def test_a_server_without_the_verifier_says_so_and_how_to_build_it(
    district: Server, tmp_path: Path, language: str, words: str
) -> None:
    with_verifier(district, tmp_path, built=False)
    page = parse(district.client.get(f"{PAGE}&lang={language}").text)
    said = section(page)
    assert words in said
    assert "node backend/verifier/build.mjs" in said
    assert "filiera verify bundle.json --trust trust.json" in said
    assert not page.of("script")
    assert not page.of("template")
    assert "verifier.html" not in district.client.get(PAGE).text
