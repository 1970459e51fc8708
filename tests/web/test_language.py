# SPDX-License-Identifier: Apache-2.0
"""Which language a page is in, and how dates and numbers are written in it."""

from __future__ import annotations

import pytest

from filiera.web.language import preferred
from filiera.web.writing import Writer, party
from tests.support.server import Server
from tests.support.site import PAGE, parse, read


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "it"),
        ("en", "en"),
        ("en-GB,en;q=0.9,it;q=0.8", "en"),
        ("de, it;q=0.4, en;q=0.6", "en"),
        ("en;q=0.3, it-CH", "it"),
        ("de", "it"),
        ("*", "it"),
        ("en;q=0", "it"),
        ("en;q=x", "it"),
        ("entirely", "it"),
        (";;,,=", "it"),
    ],
)
def test_the_language_that_a_browser_likes_best_is_chosen_else_italian(
    header: str, language: str
) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("", "", "it"), ("", "en", "en"), ("lang=it", "en", "it"), ("lang=xx", "en", "en")],
)
def test_the_address_decides_before_the_browser(
    district: Server, query: str, header: str, language: str
) -> None:
    response = district.client.get(f"/?{query}", headers={"Accept-Language": header})
    assert parse(response.text).one("html").attributes["lang"] == language


def test_a_choice_goes_along_and_what_was_not_chosen_does_not(district: Server) -> None:
    chosen = [each.attributes["href"] for each in read(district, "/").of("a", class_="label")]
    assert all((link or "").endswith("lang=en") for link in chosen)
    free = parse(district.client.get("/").text).of("a", class_="label")
    assert not any("lang=" in (each.attributes["href"] or "") for each in free)


def test_the_same_page_in_the_other_language_keeps_its_query(district: Server) -> None:
    (link,) = read(district, PAGE).of("a", hreflang="it")
    assert link.attributes["href"] == "?id=09520000000028%2FLOT-1&lang=it"


def test_the_two_languages_show_the_same_things(district: Server) -> None:
    italian, english = (read(district, language=each) for each in ("it", "en"))
    names = [sorted(each.name for each in page.elements) for page in (italian, english)]
    assert names[0] == names[1]
    assert italian.text != english.text


def test_dates_and_numbers_are_written_as_people_write_them() -> None:
    italian, english = Writer("it"), Writer("en")
    assert italian.day("2026-11-03T23:30:00+01:00") == "3 novembre 2026"
    assert english.day("2026-11-03T23:30:00+01:00") == "3 November 2026"
    assert english.moment("2026-11-03T07:02:59Z") == "3 November 2026, 07:02 UTC"
    assert italian.moment("2026-11-03T23:30:00.5+01:00") == "3 novembre 2026, 23:30 UTC+01:00"
    assert (italian.number("1234.500"), english.number("1234.500")) == ("1.234,5", "1,234.5")
    assert (italian.number("80.000"), italian.country("EC")) == ("80", "Ecuador")
    assert (italian.activity("Dyeing"), english.activity("Dyeing")) == ("Tintura", "Dyeing")


def test_what_cannot_be_read_is_shown_as_it_is() -> None:
    for writer in (Writer("it"), Writer("en")):
        assert writer.day("soon") == "soon"
        assert writer.moment("2026-13-45T07:02:59Z") == "2026-13-45T07:02:59Z"
        assert writer.number("many") == "many"
        assert (writer.unit("XYZ"), writer.country("QQ"), writer.unit(None)) == ("XYZ", "QQ", "")
    assert party("https://id.gs1.org/414/9521005000006/254/A1") == "GLN 9521005000006 (A1)"
