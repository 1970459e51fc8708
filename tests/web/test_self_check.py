# SPDX-License-Identifier: Apache-2.0
"""The browser's own verdict on the page of a product, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.responses import HTMLResponse, JSONResponse, Response

from filiera.model.ids import b64url, unb64url
from filiera.proof.trust import dump_trust, trust_digest, trust_words
from filiera.web.assets import BUILT
from tests.support.browser import chromium
from tests.support.compressing import compressed
from tests.support.hostile import ANSWERED, Site, opened, reader, served
from tests.support.proven import trusting
from tests.support.proving import proving
from tests.support.server import Server
from tests.support.site import PAGE, SITUATIONS, anchored

pytestmark = pytest.mark.stack
OTHER = "/01/09520000000042/10/LOT-9"
BUNDLE = "/v1/passports/https%3A%2F%2Fid.gs1.org%2F01%2F09520000000028%2F10%2FLOT-1/bundle"
ALERT = "[role=alert]"
DROP = """
([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
  document.querySelector("#self-check h3").dispatchEvent(drop);
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert (BUILT / "self-check.js").is_file(), "the verifier is not built: run `make setup`"
    with chromium() as started:
        yield started


@pytest.fixture
def site() -> Iterator[Site]:
    with served(proving(anchored())) as started:
        yield started
    started.server.store.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with reader(browser, site) as at_hand:
        yield at_hand


def said(page: Page) -> str:
    return " ".join(page.locator("[data-place=said]").inner_text().split())


def marked(page: Page) -> str:
    return page.locator(ANSWERED).inner_text().strip()


def bundle_of(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = site.server.client.get(BUNDLE).json()
    return found


def compact(value: Any) -> Response:
    return Response(json.dumps(value, separators=(",", ":")), media_type="application/json")


# What both say


@pytest.mark.parametrize("name", SITUATIONS)
def test_browser_and_server_say_the_same_of_every_state_and_an_outage_is_no_contradiction(
    browser: Browser, name: str
) -> None:
    server = proving(SITUATIONS[name]())
    with served(server) as site, reader(browser, site) as page:
        opened(page, site)
        outcome = page.get_attribute("#self-check", "data-outcome")
        if name == "outage-chain":
            assert "chain-unreachable" in said(page)
            assert marked(page) == "could not check"
        elif name == "outage-documents":
            # The server's own check of the documents is no part of a bundle.
            assert (outcome, marked(page)) == ("proven", "proven")
        else:
            assert marked(page).replace("could not check", "unknown") == outcome
        assert page.locator(ALERT).count() == 0
    server.store.close()


def test_it_says_what_was_proven_and_by_which_pins_in_the_readers_language(
    page: Page, site: Site
) -> None:
    opened(page, site)
    assert "Marchio vouches for 09520000000028 lot LOT-1" in said(page)
    pins = page.locator("[data-place=more]").inner_text()
    digest = trust_digest(site.server.services.bundles.trust)
    assert " ".join(trust_words(digest, "en")) in pins
    assert page.locator("[data-place=pins]").is_visible()
    opened(page, site, language="it")
    assert marked(page) == "provato"
    assert "Marchio risponde di 09520000000028 lotto LOT-1" in said(page)
    assert " ".join(trust_words(digest, "it")) in page.locator("[data-place=more]").inner_text()


def test_every_check_of_the_browser_can_be_unfolded(page: Page, site: Site) -> None:
    opened(page, site)
    page.click(".found-all summary")
    checks = page.locator(".found-all li")
    total = int(said(page).split(" of ")[1].split()[0])
    expect(checks).to_have_count(total)
    assert "seal: seal-operator-ok" in checks.all_inner_texts()[0]


# A server that lies


def test_a_tampered_own_record_is_disproven_and_heads_the_page_that_says_proven(
    page: Page, site: Site
) -> None:
    bundle = bundle_of(site)
    head, payload, signature = bundle["records"][0]["jws"].split(".")
    altered = unb64url(payload).replace(b'"name":"Passport"', b'"name":"Pastport"')
    bundle["records"][0]["jws"] = f"{head}.{b64url(altered)}.{signature}"
    site.answers["/bundle"] = compact(bundle)
    opened(page, site)
    assert marked(page) == "disproven"
    alert = page.locator(ALERT)
    assert page.locator("article > :first-child").get_attribute("role") == "alert"
    assert "The server says: proven" in alert.inner_text().replace("\n", "")
    assert "Do not rely on what this page says." in alert.inner_text()
    assert "signature" in page.locator("[data-place=more] .found").first.inner_text()


def test_a_step_that_is_withheld_is_not_proven_and_heads_the_page(page: Page, site: Site) -> None:
    bundle = bundle_of(site)
    del bundle["records"][1]
    site.answers["/bundle"] = compact(bundle)
    opened(page, site)
    assert marked(page) == "could not check"
    assert "take nothing on this page for proven" in page.locator(ALERT).inner_text()


def test_another_products_bundle_is_disproven_for_the_address_that_the_reader_sees(
    page: Page, site: Site
) -> None:
    site.instead[OTHER] = PAGE
    opened(page, site, OTHER)
    assert page.get_attribute("#self-check", "data-outcome") == "proven"
    assert marked(page) == "disproven"
    assert "09520000000042 lot LOT-9" in page.locator(ALERT).inner_text()
    page.click(".found-all summary")
    expect(page.locator(".found-all code", has_text="subject-mismatch")).to_have_count(1)


def test_a_revocation_that_the_page_leaves_out_heads_it(page: Page, site: Site) -> None:
    before = site.server.client.get(f"{PAGE}&lang=en").text
    site.server.ledger.statuses.update(SITUATIONS["revoked"]().ledger.statuses)
    site.answers["/passport"] = HTMLResponse(before)
    opened(page, site)
    assert marked(page) == "proven"
    told = page.locator(ALERT).inner_text().replace("\n", "")
    assert "The server says: in force" in told
    assert "revoked" in told


def test_a_page_about_another_record_than_the_bundles_is_headed_by_that(
    page: Page, site: Site
) -> None:
    record = site.server.client.get(f"{PAGE}&lang=en").text
    other = record.replace('data-record="ni:///sha-256;', 'data-record="ni:///sha-256;A')
    site.answers["/passport"] = HTMLResponse(other)
    opened(page, site)
    assert "another passport" in page.locator(ALERT).inner_text()


# An outage, and what is no bundle


def test_an_answer_that_does_not_come_reads_try_again_and_trying_again_helps(
    page: Page, site: Site
) -> None:
    problem = {"code": "chain-unreachable", "title": "The chain did not answer."}
    site.answers["/bundle"] = JSONResponse(problem, 503)
    opened(page, site)
    assert marked(page) == "could not check"
    assert "chain-unreachable" in said(page)
    assert "says nothing about the product" in said(page)
    assert page.locator(ALERT).count() == 0
    site.answers.clear()
    page.focus("#self-check [data-act=check]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{ANSWERED}.tone-proven")
    # Whoever works by keyboard is still where they were.
    assert page.evaluate("document.activeElement.dataset.place") == "said"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (HTMLResponse("<p>Sorry"), "json-malformed"),
        (JSONResponse({"filieraBundle": 2}), "bundle-version"),
        (JSONResponse([]), "json-malformed"),
        (Response(b""), "json-malformed"),
        (Response(b"<p>Bad gateway", 502), "HTTP 502"),
        (JSONResponse({"code": "<b>x</b>"}, 500), "HTTP 500"),
    ],
)
def test_what_is_no_bundle_could_not_be_checked_and_disproves_nothing(
    page: Page, site: Site, answer: Response, code: str
) -> None:
    site.answers["/bundle"] = answer
    opened(page, site)
    assert marked(page) == "could not check"
    assert code in said(page)
    assert page.locator(ALERT).count() == 0


def test_a_server_that_is_gone_could_not_be_asked(page: Page, site: Site) -> None:
    page.route("**/bundle", lambda route: route.abort())
    opened(page, site)
    assert "This server did not answer" in said(page)


def test_a_verifier_that_does_not_come_is_an_outage_too(page: Page, site: Site) -> None:
    site.answers[site.server.app.state.site.assets.verifier.module.address] = Response("gone", 503)
    opened(page, site)
    assert marked(page) == "could not check"
    assert page.locator("[data-act=check]").count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/passport?id=(01)09520000000028(10)LOT-1",
        f"/{compressed([('01', '09520000000028'), ('10', 'LOT-1')])}",
    ],
)
def test_an_address_that_only_the_server_reads_leads_to_one_that_both_do(
    page: Page, site: Site, address: str
) -> None:
    opened(page, site, address)
    assert "gs1-malformed" in said(page)
    page.click("[data-place=said] a")
    page.wait_for_selector(f"{ANSWERED}.tone-proven")
    assert page.url.startswith(f"{site.url}/01/09520000000028/10/LOT-1")


