# SPDX-License-Identifier: Apache-2.0
"""From the label's code to the verdict, on a phone: the sample on a real chain and real IPFS."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import parse_trust
from filiera.settings import Settings
from filiera.web.app import create_site
from tests.browser.conftest import Visiting
from tests.labels.reading import read_png
from tests.support.chain import Chain
from tests.support.gallery import served
from tests.support.ipfs import Ipfs
from tests.support.running import Running, sample_running
from tests.support.visits import HEADLINE

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("browser")]

FIRST_SCREEN = {
    "en": [
        "Proven, with a gap",
        "Sottoportico Esempio vouches for Cardigan Portico:",
        "7 of 7 steps and 6 of 6 claims are proven.",
        "Nobody states where one input comes from.",
        "One document that is named is not at hand.",
        "It does not say that it is true, nor that the garment in your hands is the one",
    ],
    "it": [
        "Provato, con una lacuna",
        "Sottoportico Esempio risponde di Cardigan Portico:",
        "7 di 7 passaggi e 6 di 6 dichiarazioni risultano provati.",
        "Di un componente nessuno dichiara l'origine.",
        "Un documento nominato non è disponibile.",
        "Non dice che sia vera, né che il capo che hai in mano sia quello che descrive.",
    ],
}
"""The verdict, who vouches for what, what is proven, what is missing, and what no proof says."""


@dataclass
class Shop:
    """Where the sample hangs: what runs behind it, and what its label's code holds."""

    running: Running
    label: str


@pytest.fixture(scope="module")
def shop(chain: Chain, ipfs: Ipfs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with ExitStack() as held:
        folder = tmp_path_factory.mktemp("shop")
        running = held.enter_context(sample_running(chain, ipfs, folder))
        running.finish()
        app = create_site(running.services, settings=Settings(page_age=0), background=False)
        url = held.enter_context(served(app))
        image = f"/v1/passports/{quote(running.product, safe='')}/qr.png"
        code = TestClient(app, base_url=url).get(image)
        [label] = read_png(code.content)
        assert label.text.startswith(f"{url}/01/")
        yield Shop(running, label.text)


def test_who_scans_the_label_reads_on_the_first_screen_what_is_proven_and_what_is_not(
    shop: Shop, visit: Visiting
) -> None:
    for language, said in FIRST_SCREEN.items():
        visitor = visit(at=None, locale=f"{language}-{language.upper()}")
        visitor.go(shop.label, language="")
        shown = visitor.first_screen()
        assert [each for each in said if each not in shown] == []
    visitor.settle()
    assert visitor.barriers() == []


def test_the_bundle_that_the_page_offers_proves_what_the_page_says(
    shop: Shop, visit: Visiting, tmp_path: Path
) -> None:
    page = visit(at=None, accept_downloads=True).go(shop.label)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the bundle").click()
    bundle = tmp_path / "bundle.json"
    downloading.value.save_as(bundle)
    trust = parse_trust(page.request.get(f"{shop.label.partition('/01/')[0]}/v1/trust").body())
    verdict = verify_bundle(parse_bundle(bundle.read_bytes()), trust, int(time.time()))
    assert verdict.outcome == "proven"
    assert verdict.subject == page.locator(".passport").get_attribute("data-product")


def test_an_outage_is_called_one_and_is_over_when_tried_again(shop: Shop, visit: Visiting) -> None:
    visitor = visit(at=None)
    page = visitor.go(shop.label)
    headline, again = page.locator(HEADLINE), page.locator("#summary .retry")
    outages = {"chain": "Could not check", "ipfs": "Documents could not be checked"}
    for part, said in outages.items():
        shop.running.part(part).cut()
        page.reload()
        expect(headline).to_have_text(said)
        assert "This is an outage, not a sign of forgery." in visitor.first_screen()
        visitor.follow(again)
        expect(headline).to_have_text(said)
        shop.running.part(part).mend()
        visitor.follow(again)
        expect(headline).to_have_text(FIRST_SCREEN["en"][0])
