# SPDX-License-Identifier: Apache-2.0
"""A passport is shown again for a few seconds, and never longer than it may be."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from filiera.proof.facts import StatusKind
from filiera.services import Services
from filiera.services.body import Body
from filiera.services.passports import Passport, Passports
from filiera.web import shelf as shelves
from filiera.web import site
from filiera.web.shelf import MAX_KEPT, Bodies, Shelf
from filiera.web.shown import Shown
from tests.support.patience import HANGS
from tests.support.server import Server
from tests.support.site import PAGE, parse, with_status
from tests.support.world import GARMENT


def shelf(server: Server, keep: int) -> Shelf:
    services: Services = server.services
    return Shelf(services, keep)


@dataclass
class Asked:
    """How often a page of a site that keeps passports for ten seconds was rendered."""

    server: Server
    rendered: list[str] = field(default_factory=list)

    def get(self, query: str = "lang=en", **headers: str) -> str:
        response = self.server.client.get(f"{PAGE}&{query}", headers=headers)
        assert response.status_code == 200
        return response.text

    def state(self) -> str:
        """The state that heads the page."""
        (article,) = parse(self.get()).of("article", class_="passport")
        return (article.attributes["class"] or "").partition("state-")[2]


@pytest.fixture
def asked(district: Server, monkeypatch: pytest.MonkeyPatch) -> Asked:
    district.app.state.site = site.Site.of(
        district.services, district.settings.model_copy(update={"page_age": 10})
    )
    found = Asked(district)

    def count(page: bytes) -> Body:
        found.rendered.append(page.decode())
        return of(page)

    of = Body.of
    monkeypatch.setattr(Body, "of", count)
    return found


# The passport


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


def test_in_an_outage_is_told_when_every_part_last_answered_and_not_what_was_found_then(
    asked: Asked,
) -> None:
    assert "last answered" not in asked.get()
    assert "2 of 2 steps" in parse(asked.get()).text
    asked.server.clock.seconds += 3600
    asked.server.ledger.down = True
    text = " ".join(parse(asked.get()).text.split())
    assert "Every part last answered this server on 1 October" in text
    assert "2 of 2 steps" not in text


def test_in_an_outage_nothing_is_said_of_a_time_that_is_not_known(district: Server) -> None:
    kept = shelf(district, 10)
    district.ledger.down = True
    assert kept.shown(GARMENT).last is None
    district.ledger.down = False
    assert kept.shown(GARMENT).last is None
    now = district.clock.now()
    district.clock.seconds += 60
    district.ledger.down = True
    assert kept.shown(GARMENT).last == now
    district.clock.seconds -= 600
    assert kept.shown(GARMENT).last is None


def test_a_clock_that_is_set_back_keeps_nothing_alive(district: Server) -> None:
    kept = shelf(district, 10)
    first = kept.shown(GARMENT)
    district.clock.seconds -= 100
    assert kept.shown(GARMENT) is not first


def test_so_many_are_kept_and_no_more(district: Server) -> None:
    kept = shelf(district, 10)
    first = kept.shown(GARMENT)
    for number in range(MAX_KEPT):
        kept._kept.put(f"urn:other:{number}", first)
    assert kept.shown(GARMENT) is not first


def slowly(
    monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object] = lambda: None
) -> tuple[Event, Event, list[str]]:
    """Assembling begins, and ends when it may; the products that were assembled."""
    begun, go_on, assembled = Event(), Event(), list[str]()
    assemble = Passports.assemble

    def wait(self: Passports, product: str) -> Passport:
        assembled.append(product)
        found = assemble(self, product)
        begun.set()
        assert go_on.wait(HANGS)
        meanwhile()
        return found

    monkeypatch.setattr(Passports, "assemble", wait)
    return begun, go_on, assembled


def two_at_once(kept: Shelf, begun: Event, go_on: Event) -> tuple[Shown, Shown]:
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(kept.shown, GARMENT)
        assert begun.wait(HANGS)
        other = pool.submit(kept.shown, GARMENT)
        go_on.set()
        return one.result(HANGS), other.result(HANGS)


def test_two_who_ask_at_once_get_one_that_was_assembled_once(
    district: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, assembled = slowly(monkeypatch)
    one, other = two_at_once(shelf(district, 10), begun, go_on)
    assert one is other
    assert assembled == [GARMENT]


def test_nobody_is_given_what_took_others_longer_than_it_may_be_kept(
    district: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def once() -> None:
        if len(assembled) == 1:
            district.clock.seconds += 10

    begun, go_on, assembled = slowly(monkeypatch, once)
    one, other = two_at_once(shelf(district, 10), begun, go_on)
    assert other.now - one.now == 10
    assert assembled == [GARMENT, GARMENT]


# Its page


def test_a_page_is_rendered_once_for_all_who_would_get_the_same(asked: Asked) -> None:
    pages = [asked.get("lang=en", **{"Accept-Language": each}) for each in ("it", "en", "de")]
    assert pages == asked.rendered * 3
    plain = asked.get("lang=en", **{"Accept-Encoding": "identity"})
    assert plain == pages[0]
    assert len(asked.rendered) == 1


def test_whatever_shows_on_a_page_makes_it_another(asked: Asked) -> None:
    english = asked.get("lang=en")
    italian = asked.get("lang=it")
    chosen_by_the_browser = asked.get("", **{"Accept-Language": "it"})
    with_a_query = asked.get("lang=it&from=label")
    assert len({english, italian, chosen_by_the_browser, with_a_query}) == 4
    assert len(asked.rendered) == 4


def test_a_page_ends_with_the_passport_that_it_shows(asked: Asked) -> None:
    first = asked.get()
    asked.server.clock.seconds += 9
    asked.server.ledger.mine()
    assert asked.get() == first
    asked.server.clock.seconds += 1
    assert asked.get() != first


def test_a_passport_that_says_the_same_anew_is_the_same_page(asked: Asked) -> None:
    tag = asked.server.client.get(PAGE).headers["etag"]
    asked.server.clock.seconds += 10
    again = asked.server.client.get(PAGE, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert len(asked.rendered) == 2


def test_a_changed_standing_shows_when_the_page_s_time_is_over(asked: Asked) -> None:
    assert asked.state() == "proven"
    with_status(asked.server, "own", StatusKind.REVOKED)
    asked.server.ledger.mine()
    asked.server.clock.seconds += 10
    assert asked.state() == "revoked"


@pytest.mark.parametrize("part", ["ledger", "documents"])
def test_an_outage_never_shows_what_was_proven_longer_than_its_time(
    asked: Asked, part: str
) -> None:
    assert asked.state() == "proven"
    getattr(asked.server, part).down = True
    assert asked.state() == "proven"
    asked.server.clock.seconds += 10
    outage = {"ledger": "outage-chain", "documents": "outage-documents"}[part]
    assert asked.state() == outage
    getattr(asked.server, part).down = False
    assert asked.state() == "proven"


def test_a_page_of_an_outage_is_kept_by_nobody(asked: Asked) -> None:
    asked.server.ledger.down = True
    for _ in range(2):
        response = asked.server.client.get(PAGE)
        assert response.headers["cache-control"] == "no-store"
    assert len(asked.rendered) == 2


def test_pages_have_so_much_room_and_no_more(
    district: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = shelf(district, 10).shown(GARMENT)
    body = Body.of(b"x" * 1_000)
    monkeypatch.setattr(shelves, "MAX_BODIES", 2 * len(body.data))
    bodies, made = Bodies(), list[str]()

    def page(name: str) -> None:
        def make() -> Body:
            made.append(name)
            return body

        assert bodies.body(shown, name, make) is body

    for name in "abacab":
        page(name)
    assert made == ["a", "b", "c", "b"]
