# SPDX-License-Identifier: Apache-2.0
"""Outages as a server meets them: real chain and IPFS behind proxies that are cut and mended."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from filiera.adapters.ledger.rpc import Rpc
from filiera.api.app import create_app
from filiera.demo.content import SampleContent, Session
from filiera.demo.people import People
from filiera.errors import UnavailableError
from filiera.model.ids import b64url
from filiera.proof.jws import record_id
from filiera.sample.plan import PlannedRecord
from filiera.services import Services
from filiera.services.accept import File
from filiera.services.passport_view import verdict_sentence
from filiera.settings import load_settings
from filiera.wiring import build
from tests.support.chain import Chain
from tests.support.ipfs import Ipfs
from tests.support.proxy import Proxy

pytestmark = pytest.mark.stack


@dataclass
class Running:
    """A server over real parts, the sample loaded but for the cardigan's own passport."""

    services: Services
    client: TestClient
    chain: Proxy
    ipfs: Proxy
    product: str
    last: bytes

    def part(self, name: str) -> Proxy:
        return self.chain if name == "chain" else self.ipfs

    def submit_last(self) -> tuple[int, dict[str, object]]:
        headers = {"Content-Type": "application/vc+jwt"}
        response = self.client.post("/v1/records", content=self.last, headers=headers)
        return response.status_code, response.json()

    def sentence(self) -> str:
        return verdict_sentence(self.services.passports.assemble(self.product).verdict)


@pytest.fixture
def running(chain: Chain, ipfs: Ipfs, tmp_path: Path) -> Iterator[Running]:
    now = int(time.time())
    with ExitStack() as held:
        to_chain = held.enter_context(Proxy.before(chain.url))
        to_ipfs = held.enter_context(Proxy.before(_url(ipfs.api)))
        content = SampleContent(now)
        people = People(tmp_path / "keys", tmp_path / "password", content.people)
        deployment = tmp_path / "deployment.json"
        identities = people.found(Rpc(chain.url), deployment, content.identities, now)
        settings = load_settings(
            database=f"sqlite:///{tmp_path / 'filiera.db'}",
            chain_url=to_chain.url,
            deployment=deployment,
            ipfs_api=f"/ip4/127.0.0.1/tcp/{to_ipfs.port}",
            keys=tmp_path / "keys",
            operator_password_file=tmp_path / "password",
        )
        services = build(settings)
        client = TestClient(create_app(services, settings=settings, background=False))

        def submit(records: Sequence[bytes], files: Sequence[File]) -> None:
            for result in services.acceptance.accept_many(records, files):
                if isinstance(result, Exception):
                    raise result

        session = Session(people, services, submit, now)
        last = _load_but_the_passport(content, session, identities)
        yield Running(services, client, to_chain, to_ipfs, content.product, last)


def _load_but_the_passport(
    content: SampleContent, session: Session, identities: Sequence[bytes]
) -> bytes:
    session.submit(identities, [])
    session.services.anchoring.anchor_now()
    own = [each for each in content.records if _is_own(each, content)]
    session.carry_out([each for each in content.records if each not in own])
    return session.people.sign(own[0], session.context)


def _is_own(planned: PlannedRecord, content: SampleContent) -> bool:
    return planned.key in content.own_records


def _url(multiaddr: str) -> str:
    return f"http://127.0.0.1:{multiaddr.rsplit('/', 1)[1]}"


@pytest.mark.parametrize(("part", "code"), [("chain", "chain-unreachable")])
def test_a_submission_during_an_outage_stores_nothing_and_may_be_sent_again(
    running: Running, part: str, code: str
) -> None:
    running.part(part).cut()
    status, problem = running.submit_last()
    assert (status, problem["code"], problem["part"]) == (503, code, part)
    assert running.services.store.get(record_id(running.last)) is None
    running.part(part).mend()
    assert running.submit_last()[0] == 201


@pytest.mark.parametrize("part", ["chain", "ipfs"])
def test_what_was_accepted_before_an_outage_is_anchored_when_it_is_over(
    running: Running, part: str
) -> None:
    assert running.submit_last()[0] == 201
    running.part(part).cut()
    readyz = running.client.get("/readyz")
    assert readyz.status_code == 503
    with pytest.raises(UnavailableError):
        running.services.anchoring.anchor_now()
    running.part(part).mend()
    running.services.anchoring.anchor_now()
    assert running.sentence() == "proven (7 of 7 steps; one operator's word)"


def test_reads_go_on_while_the_chain_is_away(running: Running) -> None:
    running.submit_last()
    running.services.anchoring.anchor_now()
    running.chain.cut()
    record = running.client.get(f"/v1/records/{b64url(record_id(running.last))}")
    assert record.status_code == 200
    assert running.sentence() == "unknown (0 of 7 steps; one operator's word)"
    running.chain.mend()
    assert running.sentence() == "proven (7 of 7 steps; one operator's word)"


def test_documents_that_cannot_be_fetched_are_not_presented_and_no_forgery(
    running: Running,
) -> None:
    running.submit_last()
    running.services.anchoring.anchor_now()
    running.ipfs.cut()
    passport = running.services.passports.assemble(running.product)
    assert verdict_sentence(passport.verdict) == "proven (7 of 7 steps; one operator's word)"
    assert passport.unavailable == ("ipfs",)
    assert len(passport.verdict.not_presented) > 1