# Pins of the reader's own


def trust_file(folder: Path, server: Server, **changed: Any) -> Path:
    file = folder / "association.json"
    file.write_bytes(dump_trust(trusting(server.world, "operator", **changed)))
    return file


def test_a_readers_own_trust_file_is_used_instead_of_the_servers(
    page: Page, site: Site, tmp_path: Path
) -> None:
    opened(page, site)
    page.set_input_files("#self-check input[type=file]", trust_file(tmp_path, site.server))
    page.wait_for_selector("[data-act=server-trust]")
    assert marked(page) == "proven"
    assert "your file association.json" in page.locator("[data-place=more]").inner_text()
    assert page.locator(ALERT).count() == 0


def test_a_trust_file_can_be_dropped_too(page: Page, site: Site, tmp_path: Path) -> None:
    opened(page, site)
    text = trust_file(tmp_path, site.server).read_text("utf-8")
    page.evaluate(DROP, ["dropped.json", text])
    page.wait_for_selector("[data-act=server-trust]")
    assert marked(page) == "proven"
    assert "your file dropped.json" in page.locator("[data-place=more]").inner_text()


def test_by_a_trust_file_of_another_chain_nothing_here_holds_and_that_heads_the_page(
    page: Page, site: Site, tmp_path: Path
) -> None:
    other = trust_file(tmp_path, site.server, genesisHash="0x" + "77" * 32)
    opened(page, site)
    page.set_input_files("#self-check input[type=file]", other)
    page.wait_for_selector(ALERT)
    assert marked(page) == "disproven"
    assert "association.json" in page.locator(ALERT).inner_text()
    page.click("[data-act=server-trust]")
    page.wait_for_selector(f"{ANSWERED}.tone-proven")
    assert page.locator(ALERT).count() == 0


