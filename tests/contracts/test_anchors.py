# SPDX-License-Identifier: Apache-2.0
"""Roots and when they were anchored (AnchorRegistry)."""

import pytest

from filiera.proof.facts import Role, Scope
from tests.support.chain import DAY, District, Firm, digest, events, refused, signer

pytestmark = pytest.mark.stack
REGISTRY = "AnchorRegistry"
ROOT, MANIFEST = digest("root"), digest("manifest")


def anchor(district: District, name: str = "operator", root: bytes = ROOT, count: int = 3):
    return district.send(name, REGISTRY, "anchor", root, count, MANIFEST)


def test_an_anchor_holds_the_blocks_time_its_count_and_its_place_in_the_order(district):
    mined = anchor(district)
    operator = district.firms["operator"].address
    said = {"root": ROOT, "anchorer": operator, "count": 3, "sequence": 1, "manifest": MANIFEST}
    assert events(mined) == [("Anchored", said)]
    assert district.ask(REGISTRY, "anchorOf", operator, ROOT) == (mined.block.time, 3, 1)
    assert district.ask(REGISTRY, "nextSequence") == 2


def test_anchors_are_numbered_in_the_order_of_their_blocks_over_all_anchorers(district):
    other = district.enrol("another operator", Role.OPERATOR, Scope.ANCHOR)
    operator = district.firms["operator"]
    for name, root in (("operator", "a"), ("another operator", "b"), ("operator", "c")):
        anchor(district, name, digest(root))
    expected = ((operator, "a"), (other, "b"), (operator, "c"))
    for sequence, (firm, root) in enumerate(expected, start=1):
        assert district.ask(REGISTRY, "anchorOf", firm.address, digest(root))[2] == sequence


def test_an_anchorer_anchors_a_root_once(district):
    first = anchor(district)
    with refused("AnchoredAlready", root=ROOT):
        anchor(district, count=4)
    address = district.firms["operator"].address
    assert district.ask(REGISTRY, "anchorOf", address, ROOT) == (first.block.time, 3, 1)


def test_another_anchorer_may_anchor_the_same_root(district):
    other = district.enrol("another operator", Role.OPERATOR, Scope.ANCHOR)
    anchor(district)
    anchor(district, "another operator", count=5)
    assert district.ask(REGISTRY, "anchorOf", other.address, ROOT)[1:] == (5, 2)


def test_what_is_not_anchored_has_no_time(district):
    address = district.firms["operator"].address
    assert district.ask(REGISTRY, "anchorOf", address, ROOT) == (0, 0, 0)
    anchor(district)
    assert district.ask(REGISTRY, "anchorOf", signer("stranger").address, ROOT) == (0, 0, 0)


def test_an_empty_batch_is_refused(district):
    with refused("BatchEmpty"):
        anchor(district, count=0)


def test_a_count_that_no_slot_holds_is_refused_before_it_is_sent(district):
    with pytest.raises(Exception, match="does not take these arguments"):
        anchor(district, count=2**64)


def test_a_stranger_does_not_fill_the_registry(district):
    district.firms["stranger"] = Firm(digest("stranger"), signer("stranger"))
    with refused("AccountUnknown", account=signer("stranger").address):
        anchor(district, "stranger")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OPERATOR])
def test_no_other_role_than_operator_anchors(district, role):
    firm = district.enrol("firm", role, Scope.ANCHOR)
    with refused("RoleMissing", participant=firm.id, role=Role.OPERATOR.value):
        anchor(district, "firm")


@pytest.mark.parametrize("scopes", [Scope.RECORDS, Scope.STATUS, Scope.RECORDS | Scope.STATUS])
def test_no_other_scope_than_anchor_anchors(district, scopes):
    district.enrol("firm", Role.OPERATOR, scopes)
    with refused("ScopeMissing", scope=Scope.ANCHOR.value):
        anchor(district, "firm")


def test_an_account_that_is_closed_or_not_yet_open_does_not_anchor(district):
    operator = district.firms["operator"]
    account = signer("second")
    consent = district.consent(operator.id, account, Scope.ANCHOR)
    opening = district.chain.head().time + DAY
    district.registrar.add_account(consent, effective=opening)
    district.firms["second"] = Firm(operator.id, account)
    with refused("AccountNotOpen", account=account.address):
        anchor(district, "second")
    district.chain.pass_time(2 * DAY)
    anchor(district, "second")
    district.keeper_of("second").close(account.address)
    with refused("AccountNotOpen"):
        anchor(district, "second", digest("another root"))


def test_an_operator_whose_role_ended_does_not_anchor(district):
    district.registrar.set_roles(district.firms["operator"].id, 0)
    with refused("RoleMissing"):
        anchor(district)
