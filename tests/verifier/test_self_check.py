# SPDX-License-Identifier: Apache-2.0
"""The verifier as a module, in a page that allows scripts of its own server and nothing else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from filiera.proof.bundle import parse_bundle
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import parse_trust, trust_digest, trust_words
from filiera.proof.verdict_document import dump_verdict, verdict_document
from tests.support.browser import PATIENCE, chromium
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]
VECTORS = ROOT / "tests/vectors"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
PAGE = '<!doctype html><title>Page</title><script type="module" src="page.js"></script>'
SCRIPT = """
import { InputFault, selfCheck } from "./self-check.js";
const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const { now } = await (await fetch("vector.json")).json();
const trust = await bytes("trust.json");
const asked = { bundle: await bytes("bundle.json"), trust, now };
const found = ["en", "it"].map((language) => selfCheck({ ...asked, language }));
let fault = null;
try {
  selfCheck({ ...asked, bundle: trust, language: "en" });
} catch (error) {
  fault = [error instanceof InputFault, error.code];
}
globalThis.said = { found, fault, other: selfCheck({ ...asked, subject: "x", language: "en" }) };
document.body.append(Object.assign(document.createElement("p"), { id: "said" }));
"""


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, under the policy, and no word in the log."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    run_node("backend/verifier/build.mjs", str(tmp_path))
    vector = json.loads((VECTORS / "good-clique.json").read_text("utf-8"))
    for name in ("bundle", "trust"):
        (tmp_path / f"{name}.json").write_bytes((VECTORS / vector[name]).read_bytes())
    (tmp_path / "vector.json").write_text(json.dumps(vector))
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "page.js").write_text(SCRIPT)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_it_says_what_the_python_verifier_says_under_a_strict_policy(
    address: str, tmp_path: Path
) -> None:
    complaints: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#said", state="attached")
        said: Any = page.evaluate("said")
    english, italian = said["found"]
    trust = parse_trust((tmp_path / "trust.json").read_bytes())
    now = json.loads((tmp_path / "vector.json").read_text())["now"]
    verdict = verify_bundle(parse_bundle((tmp_path / "bundle.json").read_bytes()), trust, now)
    assert english["outcome"] == "proven"
    document = verdict_document(verdict, trust)
    for answer, language in ((english, "en"), (italian, "it")):
        assert answer["document"] == dump_verdict(document)
        assert answer["sentence"] == getattr(document.sentence, language)
        assert answer["trustWords"] == " ".join(trust_words(trust_digest(trust), language))
    assert [each["code"] for each in english["checks"]] == [each.code for each in verdict.checks]
    assert english["checks"][0]["words"] != italian["checks"][0]["words"]
    assert said["fault"] == [True, "bundle-malformed"]
    assert said["other"]["outcome"] == "disproven"
    assert [each for each in complaints if "favicon" not in each] == []
