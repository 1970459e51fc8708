# SPDX-License-Identifier: Apache-2.0
"""Slots computed from the committed layout hold what the getters return."""

from collections.abc import Callable

import pytest

from filiera.adapters.ledger.rpc import octets
from filiera.proof.facts import Role, Scope, StatusKind
from filiera.proof.slots import (
    Place,
    account_place,
    accreditations_place,
    anchor_place,
    findings_place,
    participant_place,
    replies_place,
    statuses_place,
    variable,
)
from tests.support.chain import DAY, District, digest, signer

pytestmark = pytest.mark.stack
RECORD, SCHEME = digest("record"), digest("scheme")


def storage(district: District, registry: str) -> Callable[[int], bytes]:
    """The node's own word for word storage of a registry."""
    address = district.deployment.address(registry)
    return lambda slot: octets(
        district.chain.rpc.call("eth_getStorageAt", address, f"0x{slot:064x}", "latest")
    )


def tuples(value: object) -> object:
    """Structs and arrays as a getter returns them."""
    if isinstance(value, dict):
        return tuple(map(tuples, value.values()))
    return tuple(map(tuples, value)) if isinstance(value, list) else value


def assert_equal(district: District, place: Place, registry: str, getter: str, *key) -> None:
    returned = district.ask(registry, getter, *key)
    assert tuples(place.read(storage(district, registry))) == returned


def test_accounts_lie_where_the_layout_says(district):
    spinner = district.enrol("spinner")
    now = district.chain.head().time
    district.registrar.set_scopes(spinner.address, Scope.RECORDS, effective=now + DAY)
    district.registrar.set_compromised(spinner.address, now - DAY)
    district.registrar.set_compromised(spinner.address, now - 2 * DAY)
    for address in (spinner.address, district.association.address, signer("nobody").address):
        assert_equal(district, account_place(address), "ParticipantRegistry", "accountOf", address)


def test_participants_lie_where_the_layout_says(district):
    spinner = district.enrol("spinner", Role.PRODUCER | Role.IMPORTER)
    district.registrar.set_roles(spinner.id, Role.AUDITOR)
    district.registrar.set_profile(spinner.id, digest("newer"))
    for participant in (spinner.id, district.association.id, digest("nobody")):
        assert_equal(
            district,
            participant_place(participant),
            "ParticipantRegistry",
            "participantOf",
            participant,
        )


def test_accreditations_lie_where_the_layout_says(district):
    certifier = district.enrol("certifier", Role.CERTIFIER)
    district.registrar.accredit(certifier.id, SCHEME, effective=1_700_000_000)
    district.registrar.accredit(certifier.id, SCHEME, granted=False)
    for scheme in (SCHEME, digest("another scheme")):
        key = (certifier.id, scheme)
        place = accreditations_place(*key)
        assert_equal(district, place, "ParticipantRegistry", "accreditationsOf", *key)


def test_anchors_lie_in_one_slot_each_where_the_layout_says(district):
    operator = district.firms["operator"].address
    for i, count in enumerate((1, 1_000_000, 2**64 - 1)):
        root = digest(f"root {i}")
        district.ledger.anchor(root, count, digest("manifest"))
        place = anchor_place(operator, root)
        assert_equal(district, place, "AnchorRegistry", "anchorOf", operator, root)
        assert len({member.slot for _, member in place.members()}) == 1
    place = anchor_place(operator, digest("not anchored"))
    assert_equal(district, place, "AnchorRegistry", "anchorOf", operator, digest("not anchored"))
    total = variable("AnchorRegistry", "nextSequence")
    assert total.read(storage(district, "AnchorRegistry")) == 4


def test_statuses_lie_in_one_slot_each_where_the_layout_says(district):
    spinner = district.enrol("spinner")
    for kind in (StatusKind.SUSPENDED, StatusKind.RESUMED, StatusKind.SUSPENDED):
        district.ledger.relay_status(
            district.instruction("spinner", RECORD, kind, reason=255, effective=2**40 - 1)
        )
    district.ledger.relay_status(
        district.instruction("spinner", RECORD, StatusKind.SUPERSEDED, successor=digest("next"))
    )
    for record in (RECORD, digest("another record")):
        key = (spinner.id, record)
        place = statuses_place(*key)
        assert_equal(district, place, "StatusRegistry", "statusesOf", *key)
    entry = place.member("entries").element(3)
    assert len({member.slot for _, member in entry.members()}) == 1


def test_findings_and_replies_lie_where_the_layout_says(district):
    registry = "FindingRegistry"
    auditor = district.enrol("auditor", Role.AUDITOR)
    for finding in ("first", "second"):
        district.send("auditor", registry, "raise", RECORD, digest(finding))
        district.send("auditor", registry, "reply", RECORD, digest(finding + " reply"))
    district.send("auditor", registry, "resolve", RECORD, 1, digest("resolution"))
    for record in (RECORD, digest("another record")):
        assert_equal(district, findings_place(record), registry, "findingsOf", record)
        key = (record, auditor.id)
        assert_equal(district, replies_place(*key), registry, "repliesOf", *key)


def test_the_node_proves_a_computed_slot(district):
    district.ledger.anchor(digest("root"), 7, digest("manifest"))
    place = anchor_place(district.firms["operator"].address, digest("root"))
    proof = district.chain.rpc.call(
        "eth_getProof",
        district.deployment.address("AnchorRegistry"),
        [f"0x{place.slot:064x}"],
        "latest",
    )
    (proven,) = proof["storageProof"]
    word = int(proven["value"], 16).to_bytes(32, "big")
    assert proven["proof"]
    assert place.read(lambda _: word)["count"] == 7
