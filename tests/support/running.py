# SPDX-License-Identifier: Apache-2.0
"""A server over real parts, which a test can take away and give back.

`running` (test)  the demonstration's sample on a real chain and IPFS, both behind proxies:
                  `running.chain.cut()` and `.mend()`; everything is anchored but the
                  cardigan's own passport (`running.last`), which the test submits.

A test module that uses it needs `pytestmark = pytest.mark.stack`. `sample_running` is the
same outside of a test.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from filiera.adapters.ledger.rpc import Rpc
from filiera.api.app import create_app
from filiera.demo.content import SampleContent, Session
from filiera.demo.people import People
from filiera.sample.plan import PlannedRecord
from filiera.services import Services
from filiera.services.accept import File
from filiera.services.passport_view import verdict_sentence
from filiera.settings import load_settings
from filiera.wiring import build
from tests.support.chain import Chain
from tests.support.ipfs import Ipfs
from tests.support.proxy import Proxy


@dataclass
class Running:
    """A server over real parts, the sample loaded but for the cardigan's own passport."""

    services: Services
    client: TestClient
    chain: Proxy
    ipfs: Proxy
    product: str
    last: bytes
    people: People

    def part(self, name: str) -> Proxy:
        return self.chain if name == "chain" else self.ipfs

    def submit_last(self) -> tuple[int, dict[str, object]]:
        headers = {"Content-Type": "application/vc+jwt"}
        response = self.client.post("/v1/records", content=self.last, headers=headers)
        return response.status_code, response.json()

    def finish(self) -> None:
        """Submit and anchor the cardigan's own passport."""
        assert self.submit_last()[0] == 201
        self.services.anchoring.anchor_now()

    def sentence(self) -> str:
        return verdict_sentence(self.services.passports.assemble(self.product).verdict)


@pytest.fixture
def running(chain: Chain, ipfs: Ipfs, tmp_path: Path) -> Iterator[Running]:
    with sample_running(chain, ipfs, tmp_path) as found:
        yield found


@contextmanager
def sample_running(chain: Chain, ipfs: Ipfs, folder: Path) -> Iterator[Running]:
    """The sample on these two, its keys and database in that folder."""
    now = int(time.time())
    with ExitStack() as held:
        to_chain = held.enter_context(Proxy.before(chain.url))
        to_ipfs = held.enter_context(Proxy.before(_url(ipfs.api)))
        content = SampleContent(now)
        people = People(folder / "keys", folder / "password", content.people)
        deployment = folder / "deployment.json"
        identities = people.found(Rpc(chain.url), deployment, content.identities, now)
        settings = load_settings(
            database=f"sqlite:///{folder / 'filiera.db'}",
            chain_url=to_chain.url,
            deployment=deployment,
            ipfs_api=f"/ip4/127.0.0.1/tcp/{to_ipfs.port}",
            keys=folder / "keys",
            operator_password_file=folder / "password",
        )
        services = build(settings)
        client = TestClient(create_app(services, settings=settings, background=False))

        def submit(records: Sequence[bytes], files: Sequence[File]) -> None:
            for result in services.acceptance.accept_many(records, files):
                if isinstance(result, Exception):
                    raise result

        session = Session(people, services, submit, now)
        last = _load_but_the_passport(content, session, identities)
        yield Running(services, client, to_chain, to_ipfs, content.product, last, people)


def _load_but_the_passport(
    content: SampleContent, session: Session, identities: Sequence[bytes]
) -> bytes:
    session.submit(identities, [])
    session.services.anchoring.anchor_now()
    session.people.accredit(content.accreditations)
    own = [each for each in content.records if _is_own(each, content)]
    session.carry_out([each for each in content.records if each not in own])
    return session.people.sign(own[0], session.context)


def _is_own(planned: PlannedRecord, content: SampleContent) -> bool:
    return planned.key in content.own_records


def _url(multiaddr: str) -> str:
    return f"http://127.0.0.1:{multiaddr.rsplit('/', 1)[1]}"
