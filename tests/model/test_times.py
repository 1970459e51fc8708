# SPDX-License-Identifier: Apache-2.0
"""Instants and days: which texts are read, and as what."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model.times import format_instant, parse_day, parse_instant, unix_seconds


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        # The examples of RFC 3339 section 5.8 that are not leap seconds.
        ("1985-04-12T23:20:50.52Z", datetime(1985, 4, 12, 23, 20, 50, 520_000, UTC)),
        ("1996-12-19T16:39:57-08:00", datetime(1996, 12, 20, 0, 39, 57, 0, UTC)),
        ("1937-01-01T12:00:27.87+00:20", datetime(1937, 1, 1, 11, 40, 27, 870_000, UTC)),
        ("2026-03-29T02:30:00+01:00", datetime(2026, 3, 29, 1, 30, 0, 0, UTC)),
        ("2026-01-01T00:00:00-00:00", datetime(2026, 1, 1, 0, 0, 0, 0, UTC)),
        ("2026-01-01T00:00:00.123456789Z", datetime(2026, 1, 1, 0, 0, 0, 123_456, UTC)),
    ],
)
def test_an_instant_is_read_in_utc_to_the_microsecond(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-01",
        "2026-03-01T08:00:00",
        "2026-03-01t08:00:00Z",
        "2026-03-01T08:00:00z",
        "2026-03-01 08:00:00Z",
        "2026-03-01T08:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T08:60:00Z",
        "1990-12-31T23:59:60Z",
        "2026-02-29T08:00:00Z",
        "2026-03-01T08:00:00+0100",
        "2026-03-01T08:00:00+24:00",
        "2026-03-01T08:00:00+01:60",
        "2026-03-01T08:00:00.Z",
        "2026-03-01T08:00:00.1234567890Z",
        "2026-03-01T08:00:00,5Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "+2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00Z\n",
        "\uff12026-03-01T08:00:00Z",
        "Sunday",
    ],
)
def test_anything_but_an_rfc_3339_instant_with_an_offset_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_instant(text, where="eventDate")
    assert (refusal.value.code, refusal.value.where) == ("instant-malformed", "eventDate")


def test_a_day_is_a_real_day_of_the_calendar() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["2026-02-29", "2026-2-1", "20260301", "2026-03-01T00:00:00Z", "2026-W09-7", "", "x"]
)
def test_anything_else_is_not_a_day(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_day(text)
    assert refusal.value.code == "date-malformed"


@given(st.integers(min_value=-62_135_596_800, max_value=253_402_300_799))
def test_a_formatted_second_is_read_back(second: int) -> None:
    assert unix_seconds(parse_instant(format_instant(second))) == second


def test_seconds_are_rounded_down_on_both_sides_of_1970() -> None:
    assert unix_seconds(parse_instant("1970-01-01T00:00:00.9Z")) == 0
    assert unix_seconds(parse_instant("1969-12-31T23:59:59.1Z")) == -1
