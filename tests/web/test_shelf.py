# SPDX-License-Identifier: Apache-2.0
"""A passport is shown again for a few seconds, and never longer than it may be."""

from __future__ import annotations

from filiera.services import Services
from filiera.web.shelf import MAX_KEPT, Shelf
from tests.support.server import Server
from tests.support.world import GARMENT


def shelf(server: Server, keep: int) -> Shelf:
    services: Services = server.services
    return Shelf(services, keep)


def test_it_is_assembled_once_within_its_time_and_anew_after(district: Server) -> None:
    kept = shelf(district, 10)
    first = kept.shown(GARMENT)
    district.clock.seconds += 9
    assert kept.shown(GARMENT) is first
    district.clock.seconds += 1
    assert kept.shown(GARMENT) is not first


def test_with_no_time_nothing_is_kept(district: Server) -> None:
    kept = shelf(district, 0)
    assert kept.shown(GARMENT) is not kept.shown(GARMENT)


def test_what_a_part_did_not_answer_for_is_asked_again_at_once(district: Server) -> None:
    kept = shelf(district, 10)
    district.ledger.down = True
    assert kept.shown(GARMENT).view.unavailable == ["chain"]
    district.ledger.down = False
    assert kept.shown(GARMENT).view.verdict.outcome == "proven"


def test_a_clock_that_is_set_back_keeps_nothing_alive(district: Server) -> None:
    kept = shelf(district, 10)
    first = kept.shown(GARMENT)
    district.clock.seconds -= 100
    assert kept.shown(GARMENT) is not first


def test_so_many_are_kept_and_no_more(district: Server) -> None:
    kept = shelf(district, 10)
    first = kept.shown(GARMENT)
    for number in range(MAX_KEPT):
        kept._put(f"urn:other:{number}", first)
    assert kept.shown(GARMENT) is not first
