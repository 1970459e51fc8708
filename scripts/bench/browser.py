# SPDX-License-Identifier: Apache-2.0
"""The browser verifier in Node and in Chromium, against the signatures of the same bundle.

Both engines run the same script (browser_race.ts): the whole verdict from the bytes of a
bundle and a trust file, and noble's own work on the same signatures, by turns: `verify` of what
was signed and, as a second yardstick, of its digest at hand; and the recovery of every seal.
What is timed by the clock in either is timed once more in Chromium by the processor's time.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from filiera.stack.tools import find_node
from scripts.bench.browser_subjects import subjects
from scripts.bench.harness import Figure, Report, cost, figure, ratio
from tests.support.browser import chromium
from tests.support.proven import Proven

ROOT = Path(__file__).resolve().parents[2]
VERIFIER = ROOT / "backend" / "verifier"
PROCESSES = Path("/proc")
SHARED = ("clique", "qbft")
"""Kinds of seals that several validators make."""
FLOORS = {"floor of ": "signatures by noble", "bare floor of ": "signatures, digests at hand"}
"""What browser_race.ts calls its yardsticks, and what they are."""
RUN = "console.log(JSON.stringify(race(...JSON.parse(require('fs').readFileSync(0, 'utf8')))))"


def measure(steps: Sequence[int], garment: int, others: int, rounds: int) -> list[Report]:
    """Verify bundles of so many steps, on a chain with `others` batches, in either engine.

    Those of `steps` are sealed by an operator, that of a `garment` by every other kind as well.
    """
    given = [
        {"name": name, "bundle": each.bundle.decode(), "trust": each.trust.decode()}
        | {"now": each.now}
        for name, each in _subjects(steps, garment, others)
    ]
    with tempfile.TemporaryDirectory() as folder:
        script = _script(Path(folder))
        found = {
            "Node": _in_node(script, [given, rounds]),
            "Chromium": _in_chromium(script, [given, rounds]),
        }
        sizes = tuple(_sizes(Path(folder)))
    return [
        *(_report(engine, *raced, rounds) for engine, raced in found.items()),
        Report("browser, size", "files that the verifier is built into", sizes),
    ]


def _subjects(steps: Sequence[int], garment: int, others: int) -> Iterator[tuple[str, Proven]]:
    yield from subjects(steps, others).items()
    for kind in SHARED:
        for name, each in subjects([garment], others, kind).items():
            yield f"{name}, {kind}", each


def _report(engine: str, version: str, found: Mapping[str, Any], rounds: int) -> Report:
    times, busy = _seconds(found["times"]), _seconds(found.get("busy", {}))
    signatures: Mapping[str, int] = found["signatures"]
    names = list(signatures)
    operator = [name for name in names if not name.endswith(SHARED)]
    return Report(
        f"browser, {engine}",
        f"{engine} {version}, the whole verdict to its signatures by noble, {rounds} rounds",
        (
            *(
                _ratio(spent, name, f"{floor}{name}", f"its {signatures[name]} {words}{by}")
                for floor, words in FLOORS.items()
                for spent, by in ((times, ""), (busy, ", processor"))
                for name in names
                if spent
            ),
            *(ratio(times, more, less) for less, more in pairwise(operator)),
            *(cost(times, name, signatures[name], "signature") for name in names),
        ),
    )


def _seconds(milliseconds: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    return {name: [each / 1e3 for each in spent] for name, spent in milliseconds.items()}


def _ratio(times: Mapping[str, Sequence[float]], name: str, floor: str, words: str) -> Figure:
    found = ratio(times, name, floor)
    return Figure(f"{name} / {words}", found.unit, found.median, found.low, found.high)


def _script(folder: Path) -> Path:
    """browser_race.ts with all that it needs, as one script."""
    script = folder / "race.cjs"
    _node(
        VERIFIER / "node_modules/esbuild/bin/esbuild",
        ROOT / "scripts/bench/browser_race.ts",
        "--bundle",
        "--minify",
        "--target=es2022",
        "--log-level=error",
        f"--outfile={script}",
    )
    return script


def _sizes(folder: Path) -> Iterator[Figure]:
    _node(VERIFIER / "build.mjs", folder / "built")
    for each in sorted((folder / "built").iterdir()):
        yield figure(each.name, "bytes", [each.stat().st_size])


def _in_node(script: Path, asked: list[Any]) -> tuple[str, Any]:
    return _node("--version").strip(), json.loads(
        _node("-r", script, "-e", RUN, text=json.dumps(asked))
    )


def _in_chromium(script: Path, asked: list[Any]) -> tuple[str, Any]:
    with chromium() as browser:
        page = browser.new_page()
        page.add_script_tag(path=script)
        found = page.evaluate("(asked) => race(...asked)", asked)
        found["busy"] = _busy(browser, page, list(found["times"]), asked[1])
        return browser.version, found


def _busy(browser: Browser, page: Page, names: list[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds for which the page's thread has the processor, by contender; Linux alone says.

    On a machine with more to do than cores the clock also counts what others do meanwhile.
    """
    if not PROCESSES.is_dir():
        return {}
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    threads = [PROCESSES / str(each["id"]) / "schedstat" for each in told]
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            before = [_milliseconds(each) for each in threads]
            page.evaluate("(name) => turn(name)", name)
            spent = [_milliseconds(each) - then for each, then in zip(threads, before, strict=True)]
            found[name].append(max(spent))
        names.reverse()
    return found


def _milliseconds(schedstat: Path) -> float:
    """How long the main thread of a process has run; one that is gone runs no more."""
    try:
        return int(schedstat.read_text("ascii").split()[0]) / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _node(*arguments: object, text: str = "") -> str:
    """What Node writes; raises CalledProcessError with its errors shown."""
    finished = subprocess.run(
        [str(find_node().path), *map(str, arguments)],
        input=text,
        env=os.environ | {"NODE_PATH": str(VERIFIER / "node_modules")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return finished.stdout
