# SPDX-License-Identifier: Apache-2.0
"""Whether an account may sign now, whoever reported it and whoever reported those."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from filiera.proof.facts import Account, Report
from filiera.services.entitling import entitlement_of
from tests.support.server import Server
from tests.support.world import START

LATER = START + 9


def test_a_report_counts_by_what_is_said_of_who_made_it_however_far_that_leads() -> None:
    """Each but the last was reported by the next, whose report is void if that one counts."""
    server = Server()
    mill = server.world.mill.signer.address
    names = [mill, *(f"0x{number:040x}" for number in range(1, 6))]
    known = {name: Account(name, None) for name in names} | server.ledger.accounts
    server.ledger.accounts = known | {
        name: replace(known[name], reports=(Report(START, LATER, by),), compromised_since=START)
        for name, by in pairwise(names)
    }
    accounts = entitlement_of({mill}, server.ledger).facts
    assert accounts is not None
    since = [accounts.accounts[name].compromised_since for name in names]
    assert since == [START, None, START, None, START, None]
