# SPDX-License-Identifier: Apache-2.0
"""Errors: a page for people, a problem for programs, each where it belongs."""

from __future__ import annotations

import pytest

from filiera.errors import CODES
from filiera.web.faults import FAULTS, fault
from tests.support.server import Server
from tests.support.site import PAGE, parse, read


def test_every_fault_is_of_a_code_that_exists() -> None:
    assert set(FAULTS) <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code: str) -> None:
    for status in (400, 404, 405, 500, 502, 503):
        assert fault(code, status).sentence


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/passports/1", "/docs/nothing", "/ns/v2"])
def test_an_address_of_the_api_answers_with_a_problem(district: Server, path: str) -> None:
    response = district.client.get(path, headers={"Accept": "text/html"})
    assert response.headers["content-type"] == "application/problem+json"


def test_a_program_that_wants_json_gets_a_problem_anywhere(district: Server) -> None:
    response = district.client.get("/nothing", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (404, "not-found")


def test_an_error_page_says_the_code_what_happened_and_what_to_do(district: Server) -> None:
    page = read(district, "/passport?id=09520000000027", status=400)
    assert "The last digit of this number does not fit the others." in page.text
    assert "Look for a mistyped or swapped digit." in page.text
    assert "Code: gs1-check-digit" in page.text
    italian = read(district, "/passport?id=09520000000027", language="it", status=400)
    assert "Codice: gs1-check-digit" in italian.text


def test_a_database_that_is_gone_is_an_outage_and_not_a_forgery(
    district: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.store.close()
    monkeypatch.setattr(district.store, "own_records", _gone)
    response = district.client.get(f"{PAGE}&lang=en")
    page = parse(response.text)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    assert page.one("h1").text.strip() == "Could not check"
    assert page.one("a", class_="retry").attributes["href"] == ""


def _gone(product: str) -> None:
    from filiera.errors import UnavailableError

    raise UnavailableError("store-unreachable", "Gone.", part="store")


def test_a_mistake_of_ours_says_so_and_nothing_of_the_inside(
    district: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(district.store, "products", fail)
    response = district.client.get("/?lang=en")
    assert response.status_code == 500
    assert "Our mistake" in parse(response.text).text
    assert "secret" not in response.text
