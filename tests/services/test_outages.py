# SPDX-License-Identifier: Apache-2.0
"""Outages as a server meets them: real chain and IPFS behind proxies that are cut and mended."""

from __future__ import annotations

import pytest

from filiera.errors import UnavailableError
from filiera.model.ids import b64url
from filiera.proof.jws import record_id
from filiera.services.passport_view import verdict_sentence
from tests.support.running import Running

pytestmark = pytest.mark.stack


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
