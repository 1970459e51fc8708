# SPDX-License-Identifier: Apache-2.0
"""What answers a Digital Link (GS1-Conformant Resolver 1.0)."""

from __future__ import annotations

import pytest

from filiera.domain.resolver.answers import Elsewhere, Links, answer, leading_to, wants_page
from filiera.domain.resolver.links import (
    GS1_TERMS,
    JSON,
    LINKSET_JSON,
    OUR_TERMS,
    Holding,
    linkset,
    named_level,
    product_level,
)
from filiera.domain.resolver.requests import read_request
from filiera.errors import NotFoundError
from filiera.model.gs1 import product_id
from tests.standards import standard_json

BASE = "https://brand.example/dpp"
MODEL = "/01/09521234000112"
BATCH = f"{MODEL}/10/Y-88"
ITEM = f"{BATCH}/21/7"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def level(path, *, steps=True, claims=True):
    return product_level(product_id(f"https://id.gs1.org{path}"), Holding("Coat", steps, claims))


def ask(path, query="", *, levels, accept=BROWSER):
    return answer(read_request(path, query), levels, accept, BASE)


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        (BROWSER, True),
        ("*/*", True),
        ("", True),
        ("image/png", True),
        (JSON, False),
        (LINKSET_JSON, False),
    ],
)
def test_the_page_is_for_whoever_does_not_ask_for_something_else(accept, page):
    assert wants_page(read_request(BATCH, "17=261231"), accept) is page


def test_a_type_of_link_and_a_place_are_no_question_for_a_page():
    assert not wants_page(read_request(BATCH, "linkType=gs1:pip"), BROWSER)
    assert not wants_page(read_request("/414/9521234000020", ""), BROWSER)


def test_a_redirection_keeps_the_query():
    asked = read_request(ITEM, "17=261231&linkType=gs1:pip&x=1")
    assert leading_to(asked, BATCH, BASE) == Elsewhere(f"{BASE}{BATCH}?17=261231&x=1")
    assert leading_to(read_request(ITEM, ""), MODEL, BASE) == Elsewhere(BASE + MODEL)


def test_the_query_goes_with_a_redirection_and_the_type_of_link_is_spent():
    there = ask(ITEM, "17=261231&linkType=gs1:pip&x=1", levels=[level(BATCH)])
    assert there == Elsewhere(f"{BASE}{BATCH}?17=261231&x=1")


def test_a_program_is_led_to_the_passport_as_data():
    there = ask(BATCH, "x=1", levels=[level(BATCH)], accept=JSON)
    assert there == Elsewhere(f"{BASE}/v1/passports{BATCH}?x=1")


def test_the_query_comes_before_the_section_of_the_page():
    there = ask(ITEM, "linkType=gs1:traceability&x=1", levels=[level(BATCH)])
    assert there == Elsewhere(f"{BASE}{BATCH}?x=1#timeline")


@pytest.mark.parametrize(
    ("kind", "accept", "path"),
    [
        ("gs1:pip", BROWSER, BATCH),
        ("gs1:defaultLink", "*/*", BATCH),
        ("gs1:dpp", "*/*", f"/v1/passports{BATCH}"),
        ("gs1:dpp", JSON, f"/v1/passports{BATCH}"),
        ("gs1:dpp", BROWSER, BATCH),
        ("gs1:dpp", "image/png", f"/v1/passports{BATCH}"),
        ("gs1:traceability", JSON, f"{BATCH}#timeline"),
        ("gs1:certificationInfo", BROWSER, f"{BATCH}#criteria"),
        ("filiera:bundle", BROWSER, f"/v1/passports{BATCH}/bundle"),
    ],
)
def test_a_type_of_link_leads_to_its_target(kind, accept, path):
    there = ask(BATCH, f"linkType={kind}", levels=[level(BATCH)], accept=accept)
    assert there == Elsewhere(BASE + path)


def test_a_type_that_nothing_is_linked_as_is_not_found_and_the_others_are_named():
    for kind in ("gs1:allergenInfo", "nonsense"):
        with pytest.raises(NotFoundError) as refusal:
            ask(BATCH, f"linkType={kind}", levels=[level(BATCH)])
        assert refusal.value.code == "link-type-not-found"
        assert "gs1:dpp" in (refusal.value.hint or "")


def test_nothing_is_linked_that_the_passport_does_not_hold():
    bare = level(MODEL, steps=False, claims=False)
    for kind in ("gs1:traceability", "gs1:certificationInfo"):
        with pytest.raises(NotFoundError):
            ask(MODEL, f"linkType={kind}", levels=[bare])


@pytest.mark.parametrize(
    ("query", "accept"),
    [("linkType=linkset", BROWSER), ("linkType=all", JSON), ("", LINKSET_JSON)],
)
def test_a_linkset_has_every_level_up_to_the_key(query, accept):
    given = ask(ITEM, query, levels=[level(BATCH), level(MODEL)], accept=accept)
    assert isinstance(given, Links)
    anchors = [context["anchor"] for context in given.body["linkset"]]
    assert anchors == [BASE + BATCH, BASE + MODEL]


def test_every_link_has_a_target_and_a_title_and_the_default_has_nothing_else():
    (context,) = linkset([level(BATCH)], BASE)["linkset"]
    relations = {name: value for name, value in context.items() if "/" in name}
    for targets in relations.values():
        for target in targets:
            assert target["href"].startswith(f"{BASE}/")
            assert target["title"]
    (default,) = relations[GS1_TERMS + "defaultLink"]
    assert set(default) == {"href", "title"}
    described = [t["href"] for name, ts in relations.items() if "default" not in name for t in ts]
    assert default["href"] in described
    assert all(t["href"] in described for t in relations[GS1_TERMS + "defaultLinkMulti"])


def test_every_gs1_type_of_link_is_one_of_the_vocabulary():
    known = {each["id"] for each in standard_json("gs1/linktypes-webvoc-1.16.json")["linkTypes"]}
    ours = {link.relation for link in level(BATCH).links}
    ours |= {link.relation for link in named_level("/414/9521234000020", [(b"r" * 32, "x")]).links}
    gs1 = {f"gs1:{each.removeprefix(GS1_TERMS)}" for each in ours if each.startswith(GS1_TERMS)}
    assert gs1 <= known
    assert {each for each in ours if not each.startswith(GS1_TERMS)} == {OUR_TERMS + "bundle"}


def test_a_linkset_has_the_members_of_gs1s_model():
    model = standard_json("gs1/modelLinkset.json")["linkset"][0]
    (context,) = linkset([level(BATCH)], BASE)["linkset"]
    assert {"anchor", "itemDescription", GS1_TERMS + "defaultLink"} <= set(model) & set(context)
    members = {
        member
        for targets in model.values()
        if isinstance(targets, list)
        for target in targets
        for member in target
    }
    assert all(set(link.target(BASE)) <= members for link in level(BATCH).links)


def test_a_place_is_answered_with_the_records_that_speak_of_it():
    place = named_level("/414/9521234000020", [(bytes(32), "Dyeing")])
    given = ask("/414/9521234000020", levels=[place])
    assert isinstance(given, Links)
    (context,) = given.body["linkset"]
    (target,) = context[GS1_TERMS + "traceability"]
    assert target == {
        "href": f"{BASE}/v1/records/{'A' * 43}",
        "title": "Dyeing",
        "type": "application/json",
    }
