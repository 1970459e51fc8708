# SPDX-License-Identifier: Apache-2.0
"""Pages of a ten-step passport, against their own template and FastAPI's hello world.

Every page is asked for as a server would ask the application: by raw ASGI calls in one event
loop, its threads included, without sockets. The database is in memory, as are the chain's
facts and IPFS; records, signatures and proofs are real.
"""

from __future__ import annotations

import gc
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from fastapi import FastAPI

from filiera.model.gs1 import product_id
from filiera.settings import Settings
from filiera.web.addresses import passport_address
from filiera.web.language import Reader
from filiera.web.page import build_page
from scripts.bench.asgi import Asgi
from scripts.bench.assemble import anchor
from scripts.bench.district import Garment, records
from scripts.bench.harness import Figure, Report, Times, cost, figure, race, ready
from tests.support.server import Server
from tests.support.site import parse

AGE: Final = 10
"""Seconds for which pages are kept, as set by default."""
READER: Final = Reader("it", chosen=False)
TEMPLATE, HELLO = "the template with its data in memory", "FastAPI hello world"
CACHED, UNCHANGED = "page that is kept", "304"
ANEW, FIRST = "first render, records read before", "first render of all, nothing read before"
PAGES: Final = (CACHED, UNCHANGED, ANEW, FIRST)


def hello() -> FastAPI:
    """The application of FastAPI's own first page."""
    app = FastAPI()

    @app.get("/")
    async def root() -> dict[str, str]:
        return {"message": "Hello World"}

    return app


@dataclass
class Bench:
    """Garments of so many steps, all in one batch with `others` more records.

    `unseen` are enough for `calls` a round.
    """

    steps: int
    others: int
    calls: int
    rounds: int
    asgi: Asgi
    server: Server = field(init=False)
    garment: Garment = field(init=False)
    unseen: list[Garment] = field(init=False)

    def __post_init__(self) -> None:
        self.server = Server(settings=Settings(page_age=AGE))
        world = self.server.world
        self.garment = Garment(world, self.steps)
        self.unseen = [Garment(world, self.steps) for _ in range(self.calls * self.rounds)]
        identities = [world.jws[firm.name] for firm in world.firms]
        made = [jws for garment in (self.garment, *self.unseen) for jws in garment.jws]
        anchor(self.server, [*identities, *made, *records(world, self.others)])

    @property
    def address(self) -> str:
        """The page of the garment that is shown again and again."""
        return _address(self.garment)

    def contenders(self) -> dict[str, Callable[[], Callable[[], object]]]:
        """What is raced, each `calls` times in a run."""
        greeting = hello()
        greet = ["/"] * self.calls
        return {
            TEMPLATE: ready(self._template()),
            HELLO: ready(lambda: self.asgi.get_all(greeting, greet)),
            CACHED: self._cached,
            UNCHANGED: lambda: self._cached(304, if_none_match=self._tag()),
            ANEW: self._anew,
            FIRST: self._first,
        }

    def _template(self) -> Callable[[], None]:
        site = self.server.app.state.site
        page = build_page(site.shelf.shown(self.garment.product))

        def run() -> None:
            for _ in range(self.calls):
                site.templates.render(READER, "passport.html", docs=True, page=page)

        return run

    def _tag(self) -> str:
        return self.asgi.get(self.server.app, self.address).headers["etag"]

    def _cached(self, status: int = 200, **headers: str) -> Callable[[], None]:
        self.asgi.get(self.server.app, self.address)
        addresses = [self.address] * self.calls
        return lambda: self.asgi.get_all(self.server.app, addresses, status, **headers)

    def _anew(self) -> Callable[[], None]:
        """Each page is over its time, and there is a new block since it was made."""
        self.asgi.get(self.server.app, self.address)
        return lambda: self.asgi.get_all(self.server.app, self._later())

    def _later(self) -> Iterator[str]:
        for _ in range(self.calls):
            self.server.clock.seconds += AGE
            self.server.ledger.mine()
            yield self.address

    def _first(self) -> Callable[[], None]:
        """Each of a passport never seen, after a restart and one other page of their batch."""
        fresh = self.server.restarted()
        self.asgi.get(fresh, self.address)
        addresses = [_address(self.unseen.pop()) for _ in range(self.calls)]
        return lambda: self.asgi.get_all(fresh, addresses)


def _address(garment: Garment) -> str:
    return passport_address(product_id(garment.product).uri)


def measure(steps: int, others: int, calls: int, rounds: int) -> Report:
    """Race a page of `steps` steps in all its cases; `calls` of each in a run."""
    with Asgi() as asgi:
        bench = Bench(steps, others, calls, rounds, asgi)
        # The bench's own heap is many times a server's: it is not to be searched for garbage.
        gc.freeze()
        try:
            times = race(rounds, bench.contenders())
        finally:
            gc.unfreeze()
        sizes = list(_sizes(bench))
    return Report(
        "pages",
        f"passport of {steps} steps, gzip, raw ASGI, {calls} a run, {rounds} rounds, CPU time",
        (
            *(_speed(times, name, TEMPLATE) for name in PAGES),
            *(_speed(times, name, HELLO) for name in PAGES),
            _speed(times, TEMPLATE, HELLO),
            *(cost(times, name, calls, "call") for name in times),
            *sizes,
        ),
    )


def _speed(times: Times, name: str, other: str) -> Figure:
    """The rate of one as a multiple of the other's."""
    pairs = zip(times[name], times[other], strict=True)
    return figure(f"{name}: rate / {other}", "x", [theirs / own for own, theirs in pairs])


def _sizes(bench: Bench) -> Iterator[Figure]:
    """What a browser loads before it can show the page, as it is sent."""
    first = bench.asgi.get(bench.server.app, bench.address)
    page = parse(gzip.decompress(first.body).decode())
    linked = [each.attributes["href"] for each in page.of("link", rel="stylesheet")]
    linked += [(each.attributes["href"] or "").partition("#")[0] for each in page.of("use")]
    linked += [each.attributes["src"] for each in page.of("script")]
    loaded = {each: bench.asgi.get(bench.server.app, each) for each in linked if each}
    sizes = {"page": len(first.body)} | {each: len(got.body) for each, got in loaded.items()}
    yield figure("first view, compressed", "bytes", [sum(sizes.values())])
    for name, size in sizes.items():
        yield figure(f"first view: {name}", "bytes", [size])
    verifier = bench.server.app.state.site.assets.verifier
    if verifier is not None:
        yield figure("verifier, loaded after it", "bytes", [len(verifier.module.compressed)])
