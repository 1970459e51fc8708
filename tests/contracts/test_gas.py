# SPDX-License-Identifier: Apache-2.0
"""What each call costs, held to the committed contracts/gas.json.

The registries are deployed by a key that does nothing else, so their addresses, the
signatures over them and every byte of every call are the same in each run.
"""

import json
from pathlib import Path

import pytest

from filiera.adapters.ledger.contracts import REGISTRIES
from filiera.proof.facts import Role, Scope, StatusKind
from tests.support.chain import (
    Chain,
    District,
    digest,
    refused,
    signer,
    start_district,
)

pytestmark = pytest.mark.stack
SNAPSHOT = Path(__file__).resolve().parents[2] / "contracts" / "gas.json"
PARTICIPANTS, ANCHORS, STATUSES, FINDINGS = REGISTRIES
NONE = bytes(32)


@pytest.fixture
def district(chain: Chain, tmp_path: Path):
    with chain.put_back():
        yield start_district(chain, tmp_path, "deployer of the gas test")


def anchor(district: District, root: str, count: int) -> tuple[int, int]:
    """Gas of one anchoring: all of it, and without what its call's own bytes cost."""
    arguments = (digest(root), count, digest("manifest"))
    mined = district.send("operator", ANCHORS, "anchor", *arguments)
    data = b"".join((digest(root), count.to_bytes(32, "big"), digest("manifest")))
    return mined.gas, mined.gas - sum(16 if byte else 4 for byte in data)


def test_anchoring_costs_less_than_70000_from_the_first_call(district):
    first, _ = anchor(district, "first", 1)
    second, _ = anchor(district, "second", 1)
    assert first < 70_000
    assert second < 70_000


def test_anchoring_costs_the_same_for_one_record_and_for_a_million(district):
    _, one = anchor(district, "first", 1)
    _, million = anchor(district, "second", 1_000_000)
    assert one == million


def test_a_refused_anchoring_changes_nothing(district):
    anchor(district, "root", 1)
    with refused("AnchoredAlready"):
        anchor(district, "root", 1)
    assert district.ask(ANCHORS, "nextSequence") == 2


def test_every_call_costs_what_the_snapshot_says(district):
    measured = dict(measure(district))
    assert measured == json.loads(SNAPSHOT.read_text()), json.dumps(measured, indent=2)


def measure(district: District):
    """(function, gas) of a typical call of each."""
    deployer = district.association.address
    count = int(district.chain.rpc.call("eth_getTransactionCount", deployer, "latest"), 16)
    assert count == 5, "the deployer did something else before"
    record, spinner, auditor = digest("record"), signer("spinner"), signer("auditor")
    participant = digest("spinner")

    def consent(account, of: bytes, scopes: int):
        said = district.consent(of, account, scopes)
        return (said.nonce, said.deadline, said.signature)

    def gas(name: str, registry: str, function: str, *arguments) -> tuple[str, int]:
        mined = district.send(name, registry, function, *arguments)
        return f"{registry}.{function}", mined.gas

    both = Scope.RECORDS | Scope.STATUS
    yield gas(
        "association",
        PARTICIPANTS,
        "enrol",
        participant,
        Role.PRODUCER,
        spinner.address,
        both,
        consent(spinner, participant, both),
    )
    district.firms["spinner"] = district.firms["association"].__class__(participant, spinner)
    second = signer("second")
    yield gas(
        "association",
        PARTICIPANTS,
        "addAccount",
        participant,
        second.address,
        Scope.STATUS,
        0,
        consent(second, participant, Scope.STATUS),
    )
    yield gas("association", PARTICIPANTS, "setScopes", spinner.address, Scope.RECORDS, 0)
    wider = consent(spinner, participant, both)
    yield gas("association", PARTICIPANTS, "widenScopes", spinner.address, both, 0, wider)
    yield gas("association", PARTICIPANTS, "setRoles", participant, Role.IMPORTER, 0)
    yield gas("association", PARTICIPANTS, "setProfile", participant, digest("newer"), 0)
    yield gas("association", PARTICIPANTS, "accredit", participant, digest("scheme"), True, 0)
    yield gas("operator", ANCHORS, "anchor", digest("root"), 1000, digest("manifest"))
    yield gas("spinner", STATUSES, "setStatus", record, StatusKind.SUSPENDED, 1, 0, NONE)
    said = district.instruction("spinner", record, StatusKind.REVOKED)
    terms = (said.participant, said.record, said.kind, said.reason, said.effective)
    terms += (said.successor, said.account, said.nonce, said.deadline)
    yield gas("operator", STATUSES, "relay", terms, said.signature)
    district.enrol("auditor", Role.AUDITOR)
    assert district.firms["auditor"].address == auditor.address
    yield gas("auditor", FINDINGS, "raise", record, digest("finding"))
    yield gas("spinner", FINDINGS, "reply", record, digest("reply"))
    yield gas("auditor", FINDINGS, "resolve", record, 0, digest("resolution"))
    yield gas("spinner", PARTICIPANTS, "closeAccount", second.address, 0)
    yield gas("spinner", PARTICIPANTS, "reportAccount", spinner.address)
    yield gas("association", PARTICIPANTS, "setCompromised", spinner.address, 1)
