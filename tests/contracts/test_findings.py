# SPDX-License-Identifier: Apache-2.0
"""What auditors found, what was answered, how it ended (FindingRegistry)."""

import pytest

from filiera.proof.facts import Role, Scope
from tests.support.chain import District, Firm, digest, events, refused, signer

pytestmark = pytest.mark.stack
REGISTRY = "FindingRegistry"
RECORD = digest("record")
FINDING, REPLY, RESOLUTION = digest("finding"), digest("reply"), digest("resolution")
NOBODY = "0x" + "00" * 20


@pytest.fixture
def auditor(district: District):
    return district.enrol("auditor", Role.AUDITOR, Scope.RECORDS)


def raise_finding(district: District, name: str = "auditor", finding: bytes = FINDING):
    return district.send(name, REGISTRY, "raise", RECORD, finding)


def test_an_auditor_raises_findings_that_stay(district, auditor):
    first = raise_finding(district)
    second = raise_finding(district, finding=digest("second"))
    assert district.ask(REGISTRY, "findingsOf", RECORD) == (
        (FINDING, auditor.address, first.block.time, bytes(32), NOBODY, 0),
        (digest("second"), auditor.address, second.block.time, bytes(32), NOBODY, 0),
    )
    said = {"record": RECORD, "finding": digest("second"), "account": auditor.address}
    assert events(second) == [("FindingRaised", {**said, "index": 1})]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_no_other_role_than_auditor_raises_a_finding(district, role):
    firm = district.enrol("firm", role)
    with refused("RoleMissing", participant=firm.id, role=Role.AUDITOR.value):
        raise_finding(district, "firm")


@pytest.mark.parametrize("scope", [Scope.STATUS, Scope.ANCHOR])
def test_findings_replies_and_resolutions_need_scope_records(district, auditor, scope):
    raise_finding(district)
    firm = district.enrol("firm", Role.AUDITOR, scope)
    for function, arguments in (
        ("raise", (RECORD, digest("another"))),
        ("reply", (RECORD, REPLY)),
        ("resolve", (RECORD, 0, RESOLUTION)),
    ):
        with refused("ScopeMissing", account=firm.address, scope=Scope.RECORDS.value):
            district.send("firm", REGISTRY, function, *arguments)


def test_every_participant_may_reply_and_each_ones_replies_are_apart(district, auditor):
    raise_finding(district)
    spinner, dyer = district.enrol("spinner"), district.enrol("dyer")
    mined = district.send("spinner", REGISTRY, "reply", RECORD, REPLY)
    district.send("dyer", REGISTRY, "reply", RECORD, digest("dyer's reply"))
    again = district.send("spinner", REGISTRY, "reply", RECORD, digest("second reply"))
    assert district.ask(REGISTRY, "repliesOf", RECORD, spinner.id) == (
        (REPLY, spinner.address, mined.block.time),
        (digest("second reply"), spinner.address, again.block.time),
    )
    assert len(district.ask(REGISTRY, "repliesOf", RECORD, dyer.id)) == 1
    said = {"record": RECORD, "participant": spinner.id, "reply": REPLY}
    assert events(mined) == [("Replied", {**said, "account": spinner.address})]


def test_who_raised_a_finding_resolves_it(district, auditor):
    raised = raise_finding(district)
    mined = district.send("auditor", REGISTRY, "resolve", RECORD, 0, RESOLUTION)
    ended = (RESOLUTION, auditor.address, mined.block.time)
    assert district.ask(REGISTRY, "findingsOf", RECORD) == (
        (FINDING, auditor.address, raised.block.time, *ended),
    )
    said = {"record": RECORD, "resolution": RESOLUTION, "account": auditor.address}
    assert events(mined) == [("FindingResolved", {**said, "index": 0})]


def test_any_account_of_who_raised_it_resolves_it_even_after_the_role_ended(district, auditor):
    raise_finding(district)
    second = signer("auditor's second account")
    district.registrar.add_account(district.consent(auditor.id, second, Scope.RECORDS))
    district.registrar.set_roles(auditor.id, 0)
    district.firms["second"] = Firm(auditor.id, second)
    district.send("second", REGISTRY, "resolve", RECORD, 0, RESOLUTION)
    assert district.ask(REGISTRY, "findingsOf", RECORD)[0][4] == second.address


def test_an_association_resolves_a_finding(district, auditor):
    raise_finding(district)
    district.send("association", REGISTRY, "resolve", RECORD, 0, RESOLUTION)
    assert district.ask(REGISTRY, "findingsOf", RECORD)[0][4] == district.association.address


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ASSOCIATION])
def test_nobody_else_resolves_it_not_even_another_auditor(district, auditor, role):
    raise_finding(district)
    firm = district.enrol("firm", role)
    with refused("NotRaiser", record=RECORD, index=0, caller=firm.id):
        district.send("firm", REGISTRY, "resolve", RECORD, 0, RESOLUTION)


def test_a_finding_is_resolved_once(district, auditor):
    raise_finding(district)
    district.send("auditor", REGISTRY, "resolve", RECORD, 0, RESOLUTION)
    with refused("FindingResolvedAlready", record=RECORD, index=0):
        district.send("association", REGISTRY, "resolve", RECORD, 0, digest("another"))


def test_what_was_not_raised_is_not_resolved(district, auditor):
    with refused("FindingUnknown", record=RECORD, index=0):
        district.send("auditor", REGISTRY, "resolve", RECORD, 0, RESOLUTION)
    raise_finding(district)
    with refused("FindingUnknown", record=RECORD, index=1):
        district.send("auditor", REGISTRY, "resolve", RECORD, 1, RESOLUTION)


def test_findings_replies_and_resolutions_are_records(district, auditor):
    raise_finding(district)
    for function, arguments in (
        ("raise", (RECORD, bytes(32))),
        ("reply", (RECORD, bytes(32))),
        ("resolve", (RECORD, 0, bytes(32))),
    ):
        with refused("RecordIdZero"):
            district.send("auditor", REGISTRY, function, *arguments)
