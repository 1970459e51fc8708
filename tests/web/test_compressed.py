# SPDX-License-Identifier: Apache-2.0
"""A compressed Digital Link is answered as the one that it stands for, and says which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from filiera.domain.resolver.links import LINKSET_JSON
from filiera.model.gs1_compressed import uncompressed
from filiera.settings import Settings
from tests.support.compressing import compressed
from tests.support.server import Server

HERE = "http://testserver"
GTIN = ("01", "09520000000028")
LOT, SERIAL = ("10", "LOT-1"), ("21", "0007")
BATCH = "/01/09520000000028/10/LOT-1"
ITEM = f"{BATCH}/21/0007"
WHOLE = f"/{compressed([GTIN, LOT])}"
CODED = f"/{compressed([GTIN, LOT], code='0B')}"
PARTIAL = f"/01/09520000000028/{compressed([LOT])}"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
JSON = {"Accept": "application/json"}
SPELLINGS = [WHOLE, CODED, PARTIAL, f"{WHOLE}/", f"{PARTIAL}/", f"/dpp{WHOLE}", f"/dpp{PARTIAL}"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    server.submit_all()
    server.anchor()
    yield server
    server.store.close()


def get(server: Server, path: str, headers: dict[str, str] = BROWSER) -> Any:
    return server.client.get(path, headers=headers, follow_redirects=False)


def same_as(path: str) -> str:
    return f'<{HERE}{path}>; rel="owl:sameAs"'


@pytest.mark.parametrize("path", SPELLINGS)
def test_a_compressed_link_opens_the_very_page_of_the_one_in_full(server, path):
    answer, full = get(server, path), get(server, BATCH)
    assert (answer.status_code, answer.text) == (200, full.text)
    assert same_as(BATCH) in answer.headers["link"]
    assert f'<{HERE}{BATCH}?linkType=linkset>; rel="linkset"' in answer.headers["link"]
    for name in ("etag", "vary", "cache-control", "access-control-allow-origin"):
        assert answer.headers[name] == full.headers[name]


def test_a_link_in_full_is_not_said_to_be_another(server):
    assert "sameAs" not in get(server, BATCH).headers["link"]


@pytest.mark.parametrize("path", SPELLINGS)
@pytest.mark.parametrize(
    ("query", "accept"), [("", LINKSET_JSON), ("?linkType=linkset", "text/html")]
)
def test_a_linkset_is_of_the_link_in_full(server, path, query, accept):
    answer = get(server, path + query, {"Accept": accept})
    assert answer.headers["content-type"] == LINKSET_JSON
    assert answer.json() == get(server, f"{BATCH}?linkType=linkset").json()
    assert {each["anchor"] for each in answer.json()["linkset"]} == {HERE + BATCH}
    assert same_as(BATCH) in answer.headers["link"]


@pytest.mark.parametrize(
    ("query", "accept", "location"),
    [
        ("", "application/json", f"/v1/passports{BATCH}"),
        ("?linkType=gs1:dpp&lang=en", "*/*", f"/v1/passports{BATCH}?lang=en"),
        ("?linkType=filiera:bundle", "*/*", f"/v1/passports{BATCH}/bundle"),
    ],
)
def test_a_program_is_led_to_what_it_wants(server, query, accept, location):
    for path in (WHOLE, PARTIAL):
        answer = get(server, path + query, {"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (307, HERE + location)
        assert 'rel="owl:sameAs"' in answer.headers["link"]


def test_an_item_leads_to_its_batch_with_all_that_was_compressed_but_its_serial_number(server):
    short = compressed([GTIN, SERIAL, LOT, ("17", "261231")], [("lang", "en")])
    answer = get(server, f"/{short}?utm=a")
    passed_on = "utm=a&17=261231&lang=en"
    assert (answer.status_code, answer.headers["location"]) == (
        307,
        f"{HERE}{BATCH}?{passed_on}",
    )
    assert same_as(f"{ITEM}?{passed_on}") in answer.headers["link"]


def test_a_type_of_link_may_be_compressed_and_one_that_is_asked_for_comes_first(server):
    short = compressed([GTIN, LOT], [("linkType", "gs1:dpp")])
    led = get(server, f"/{short}", {"Accept": "*/*"}).headers["location"]
    assert led == f"{HERE}/v1/passports{BATCH}"
    assert get(server, f"/{short}?linkType=linkset").json()["linkset"]


def test_a_place_is_answered_with_the_records_that_name_it(server):
    answer = get(server, f"/{compressed([('414', '9520000000004')])}")
    assert answer.json() == get(server, "/414/9520000000004").json()
    assert same_as("/414/9520000000004") in answer.headers["link"]


def test_head_and_options_are_answered_and_any_site_may_read(server):
    head = server.client.head(WHOLE, headers=BROWSER)
    assert (head.status_code, head.content) == (200, b"")
    assert same_as(BATCH) in head.headers["link"]
    options = server.client.options(WHOLE)
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert get(server, WHOLE).headers["access-control-allow-origin"] == "*"
    assert server.client.post(WHOLE).status_code == 405


def test_links_lead_to_the_site_that_is_set():
    server = Server(settings=Settings(public_url="https://brand.example/dpp"))
    server.submit_all()
    server.anchor()
    answer = get(server, f"/dpp{WHOLE}")
    assert f'<https://brand.example/dpp{BATCH}>; rel="owl:sameAs"' in answer.headers["link"]
    server.store.close()


def test_the_examples_of_the_documentation_stand_for_what_it_says():
    page = (Path(__file__).parents[2] / "docs/resolver.md").read_text("utf-8")
    example = "https://passports.example.com/01/09521234000112/10/PRT-2026-03"
    section = page.partition("## Compressed Digital Links")[2]
    shown = re.findall(r"^    https://passports.example.com(/.+)$", section, re.MULTILINE)
    assert len(shown) == 2
    for path in shown:
        assert uncompressed(path, "") == (urlsplit(example).path, "")
    assert f"<{example}>" in section


# What is refused


@pytest.mark.parametrize(
    ("elements", "status", "code", "said"),
    [
        ([("01", "12312312312333")], 404, "passport-not-found", "01/12312312312333"),
        ([("01", "09520000000027")], 400, "gs1-check-digit", "09520000000027"),
        ([("00", "006141411234567890")], 404, "gs1-key-not-served", "SSCC (AI 00)"),
        ([("417", "9520000000004")], 404, "gln-not-found", "417/9520000000004"),
        ([GTIN, ("10", "A B")], 400, "gs1-malformed", "A B"),
        ([GTIN, ("11", "999999")], 400, "gs1-malformed", "999999"),
        ([GTIN, ("254", "X")], 400, "gs1-malformed", "254"),
    ],
)
def test_what_a_compressed_link_names_is_checked_and_named_in_full(
    server, elements, status, code, said
):
    path = f"/{compressed(elements)}"
    problem = get(server, path, JSON)
    assert (problem.status_code, problem.json()["code"]) == (status, code)
    assert said in f"{problem.json()['detail']} {problem.json().get('where')}"
    page = get(server, path)
    assert (page.status_code, page.headers["content-type"][:9]) == (status, "text/html")
    assert code in page.text
    assert elements[0][1] in page.text
    assert path[1:] not in page.text


def test_an_error_about_what_is_named_says_the_link_in_full_too(server):
    for headers in (BROWSER, JSON):
        answer = get(server, f"/{compressed([('01', '12312312312333')])}", headers)
        assert answer.headers["link"] == same_as("/01/12312312312333")
        assert "link" not in get(server, "/01/12312312312333", headers).headers


@pytest.mark.parametrize("path", ["/AQnYUc1gm", f"{PARTIAL[:-2]}", "/01/09520000000028/AbC123xyz"])
def test_what_only_looks_compressed_is_said_to_be_unreadable(server, path):
    problem = get(server, path, JSON)
    assert (problem.status_code, problem.json()["code"]) == (400, "gs1-compressed")
    for language, words in (("en", "cannot be read"), ("it", "non si può leggere")):
        assert words in get(server, f"{path}?lang={language}").text


@pytest.mark.parametrize(
    "path",
    [
        "/robots",
        "/nothing-here",
        "/AQRS",
        "/static/AQnYUc1gmh",
        "/search/",
        "/a/b/c",
        f"/v1{WHOLE}",
    ],
)
def test_a_word_that_names_nothing_stays_an_address_with_nothing_at_it(server, path):
    problem = get(server, path, JSON)
    assert (problem.status_code, problem.json()["code"]) == (404, "not-found")
    assert server.client.post(path).status_code in (404, 405)


def test_the_site_s_own_addresses_keep_their_answers(server):
    for path in ("/", "/search?q=9520000000028", "/audit?id=9520000000028", "/v1/status"):
        assert "sameAs" not in get(server, path).headers.get("link", "")
