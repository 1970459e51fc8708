# SPDX-License-Identifier: Apache-2.0
"""The page in Chromium: files in, a verdict out, and nothing sent anywhere."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from filiera.proof.bundle import MAX_BYTES
from filiera.proof.packed import packed
from filiera.proof.trust import parse_trust, trust_digest, trust_words
from tests.support.browser import PATIENCE, chromium
from tests.support.compressed import READ, REFUSED
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
VECTORS = ROOT / "tests/vectors"
GOOD: dict[str, Any] = json.loads((VECTORS / "good-operator.json").read_text("utf-8"))
BUNDLE, TRUST = (VECTORS / GOOD[name] for name in ("bundle", "trust"))
DOCUMENTS = {name: (VECTORS / path).read_bytes() for name, path in GOOD["documents"].items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    run_node("backend/verifier/build.mjs", str(folder))
    return folder / "verifier.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


class Opened:
    """The page at phone width, at the instant of the vectors; it may neither ask nor complain."""

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.clock.set_fixed_time(float(GOOD["now"]))
        self.page.goto(file.as_uri())

    def choose(self, **files: Path | FilePayload) -> str:
        """What the page says once these are chosen."""
        for kind, file in files.items():
            name = file.name if isinstance(file, Path) else file["name"]
            self.page.set_input_files(f"#{kind}", file)
            expect(self.page.locator(f"#{kind}-name")).to_have_text(name)
        return self.said()

    def drop(self, files: dict[str, bytes]) -> None:
        """Let files fall anywhere on the page, all at once."""
        self.page.evaluate(
            """(files) => {
                const given = new DataTransfer();
                for (const [name, data] of files) {
                    given.items.add(new File([new Uint8Array(data)], name));
                }
                const options = { dataTransfer: given, bubbles: true, cancelable: true };
                document.body.dispatchEvent(new DragEvent("dragover", options));
                document.body.dispatchEvent(new DragEvent("drop", options));
            }""",
            [[name, list(data)] for name, data in files.items()],
        )

    def said(self) -> str:
        return self.page.locator("#result").inner_text()

    def headline(self) -> str:
        return self.page.locator(".verdict").inner_text()


@pytest.fixture
def opened(browser: Browser, built: Path) -> Iterator[Opened]:
    size: Any = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    found = Opened(context, built)
    yield found
    assert found.requests == [built.as_uri()]
    assert found.complaints == []
    assert found.page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize("how", ["not compressed", "as Filiera writes it"])
def test_bundle_trust_file_and_documents_dropped_together_are_told_apart(
    opened: Opened, how: str
) -> None:
    data = READ.get(how, BUNDLE.read_bytes())
    files = {"passport.json": data, "district.json": TRUST.read_bytes(), **DOCUMENTS}
    opened.drop(files)
    opened.page.wait_for_selector(".verdict.proven")
    assert "Proven" in opened.headline()
    assert "document-ok" in opened.page.locator("#result").text_content()  # type: ignore[operator]
    assert "Document not presented" not in opened.said()
    names = [opened.page.locator(f"#{kind}-name").inner_text() for kind in ("bundle", "trust")]
    assert names == ["passport.json", "district.json"]


@pytest.mark.parametrize("size", [8, MAX_BYTES + 1])
def test_a_document_that_happens_to_be_compressed_stays_a_document(
    opened: Opened, size: int
) -> None:
    opened.choose(trust=TRUST, bundle=BUNDLE)
    opened.drop({"report.gz": packed(b"x" * size)})
    expect(opened.page.locator("#documents-name")).to_have_text("report.gz")
    assert "Proven" in opened.headline()


def test_a_compressed_bundle_that_is_dropped_damaged_or_too_large_is_told(opened: Opened) -> None:
    for data in (READ["as Filiera writes it"][:-9], packed(BUNDLE.read_bytes() + bytes(MAX_BYTES))):
        opened.choose(trust=TRUST)
        opened.drop({"given.json.gz": data})
        expect(opened.page.locator("#bundle-name")).to_have_text("given.json.gz")
        assert "nothing was checked. given.json.gz:" in opened.said()
        opened.page.locator("#clear").click()


def test_the_trust_file_s_words_and_digest_are_those_of_the_command_line(opened: Opened) -> None:
    said = opened.choose(trust=TRUST, bundle=BUNDLE)
    digest = trust_digest(parse_trust(TRUST.read_bytes()))
    assert " ".join(trust_words(digest, "en")) in said
    assert digest.hex() in said


def test_the_page_shows_the_digest_of_the_script_that_runs(opened: Opened, built: Path) -> None:
    [script] = re.findall(r"<script>(.*?)</script>", built.read_text("utf-8"), re.DOTALL)
    shown = opened.page.locator("#script").inner_text()
    assert shown == hashlib.sha256(script.encode()).hexdigest()


def test_without_a_trust_file_nothing_is_proven(opened: Opened) -> None:
    assert "Without a trust file" in opened.choose(bundle=BUNDLE)
    assert "Could not check" in opened.headline()


def test_a_forged_document_is_disproven_and_a_foreign_one_named(opened: Opened) -> None:
    [name] = DOCUMENTS
    opened.choose(trust=TRUST, bundle=BUNDLE)
    forged: FilePayload = {"name": name, "mimeType": "", "buffer": b"forged"}
    opened.choose(documents=forged)
    assert "Disproven" in opened.headline()
    foreign: FilePayload = {"name": "holiday.jpg", "mimeType": "", "buffer": b"of nothing here"}
    opened.page.locator("#clear").click()
    opened.choose(trust=TRUST, bundle=BUNDLE)
    assert "No record names this file: holiday.jpg" in opened.choose(documents=foreign)


def test_required_documents_and_another_product_change_the_verdict(opened: Opened) -> None:
    opened.choose(trust=TRUST, bundle=BUNDLE)
    opened.page.locator("#require").check()
    assert "Could not check" in opened.headline()
    opened.page.locator("#require").uncheck()
    for typed, said in {
        "https://id.gs1.org/01/09520000000011": "Disproven",
        "9520000000028/LOT-1": "Proven",
        "9520000000020/LOT-1": "gs1-check-digit",
    }.items():
        opened.page.locator("#subject").fill(typed)
        opened.page.locator("#subject").blur()
        assert said in opened.said()


UNREADABLE = {
    "no JSON": (b"<html>", "json-malformed"),
    "no bundle": (b"{}", "bundle-malformed"),
    "a newer version": (b'{"filieraBundle":2}', "bundle-version"),
    "too large": (b" " * ((32 << 20) + 1), "bundle-too-large"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_told_with_its_code(opened: Opened, name: str) -> None:
    data, code = UNREADABLE[name]
    file: FilePayload = {"name": "given.json", "mimeType": "application/json", "buffer": data}
    said = opened.choose(bundle=file)
    assert "This could not be read, so nothing was checked. given.json:" in said
    assert code in said


def compressed(data: bytes) -> FilePayload:
    return {"name": "given.json.gz", "mimeType": "application/gzip", "buffer": data}


def test_a_compressed_bundle_is_what_is_inside_however_it_was_compressed(opened: Opened) -> None:
    opened.choose(trust=TRUST)
    for data in READ.values():
        opened.choose(bundle=compressed(data))
        assert "Proven" in opened.headline()
        opened.page.locator("#clear").click()
        opened.choose(trust=TRUST)


def test_a_compressed_file_that_holds_no_one_bundle_is_told_with_its_code(opened: Opened) -> None:
    for what, (data, code) in REFUSED.items():
        said = opened.choose(bundle=compressed(data))
        assert "This could not be read, so nothing was checked. given.json.gz:" in said, what
        assert code in said, what
        opened.page.locator("#clear").click()


def test_a_compressed_trust_file_is_none(opened: Opened) -> None:
    assert "json-" in opened.choose(trust=compressed(REFUSED["a trust file"][0]))


def test_a_trust_file_that_is_none_is_told_even_without_a_bundle(opened: Opened) -> None:
    assert "trust-malformed" in opened.choose(trust=BUNDLE)


def test_the_page_is_used_by_keyboard_alone_in_either_language(opened: Opened) -> None:
    page = opened.page
    opened.choose(trust=TRUST, bundle=BUNDLE)
    reached = []
    for _ in range(9):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    fields = ["language", "bundle", "trust", "documents", "subject", "require", "clear"]
    assert reached == [*fields, "SUMMARY", "SUMMARY"]
    page.keyboard.press("Enter")
    expect(page.locator("details[open]")).to_have_count(1)
    page.locator("#language").focus()
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("lang") == "it"
    assert "Provato" in opened.headline()
    assert page.title() == "Verificatore Filiera"


def test_of_many_documents_the_first_are_named_and_a_key_unfolds_the_others(opened: Opened) -> None:
    page = opened.page
    named, fold = page.locator("#documents-name"), page.locator("#documents-fold summary")
    opened.drop({f"report-{number}.pdf": b"%d" % number for number in range(6)})
    expect(named.locator("li")).to_have_count(6)
    expect(fold).to_be_hidden()
    opened.drop({f"more-{number}.pdf": b"+%d" % number for number in range(3)})
    expect(fold).to_have_text("and 4 more")
    shown = [f"report-{number}.pdf" for number in range(5)]
    assert named.inner_text().split() == [*shown, "and", "4", "more"]
    page.locator("#documents").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#language").click()
    expect(fold).to_have_text("e altri 4")
    others = ["report-5.pdf", *(f"more-{number}.pdf" for number in range(3))]
    assert named.inner_text().split() == [*shown, "e", "altri", "4", *others]
    page.locator("#clear").click()
    expect(named.locator("li")).to_have_count(0)
    expect(fold).to_be_hidden()


def test_what_a_file_holds_is_shown_as_text_and_never_as_markup(opened: Opened) -> None:
    name = "<img src=x onerror=alert(1)>.json"
    file: FilePayload = {"name": name, "mimeType": "application/json", "buffer": b"[]"}
    assert name in opened.choose(bundle=file)
    assert opened.page.locator("img").count() == 0
