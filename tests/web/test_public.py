# SPDX-License-Identifier: Apache-2.0
"""A whole network may see the pages and what they lead to; nothing there takes anything in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from filiera.web.public import READ, create_public_site
from tests.support.server import Server

BATCH = "/01/09520000000028/10/LOT-1"
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    server.submit_all()
    server.anchor()
    yield server
    server.store.close()


@pytest.fixture(scope="module")
def public(server: Server) -> TestClient:
    # The asker is on the machine itself: even so, nothing of the operator's is there.
    app = create_public_site(server.services, settings=server.settings)
    return TestClient(app, client=("127.0.0.1", 50000), raise_server_exceptions=False)


def test_the_page_is_the_one_that_the_whole_server_shows(server: Server, public: TestClient):
    shown = public.get(BATCH, headers=BROWSER)
    whole = server.client.get(BATCH, headers=BROWSER)
    assert shown.status_code == 200
    assert re.sub(r' · <a href="/docs">.*?</a>', "", whole.text) == shown.text


def test_every_link_of_every_page_leads_somewhere(public: TestClient):
    seen, waiting = set(), ["/", BATCH, f"{BATCH}?lang=en"]
    while waiting:
        page = public.get(waiting.pop(), headers=BROWSER)
        for link in re.findall(r'(?:href|src|action)="([^"#]+)', page.text):
            target = str(page.url.join(unescape(link)))
            if target.startswith("http://testserver") and target not in seen:
                seen.add(target)
                answer = public.get(target, headers=BROWSER)
                # The search form without its field; a file that nobody handed in; the proof
                # that the chain of these tests does not give.
                expected = {"/search": 400, "/documents": 404, "/v1/passports": 503}
                path = target.removeprefix("http://testserver")
                allowed = {200} | {c for p, c in expected.items() if path.startswith(p)}
                assert answer.status_code in allowed, target
    assert len(seen) > 8


@pytest.mark.parametrize("path", READ)
def test_what_a_page_leads_to_is_there_to_read(public: TestClient, server: Server, path: str):
    filled = path.replace("{product:path}", BATCH[1:]).replace("{record}", "A" * 43)
    answer = public.get("/v1" + filled.replace("{sha256}", "A" * 43))
    # Found, or missed by its own endpoint: not by one that is not there.
    missed = {"record-not-found", "document-not-found", "chain-unreachable"}
    assert answer.status_code == 200 or answer.json()["code"] in missed


def test_nothing_else_of_the_api_is_there(public: TestClient, server: Server):
    paths = server.client.get("/openapi.json").json()["paths"]
    kept = {f"/v1{path.replace(':path', '')}" for path in READ}
    assert kept < set(paths)
    refused = 0
    for path, methods in paths.items():
        filled = re.sub(r"\{[a-z0-9]+\}", "A" * 43, path)
        for method in methods:
            if method == "get" and path in kept:
                continue
            answer = public.request(method, filled, headers={"Accept": "application/json"})
            # The path of one product takes whatever follows it: no product is called so.
            assert answer.status_code in (400, 404, 405), (method, path)
            refused += 1
    assert refused > 12
    for path in ("/docs", "/openapi.json", "/docs/start.js", "/healthz", "/readyz"):
        assert public.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_no_address_that_can_be_read_takes_anything_else(
    public: TestClient, server: Server, method: str
) -> None:
    before = server.state()
    pages = ("/", "/passport?id=1", "/search?q=1", "/audit?id=1", "/audit/checks.csv?id=1")
    files = (f"/documents/{'A' * 43}", "/static/x.css", "/.well-known/gs1resolver", BATCH)
    api = [f"/v1{path.replace('{product:path}', BATCH[1:])}" for path in READ]
    for address in (*pages, *files, *api):
        answer = public.request(method, address, headers=BROWSER)
        assert answer.status_code == 405, address
        assert "script" not in answer.headers.get("content-type", "")
    assert server.state() == before


def test_nothing_can_be_handed_in(public: TestClient, server: Server):
    before = server.state()
    for jws in server.world.jws.values():
        answer = public.post(
            "/v1/records", content=jws, headers={"Content-Type": "application/vc+jwt"}
        )
        assert answer.status_code in (404, 405)
    for path in ("/v1/batches", "/v1/statuses", "/v1/verify", BATCH, "/", "/v1/trust"):
        assert public.post(path, json={}).status_code in (404, 405)
    assert server.state() == before
