# SPDX-License-Identifier: Apache-2.0
"""The winter jacket of the OpenEPCIS textile examples."""

from __future__ import annotations

import pytest

from filiera.domain.epcis import EpcisFile, plan_import, read_file
from tests.domain.epcis.events import links, listed, made, payloads, reasons
from tests.standards import standard

JACKET = "https://id.gs1.org/01/09521234000013/21/WJ-2025-00301"


@pytest.fixture
def files() -> list[EpcisFile]:
    folder = standard("openepcis-dpp-ready/textile/epcis")
    return [read_file(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def test_spinning_weaving_and_garment_are_three_linked_steps(files: list[EpcisFile]) -> None:
    plan = plan_import(files)
    assert [each.sources for each in plan.steps] == [
        ("transformation-spinning.jsonld: eventList[0]",),
        ("transformation-weaving.jsonld: eventList[0]",),
        ("transformation-garment.jsonld: eventList[0]",),
    ]
    assert links(plan) == [[], [0], [1]]
    assert listed(plan) == [0, 1, 2]
    assert made(plan)[2][1] == [JACKET]
    assert plan.product.product.product == JACKET


def test_the_other_events_are_also_said_of_the_same_jacket(files: list[EpcisFile]) -> None:
    plan = plan_import(files)
    assert plan.also_said == plan.product.also_said
    assert {each.products for each in plan.also_said} == {(JACKET,)}
    assert [(each.file_name.split(".")[0], each.reason.value) for each in plan.also_said] == [
        ("commissioning", "output-elsewhere"),
        ("declaration-environmental-footprint", "output-elsewhere"),
        ("observation-carbon-footprint", "observed"),
        ("observation-chemical", "observed"),
        ("observation-durability", "observed"),
    ]


def test_inputs_without_a_step_are_gaps(files: list[EpcisFile]) -> None:
    lots = [gap.product.rpartition("/")[2] for gap in plan_import(files).gaps]
    assert lots == [
        "RPET-BATCH-2025-044",
        "YARN-PA-2025-022",
        "DOWN-RDS-2025-007",
        "TRIM-ZIP-2025-100",
    ]


def test_each_event_is_stated_by_the_gln_it_names(files: list[EpcisFile]) -> None:
    plan = plan_import(files)
    assert [each.stated_by.id.rpartition("/")[2] for each in plan.steps] == [
        "9521234000044",
        "9521234000051",
        "9521234000020",
    ]
    assert plan.also_said[0].stated_by.id == "https://id.gs1.org/417/9521234000006"


def test_the_file_order_changes_nothing_but_the_order_of_what_is_also_said(
    files: list[EpcisFile],
) -> None:
    forward, backward = plan_import(files), plan_import(files[::-1])
    assert [each.step for each in forward.steps] == [each.step for each in backward.steps]
    assert links(forward) == links(backward)
    assert forward.product.product == backward.product.product
    assert sorted(reasons(forward)) == sorted(reasons(backward))


def test_its_records_are_valid(files: list[EpcisFile]) -> None:
    assert len(payloads(plan_import(files))) == 4


@pytest.mark.parametrize(
    ("product", "steps"),
    [
        ("09521234000013/21/WJ-2025-00301", 3),
        ("09521234000136/FABRIC-WJ-2025-015", 2),
        ("urn:epc:class:lgtin:9521234.000011.YARN-RPET-2025-088", 1),
        ("09521234000105/RPET-BATCH-2025-044", 0),
    ],
)
def test_the_passport_can_be_of_any_product_found(
    files: list[EpcisFile], product: str, steps: int
) -> None:
    assert len(plan_import(files, product).product.steps) == steps
