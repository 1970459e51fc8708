# SPDX-License-Identifier: Apache-2.0
"""The benchmarks run and say their ratios; how fast anything is, no test asks."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.bench import pages
from scripts.bench.__main__ import BENCHES, main
from scripts.bench.harness import race, ratio, ready
from scripts.bench.pages import PAGES

RATIOS = {
    "merkle": {"tree, all levels / bare hashlib loop", "pymerkle / tree, all levels"},
    "accept": {"accept, 1 a call / coincurve verify", "accept, 5 a call / coincurve verify"},
    "verify": {
        "one step alone / its 3 signatures by coincurve",
        "passport, 3 steps / its 7 signatures by coincurve",
    },
    "pages": {
        f"{page}: rate / {floor}" for page in PAGES for floor in (pages.TEMPLATE, pages.HELLO)
    },
    "assemble": {"passport, 3 steps / its 7 signatures by coincurve"},
    "bundle": {
        "passport, 1 step / its 6 signatures by coincurve",
        "passport, 3 steps / its 8 signatures by coincurve",
        "passport, 3 steps / passport, 1 step",
    },
}


SUBJECTS = {
    "passport, 1 step": 6,
    "passport, 3 steps": 8,
    "passport, 2 steps, clique": 9,
    "passport, 2 steps, qbft": 10,
}
IN_ENGINES = {
    f"{name} / its {signatures} {what}"
    for name, signatures in SUBJECTS.items()
    for what in ("signatures by noble", "signatures, digests at hand")
} | {"passport, 3 steps / passport, 1 step"}


@pytest.fixture(autouse=True)
def _heap_of_its_own() -> Iterator[None]:
    """A race collects garbage before every turn: in what it made, not in all that tests left."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.stack
def test_the_browser_verifier_is_measured_in_node_and_in_chromium(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["browser", "--tiny", "--json"])
    node, chromium, size = json.loads(capsys.readouterr().out)["reports"]
    in_node, in_chromium = (
        {each["name"] for each in report["figures"] if each["unit"] == "x"}
        for report in (node, chromium)
    )
    assert in_node == IN_ENGINES
    assert {each.removesuffix(", processor") for each in in_chromium} == IN_ENGINES
    assert {"verifier.html", "verify.mjs"} <= {each["name"] for each in size["figures"]}


@pytest.mark.stack
def test_a_pages_own_check_is_measured_against_the_verifier_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["self-check", "--tiny", "--json"])
    times, size = json.loads(capsys.readouterr().out)["reports"]
    assert {each["name"] for each in times["figures"] if each["unit"] == "x"} == {
        "page, from the bytes / verifier, from the bytes",
        "page, from nothing / verifier, from nothing",
    }
    sizes = {each["name"]: each["median"] for each in size["figures"]}
    together = sizes.pop("together")
    assert together == sum(sizes.values()) <= 150_000


@pytest.mark.stack
def test_the_size_of_a_bundle_is_measured_on_a_real_chain_and_by_its_parts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["bundle-size", "--tiny", "--json"])
    [report] = json.loads(capsys.readouterr().out)["reports"]
    figures = {each["name"]: each["median"] for each in report["figures"]}
    name = "2 steps, 2 firms, a batch each"
    assert figures[f"{name}, a step"] * 2 == figures[name]
    parts = sum(size for part, size in figures.items() if part.startswith(f"{name}: "))
    assert 0.85 < parts / figures[name] < 1  # the rest is braces, names and anchors
    asked = {size for part, size in figures.items() if part.endswith("eth_getProof")}
    assert asked == {2}


@pytest.mark.parametrize("name", RATIOS)
def test_a_benchmark_says_its_ratios_with_their_range(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main([name, "--tiny", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert "cores, CPython" in found["machine"]
    [report] = found["reports"]
    figures = {figure["name"]: figure for figure in report["figures"] if figure["unit"] == "x"}
    assert figures.keys() >= RATIOS[name]
    for figure in figures.values():
        assert 0 < figure["low"] <= figure["median"] <= figure["high"]


def test_the_profile_names_functions_and_their_share(capsys: pytest.CaptureFixture[str]) -> None:
    main(["profile", "--tiny"])
    text = capsys.readouterr().out
    assert "profile of accept: 10 records, 1 a call" in text
    assert "filiera/services/accept.py" in text
    assert "% own" in text
    assert "% cumulative" in text


def test_a_benchmark_that_does_not_exist_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["speed"])
    assert stopped.value.code == 2
    assert "there is no benchmark speed" in capsys.readouterr().err


def test_every_benchmark_is_tried_here_and_documented() -> None:
    assert BENCHES.keys() == RATIOS.keys() | {"profile", "browser", "bundle-size", "self-check"}
    page = (Path(__file__).parents[1] / "docs" / "performance.md").read_text("utf-8")
    commands = " ".join(line for line in page.splitlines() if "scripts.bench" in line)
    assert set(BENCHES) <= set(commands.split())


def test_contenders_take_turns_and_are_compared_within_a_round() -> None:
    ran: list[str] = []
    clock = iter([0.0, 2.0, 2.0, 3.0, 3.0, 5.0, 5.0, 15.0])
    contenders = {name: ready(lambda name=name: ran.append(name)) for name in "ab"}  # type: ignore[misc]
    times = race(2, contenders, lambda: next(clock))
    assert ran == ["a", "b", "b", "a"]
    assert times == {"a": [2.0, 10.0], "b": [1.0, 2.0]}
    found = ratio(times, "a", "b")
    assert (found.low, found.median, found.high) == (2.0, 3.5, 5.0)