def test_what_is_no_trust_file_is_said_and_the_servers_can_be_taken_again(
    page: Page, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "photo.json").write_text("{}")
    opened(page, site)
    page.set_input_files("#self-check input[type=file]", tmp_path / "photo.json")
    page.wait_for_selector("[data-act=server-trust]")
    assert "trust-malformed" in said(page)
    assert marked(page) == "could not check"
    page.click("[data-act=server-trust]")
    page.wait_for_selector(f"{ANSWERED}.tone-proven")


# How it is loaded


def test_it_is_loaded_after_the_page_and_asked_for_first_where_data_is_dear(
    browser: Browser, site: Site
) -> None:
    for saving in (False, True):
        with reader(browser, site) as page:
            order: list[str] = []
            page.on("load", lambda _, order=order: order.append("load"))
            page.on("request", lambda asked, order=order: order.append(asked.url))
            if saving:
                page.add_init_script(
                    "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
                )
                page.goto(f"{site.url}{PAGE}")
                button = page.locator("[data-act=check]")
                button.wait_for()
                assert not any("self-check" in each or "/bundle" in each for each in order)
                button.click()
                page.wait_for_selector(f"{ANSWERED}.tone-proven")
            else:
                opened(page, site)
            loaded = order.index("load")
            late = [n for n, each in enumerate(order) if "worker" in each or "/v1/" in each]
            assert late
            assert all(number > loaded for number in late)


def test_without_scripts_everything_else_is_there(browser: Browser, site: Site) -> None:
    with reader(browser, site, java_script_enabled=False) as page:
        page.goto(f"{site.url}{PAGE}&lang=en")
        text = page.locator("#checks").inner_text()
        assert "runs no scripts on this page" in text
        assert "filiera verify bundle.json --trust trust.json" in text
        assert page.locator("[data-place=pins]").is_hidden()
        assert page.locator("details.checks").count() == 8
