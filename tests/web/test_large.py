# SPDX-License-Identifier: Apache-2.0
"""A page stays one that a person reads, however much a passport lists, and hides no fault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from filiera.model.ids import ni_uri
from filiera.model.scalars import LIST_LIMIT
from filiera.web import bounds
from filiera.web.audit.chain import Fact, OnChain
from tests.support.large import LONG, WIDE, crowded, large
from tests.support.server import Server
from tests.support.site import AUDIT, PAGE, Document, Element, read
from tests.support.world import GARMENT

STEPS = bounds.ROWS + 50


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """More steps than rows, every other one by an account that is nobody's."""
    made = large(STEPS)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def page(server: Server) -> Document:
    return read(server)


@pytest.fixture(scope="module")
def view(server: Server) -> Any:
    return server.client.get(f"/v1/passports/{GARMENT}").json()


def said(element: Element) -> str:
    """What is read in an element, spaces squeezed."""
    return " ".join(element.text.split())


def test_both_ends_of_a_long_way_are_told_and_the_faults_between_are_counted(
    page: Document, view: Any
) -> None:
    rows = [each for each in page.of("li") if (each.attributes.get("id") or "").startswith("step-")]
    numbers = [int((each.attributes["id"] or "").removeprefix("step-")) for each in rows]
    half = bounds.ROWS // 2
    assert numbers == [*range(1, half + 1), *range(STEPS - half + 2, STEPS + 1)]
    between = Counter(each["outcome"] for each in view["steps"][half : numbers[half] - 1])
    cut = said(page.one("li", class_="is-cut"))
    assert cut.startswith(f"{between.total()} rows between these are not shown here, among them:")
    assert f"disproven {between['disproven']}" in cut


def test_the_numbers_are_those_of_the_whole_passport(page: Document, view: Any) -> None:
    checks = view["verdict"]["checks"]
    proven = sum(each["outcome"] == "proven" for each in checks)
    told = said(page.one("section", id="checks"))
    assert f"{proven} of {len(checks)} checks are proven." in told
    assert f"{len(checks)} checks by this server" in told.replace(",", "")
    answers = Counter((each["check"], each["outcome"]) for each in checks)
    asked = said(page.one("ul", class_="questions")).replace(",", "")
    for (name, outcome), number in answers.items():
        word = "could not check" if outcome == "unknown" else outcome
        line = asked.partition(f"? {name} ")[2].partition("?")[0]
        assert f"{word} {number}" in line


@pytest.mark.parametrize(
    ("outcome", "word"), [("disproven", "disproven"), ("unknown", "could not")]
)
def test_what_does_not_hold_is_told_as_far_as_there_is_room_and_the_rest_is_counted(
    outcome: str, word: str, page: Document, view: Any, server: Server
) -> None:
    failing = sum(each["outcome"] == outcome for each in view["verdict"]["checks"])
    (box,) = (
        each for each in page.of("div", class_="failing-checks") if said(each).startswith(word)
    )
    assert failing > bounds.FAILING
    assert f"{failing:,} checks" in said(box)
    assert f"and {failing - bounds.FAILING:,} more" in said(box)
    (link,) = (
        each.attributes["href"]
        for each in page.of("a")
        if f"outcome={outcome}" in (each.attributes["href"] or "")
        and "check=" not in (each.attributes["href"] or "")
    )
    sheet = read(server, (link or "").replace("&lang=en", ""))
    chosen = next(each for each in sheet.of("a") if each.attributes.get("aria-current"))
    assert f"{failing} checks" in said(chosen)


def test_records_are_told_one_by_one_as_far_as_there_is_room(page: Document, view: Any) -> None:
    folds = page.of("details", class_="checks")
    records = 2 + sum(len(view[each]) for each in ("steps", "claims", "identities"))
    assert len(folds) == bounds.RECORDS
    assert f"and {records - bounds.RECORDS} more, among them:" in said(
        page.one("section", id="checks")
    )


def test_a_page_grows_no_more_once_every_bound_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, most in {"ROWS": 8, "RECORDS": 6, "FAILING": 4, "CHANGES": 1}.items():
        monkeypatch.setattr(bounds, name, most)
    sizes = []
    for steps in (20, 40):
        made = large(steps)
        sizes.append(len(read(made).elements))
        made.store.close()
    assert sizes[0] == sizes[1]


@pytest.fixture(scope="module")
def crowd() -> Iterator[Server]:
    """A step of a thousand inputs, five hundred materials, every name as long as it may be."""
    made = crowded()
    yield made
    made.store.close()


def test_what_issuers_wrote_too_much_of_is_cut_and_counted(crowd: Server) -> None:
    page = read(crowd)
    assert f"and {500 - bounds.SAYINGS} more" in said(page.one("section", id="care"))
    gaps = page.of("li", class_="is-gap")
    rows = [each for each in page.of("li") if (each.attributes.get("id") or "").startswith("step-")]
    assert len(gaps) + len(rows) + 1 == bounds.ROWS
    assert "rows between these are not shown here, among them: gap" in said(
        page.one("li", class_="is-cut")
    )
    most = bounds.lots(bounds.ROWS)
    assert most < bounds.LOTS
    assert f"and {LIST_LIMIT - most} more, among them: gap" in said(rows[-1])


def test_a_name_in_a_list_is_cut_with_an_ellipsis_and_told_whole_to_auditors(crowd: Server) -> None:
    page = read(crowd)
    for place in ("timeline", "checks"):
        told = page.one("section", id=place).text
        lengths = [len(each) for each in told.split() if set(each) <= set("0123456789W…")]
        assert max(lengths) == bounds.TEXT
    assert page.one("h1").text == WIDE[: bounds.TITLE - 1] + "…"
    assert WIDE in page.one("section", id="care").text
    assert LONG in page.one("section", id="care").text
    assert WIDE in read(crowd, AUDIT).one("table", class_="records").text


def test_what_one_record_says_does_not_make_a_page_that_a_phone_cannot_hold(crowd: Server) -> None:
    for address in (PAGE, AUDIT):
        assert len(crowd.client.get(address).content) < 600_000


def test_of_many_issuers_and_entries_the_auditors_view_shows_some_and_says_so(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setattr(bounds, "ISSUERS", 1)
    monkeypatch.setattr(bounds, "SHEET_FACTS", 0)
    html = server.client.get(f"{AUDIT}&lang=en").text
    offered = html.partition('<select name="issuer">')[2].partition("</select>")[0]
    assert offered.count("<option") == 2  # all, and the first
    assert re.search(r"Of [0-9]+ issuers the first 1 are offered; the files have all", html)
    tables = html.split('<table class="history">')[1:]
    assert [each.partition("</tbody>")[0].count("<tr>") for each in tables] == [1] * len(tables)
    assert re.search(r"Of each kind the last 0, of [0-9]+ entries in all; the file with", html)


def test_an_issuer_who_changes_a_status_often_crowds_out_no_finding() -> None:
    statuses = [Fact("status", ("suspended",), reason=number) for number in range(100)]
    finding, role = Fact("finding", digest="of an auditor"), Fact("role", ("producer",))
    found = OnChain((role, *statuses, finding), ())
    assert found.newest(3) == (role, *statuses[-3:], finding)
    assert found.newest(100) == found.facts


def test_an_issuer_that_is_chosen_stays_on_offer(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setattr(bounds, "ISSUERS", 1)
    own = server.world.association.id
    html = server.client.get(f"{AUDIT}&issuer={ni_uri(own)}").text
    assert f'<option value="{ni_uri(own)}" selected>' in html
