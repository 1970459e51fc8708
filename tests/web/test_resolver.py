# SPDX-License-Identifier: Apache-2.0
"""Digital Links over HTTP, as GS1-Conformant Resolver 1.0 and the URI vectors want them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from filiera.domain.resolver.links import GS1_TERMS, LINKSET_JSON
from filiera.model.gs1_link import parse_digital_link
from filiera.settings import Settings
from tests.standards import standard_json
from tests.support.server import Server

HERE = "http://testserver"
BATCH = "/01/09520000000028/10/LOT-1"
ITEM = f"{BATCH}/21/0007"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    server.submit_all()
    server.anchor()
    yield server
    server.store.close()


@pytest.fixture(scope="module")
def late(server: Server) -> TestClient:
    """The same site, which compares an address with all others before with Digital Links."""
    app = server.restarted()
    del app.router.routes[0]
    return TestClient(app)


def get(server: Server, path: str, **headers: str) -> Any:
    return server.client.get(path, headers=BROWSER | headers, follow_redirects=False)


# What answers what


def test_a_scanned_label_opens_the_product_s_page_at_its_own_address(server):
    answer = get(server, BATCH)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert {"Accept", "Accept-Language"} <= set(re.split(", *", answer.headers["vary"]))


def test_the_same_page_again_is_not_sent_twice(server):
    tag = get(server, BATCH).headers["etag"]
    again = get(server, BATCH, **{"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert 'rel="linkset"' in again.headers["link"]


def test_an_item_leads_to_its_batch_with_the_query_passed_on(server):
    answer = get(server, f"{ITEM}?17=261231&lang=en")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{HERE}{BATCH}?17=261231&lang=en"
    assert server.client.get(answer.headers["location"], headers=BROWSER).status_code == 200


@pytest.mark.parametrize(
    ("query", "accept", "path"),
    [
        ("", "application/json", f"/v1/passports{BATCH}"),
        ("linkType=gs1:dpp", "*/*", f"/v1/passports{BATCH}"),
        ("linkType=gs1:pip", "*/*", BATCH),
        ("linkType=gs1:defaultLink", "*/*", BATCH),
        ("linkType=filiera:bundle", "*/*", f"/v1/passports{BATCH}/bundle"),
    ],
)
@pytest.mark.parametrize("asked", [BATCH, ITEM, f"{BATCH}/"])
def test_a_program_is_led_to_what_it_wants(server, asked, query, accept, path):
    answer = server.client.get(
        f"{asked}?{query}", headers={"Accept": accept}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (307, HERE + path)


def test_what_a_link_leads_to_is_there_and_of_the_type_that_is_said(server):
    linkset = get(server, f"{ITEM}?linkType=linkset").json()["linkset"]
    targets = [
        target
        for context in linkset
        for relation, targets in context.items()
        if relation.startswith("https://")
        for target in targets
    ]
    assert len(targets) > 5
    for target in targets:
        kind = target.get("type", "text/html")
        path = target["href"].removeprefix(HERE)
        if path.endswith("/bundle"):
            continue  # the fake chain proves nothing from storage
        answer = server.client.get(path, headers={"Accept": kind})
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("", LINKSET_JSON),
        ("?linkType=linkset", "text/html"),
        ("?linkType=all", "application/json"),
    ],
)
def test_the_linkset_is_given_as_rfc_9264_has_it(server, query, accept):
    answer = server.client.get(ITEM + query, headers={"Accept": accept})
    assert answer.headers["content-type"] == LINKSET_JSON
    (context,) = answer.json()["linkset"]
    assert context["anchor"] == HERE + BATCH
    assert context[f"{GS1_TERMS}defaultLink"] == [
        {"href": HERE + BATCH, "title": "Digital product passport"}
    ]
    assert "json-ld#context" in answer.headers["link"]


def test_a_place_is_answered_with_the_records_that_name_it(server):
    answer = get(server, "/414/9520000000004")
    assert answer.headers["content-type"] == LINKSET_JSON
    (context,) = answer.json()["linkset"]
    for target in context[f"{GS1_TERMS}traceability"]:
        assert server.client.get(target["href"].removeprefix(HERE)).status_code == 200


def test_links_lead_to_the_site_that_is_set_and_what_stands_before_the_key_is_read_over():
    server = Server(settings=Settings(public_url="https://brand.example/dpp"))
    server.submit_all()
    server.anchor()
    answer = get(server, f"/dpp{ITEM}")
    assert answer.headers["location"] == f"https://brand.example/dpp{BATCH}"
    assert get(server, f"/dpp{BATCH}").status_code == 200
    said = server.client.get("/.well-known/gs1resolver").json()
    assert said["resolverRoot"] == "https://brand.example/dpp"
    server.store.close()


# What is refused


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/01/09520000000027", 400, "gs1-check-digit"),
        (f"{BATCH}/foo", 400, "gs1-malformed"),
        ("/01/0952", 400, "gs1-malformed"),
        ("/01/09520000000028/10/A%0AB", 400, "gs1-malformed"),
        ("/01/09520000000028/10/%C3%A8", 400, "gs1-malformed"),
        ("/01/" + "9" * 3000, 400, "gs1-malformed"),
        (f"{BATCH}?17=999999", 400, "gs1-malformed"),
        ("/AQnYUc1gmiCNV4JGYgYAA", 400, "gs1-compressed"),
        ("/01/09520000000028/GJmSO3E", 400, "gs1-compressed"),
        ("/00/006141411234567890", 404, "gs1-key-not-served"),
        ("/8004/9520614141234567", 404, "gs1-key-not-served"),
        ("/01/09520000000028", 404, "passport-not-found"),
        ("/01/12312312312333", 404, "passport-not-found"),
        ("/417/9520000000004", 404, "gln-not-found"),
        (f"{BATCH}?linkType=gs1:allergenInfo", 404, "link-type-not-found"),
    ],
)
def test_what_cannot_be_answered_says_why_to_programs_and_to_people(server, path, status, code):
    problem = server.client.get(path, headers={"Accept": "application/json"})
    assert (problem.status_code, problem.json()["code"]) == (status, code)
    page = get(server, path)
    assert (page.status_code, page.headers["content-type"][:9]) == (status, "text/html")
    assert code in page.text
    assert 'action="/search"' in page.text


def test_a_key_that_is_not_served_is_named(server):
    problem = server.client.get("/00/006141411234567890", headers={"Accept": "application/json"})
    assert "SSCC (AI 00)" in problem.json()["detail"]
    assert "00/006141411234567890" in get(server, "/00/006141411234567890").text


def test_a_mistyped_number_stands_in_the_field_to_be_mended(server):
    assert 'value="01/09520000000027"' in get(server, "/01/09520000000027").text
    script = get(server, "/01/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert script.status_code == 400
    assert "<script>alert" not in script.text


def test_every_uri_vector_is_answered_as_it_says(server):
    """Valid: led on, or its key or the thing is not found; invalid: 400 if meant as a link."""
    answered = 0
    for vector in standard_json("gs1/digital-link-uri-vectors.json")["parse"]:
        parts = urlsplit(vector["uri"])
        # Scheme and host are not sent, so what is wrong about them is not seen here; and what
        # has no key is no address of a resolver's. A slash at the end is to be tolerated.
        written = vector["uri"].startswith(("http://", "https://"))
        meant = re.search(r"/[0-9]{2,4}/", parts.path) and not parts.path.endswith("/")
        if not written or not meant:
            continue
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        problem = server.client.get(target, headers={"Accept": "application/json"})
        answered += 1
        if vector["valid"]:
            codes = {"passport-not-found", "gln-not-found", "gs1-key-not-served"}
            assert (problem.status_code, problem.json()["code"] in codes) == (404, True), target
            served = parse_digital_link(vector["uri"]).key in ("01", "414", "417")
            assert served != (problem.json()["code"] == "gs1-key-not-served")
        else:
            assert problem.status_code == 400, target
            assert problem.json()["code"] in ("gs1-malformed", "gs1-check-digit")
    assert answered > 40


def test_the_api_s_own_addresses_are_no_digital_links(server):
    answer = server.client.get("/v1/nothing/01/09520000000028")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert server.client.get(f"/v1/passports{BATCH}").json()["product"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize(
    "path",
    [
        BATCH,
        ITEM,
        f"/shop{BATCH}",
        f"{BATCH}/audit",
        "/01/09520000000028/AQnYUc1gmiCNV4JG",
        "/01/v1/passports",
        "/01/",
        "/01x/09520000000028",
        "/8003/09520000000028",
        "/v1/01/09520000000028",
        "/static/01/09520000000028",
        "/docs",
        "/01/09520000000028%0A",
    ],
)
def test_a_link_that_is_looked_for_first_is_answered_as_if_it_were_not(server, late, path, method):
    first, last = (
        client.request(method, path, headers=BROWSER, follow_redirects=False)
        for client in (server.client, late)
    )
    assert (first.status_code, first.content) == (last.status_code, last.content)
    assert first.headers == last.headers


# Conformance around it


@pytest.mark.parametrize("path", [BATCH, ITEM, f"{BATCH}?linkType=linkset", "/414/9520000000004"])
def test_every_answer_names_the_linkset_and_may_be_read_by_any_site(server, path):
    for headers in ({}, {"Origin": "https://elsewhere.example"}):
        answer = get(server, path, **headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        asked = urlsplit(path).path
        assert f'<{HERE}{asked}?linkType=linkset>; rel="linkset"' in answer.headers["link"]
        assert 'title="' in answer.headers["link"]


def test_an_error_and_the_data_behind_a_redirection_may_be_read_by_any_site_as_well(server):
    elsewhere = {"Origin": "https://elsewhere.example", "Accept": "application/json"}
    for path in ("/01/09520000000027", f"/v1/passports{BATCH}"):
        answer = server.client.get(path, headers=elsewhere)
        assert answer.headers["access-control-allow-origin"] == "*"


def test_no_site_may_send_anything_through_a_reader_s_browser(server):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert server.client.options("/v1/records", headers=asked).status_code == 400


def test_head_and_options_are_answered(server):
    head = server.client.head(BATCH, headers=BROWSER)
    assert (head.status_code, head.content) == (200, b"")
    options = server.client.options(BATCH)
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    assert server.client.options(BATCH, headers=asked).status_code == 200
    assert server.client.post(BATCH).status_code == 405


def test_the_description_file_has_what_gs1_s_own_has(server):
    answer = server.client.get("/.well-known/gs1resolver")
    assert answer.headers["access-control-allow-origin"] == "*"
    said = answer.json()
    theirs = standard_json("gs1/resolver-ce/gs1resolver.json")
    assert said["resolverRoot"] == HERE
    assert said["supportedPrimaryKeys"] == ["01", "414", "417"]
    assert {type(each) for each in said["supportedLinkType"]} == {dict}
    shared = {name for name in said if name in theirs}
    assert {"name", "resolverRoot", "supportedLinkType", "supportedPrimaryKeys"} <= shared
    assert all(type(said[name]) is type(theirs[name]) for name in shared)
    for each in said["supportedLinkType"]:
        assert re.fullmatch(r"[a-zA-Z_][A-Za-z0-9_-]*?:", each["prefix"])


def test_a_language_that_is_not_there_gets_the_page_all_the_same(server):
    for language in ("fr", "xx-nonsense;q=9", "", "*"):
        assert get(server, BATCH, **{"Accept-Language": language}).status_code == 200


# Parts that are down


def test_while_the_chain_is_down_the_label_still_opens_its_page():
    server = Server()
    server.submit_all()
    server.anchor()
    server.ledger.down = True
    assert get(server, BATCH).status_code == 200
    assert get(server, ITEM).status_code == 307
    assert get(server, f"{BATCH}?linkType=linkset").status_code == 200
    server.store.close()
