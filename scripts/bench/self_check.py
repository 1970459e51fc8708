# SPDX-License-Identifier: Apache-2.0
"""The page's self-check against the verifier called alone, in one Chromium, each in a new context.

Two races. From the bytes: both files at hand, code loaded, until the verdict is there. From
nothing: code, bundle and trust file fetched, then the verdict; the page shows it, too. Nothing
is warm: who opens a page checks once.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from filiera.demo.server import WebServer
from filiera.web.assets import Assets, Verifier
from filiera.web.site import Site
from scripts.bench.district import Garment
from scripts.bench.harness import Figure, Report, figure, ratio
from tests.support.browser import PATIENCE, chromium
from tests.support.proving import proving
from tests.support.server import Server
from tests.support.world import World

OURS = ("check.js", "check-worker.js")
SHOWN = "[data-place=said] .headline .mark.tone-proven"
SPANS = """
["self-check", "self-check-whole"].map((name) => performance.getEntriesByName(name)[0].duration)
"""
ALONE = """
async ({ verifier, bundle, trust, href, now }) => {
  const begun = performance.now();
  const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const [{ productAt, selfCheck }, ...files] = await Promise.all([
    import(verifier), bytes(bundle), bytes(trust),
  ]);
  const asked = performance.now();
  const given = { bundle: files[0], trust: files[1], now, subject: productAt(href) };
  const { outcome } = selfCheck({ ...given, language: "en" });
  const ended = performance.now();
  if (outcome !== "proven") throw new Error("what is measured must be proven");
  return [ended - asked, ended - begun];
}
"""
"""The least that a self-check could do, in the page itself: [from the bytes, from nothing]."""


def measure(steps: int, rounds: int) -> list[Report]:
    """The passport of a garment of so many steps, on a server in memory, on loopback."""
    with _served(steps) as (server, address), chromium() as browser:
        contenders: dict[str, Callable[[], list[float]]] = {
            "page": lambda: _by_page(browser, server, address),
            "verifier": lambda: _alone(browser, server, address),
        }
        found = _race(contenders, rounds)
        site: Site = server.app.state.site
        about = f"{steps} steps, {rounds} rounds, Chromium {browser.version}, nothing warm"
    spans = {"from the bytes": 0, "from nothing": 1}
    times = {
        f"{name}, {span}": [each[at] / 1e3 for each in found[name]]
        for span, at in spans.items()
        for name in contenders
    }
    figures = [ratio(times, f"page, {span}", f"verifier, {span}") for span in spans]
    figures += [figure(name, "ms", [each * 1e3 for each in found]) for name, found in times.items()]
    return [
        Report("self-check", about, tuple(figures)),
        Report("self-check, size", "what a page loads for it, compressed", _sizes(site.assets)),
    ]


def _race(
    contenders: dict[str, Callable[[], list[float]]], rounds: int
) -> dict[str, list[list[float]]]:
    """Milliseconds of each contender's spans, round by round, by turns."""
    found: dict[str, list[list[float]]] = {name: [] for name in contenders}
    order = list(contenders)
    for _ in range(rounds):
        for name in order:
            found[name].append(contenders[name]())
        order.reverse()
    return found


@contextmanager
def _served(steps: int) -> Iterator[tuple[Server, str]]:
    """A server with one garment, its bundle made before anybody asks; the page's address."""
    garment = Garment(World(), steps)
    server = Server(garment.world)
    identities = [garment.world.jws[firm.name] for firm in garment.world.firms]
    for jws in (*identities, *garment.jws):
        server.submit(jws).raise_for_status()
    server.anchor()
    proving(server).services.bundles.make(garment.product)
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        WebServer(server.app, listening) as web,
    ):
        yield server, garment.product.replace("https://id.gs1.org", web.url)
    server.store.close()


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def _by_page(browser: Browser, server: Server, address: str) -> list[float]:
    with _page(browser) as page:
        page.add_init_script(f"Date.now = () => {(server.clock.now() + 60) * 1000}")
        page.goto(address)
        page.wait_for_selector(SHOWN)
        found: list[float] = page.evaluate(SPANS)
        return found


def _alone(browser: Browser, server: Server, address: str) -> list[float]:
    """The same files, called from a page of the same server without a script of its own."""
    with _page(browser) as page:
        site, slash, link = address.partition("/01/")
        page.goto(site)
        told: dict[str, Any] = {
            "verifier": _built(server.app.state.site.assets).module.address,
            "bundle": f"/v1/passports{slash}{link}/bundle",
            "trust": "/v1/trust",
            "href": address,
            "now": server.clock.now() + 60,
        }
        found: list[float] = page.evaluate(ALONE, told)
        return found


def _built(assets: Assets) -> Verifier:
    if assets.verifier is None:
        raise SystemExit("The browser verifier is not built: run `make setup`.")
    return assets.verifier


def _sizes(assets: Assets) -> tuple[Figure, ...]:
    ours = [assets.find(assets.address(name).rpartition("/")[2]) for name in OURS]
    loaded = [*ours, _built(assets).module]
    each = [figure(one.file, "bytes", [len(one.compressed)]) for one in loaded]
    return (*each, figure("together", "bytes", [sum(len(one.compressed) for one in loaded)]))
