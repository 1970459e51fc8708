# SPDX-License-Identifier: Apache-2.0
"""Whatever well-formed events come in, in whatever tangle: a plan or a coded refusal."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.errors import InputError
from tests.domain.epcis.events import (
    Event,
    attempt,
    event,
    file,
    item,
    links,
    lot,
    model,
    moved,
    observed,
    payloads,
    transformation,
)

numbers = st.integers(1, 3)
products = st.one_of(
    numbers.map(lot),
    numbers.map(item),
    numbers.map(model),
    numbers.map(lambda n: f"{lot(n)}/21/1"),
    st.sampled_from(["https://example.org/x", "urn:epc:id:sscc:0614141.1234567890"]),
)
lists = st.lists(products, max_size=3)
days = st.integers(1, 4)
quantities = lists.map(lambda ids: [{"epcClass": each, "quantity": 1} for each in ids])
members: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "eventID": st.sampled_from(["urn:uuid:1", "urn:uuid:2"]),
        "bizStep": st.sampled_from(["receiving", None]),
        "readPoint": st.none(),
        "errorDeclaration": st.just({"declarationTime": "2026-02-09T00:00:00Z"}),
        "ilmd": st.just({"cbvmda:lotNumber": "A"}),
    },
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    given, day = draw(members), draw(days)
    kind = draw(st.sampled_from(["make", "add", "delete", "move", "see", "pack"]))
    if kind == "make":
        shared = {"transformationID": "urn:x:t"} if draw(st.booleans()) else {}
        extra = {"outputQuantityList": draw(quantities), **shared}
        return transformation(draw(lists), draw(lists), day, **(given | extra))
    if kind == "pack":
        packed = {"parentID": draw(products), "childEPCs": draw(lists), "action": "ADD"}
        return event("AggregationEvent", day, **(packed | given))
    build = moved if kind == "move" else observed
    action = {"add": "ADD", "delete": "DELETE"}.get(kind, "OBSERVE")
    return build(
        draw(lists), day, **({"quantityList": draw(quantities)} | given | {"action": action})
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(events(), min_size=1, max_size=8), st.none() | products)
def test_every_event_is_accounted_for_and_every_record_can_be_made(
    said: list[Event], product: str | None
) -> None:
    planned = attempt([file(*said)], product)
    if isinstance(planned, InputError):
        assert planned.code in ("usage", "product-not-found", "cycle")
        return
    in_steps = {int(s.split("[")[1][:-1]) for each in planned.steps for s in each.sources}
    aside = {each.index for each in planned.also_said}
    assert in_steps | aside == set(range(len(said)))
    for number, upstream in enumerate(links(planned)):
        assert all(other < number for other in upstream)
    steps = {ref.number for ref in planned.product.steps}
    assert all(set(links(planned)[number]) <= steps for number in steps)
    assert len(payloads(planned)) == len(planned.steps) + 1
