# SPDX-License-Identifier: Apache-2.0
"""Suspended, resumed, revoked, superseded (StatusRegistry)."""

from dataclasses import replace

import pytest

from filiera.adapters.ledger.eip712 import sign_instruction
from filiera.proof.facts import Role, Scope, StatusKind
from tests.support.chain import DAY, District, digest, events, refused, signer

pytestmark = pytest.mark.stack
REGISTRY = "StatusRegistry"
RECORD, SUCCESSOR, NONE = digest("record"), digest("successor"), bytes(32)
RESUMED, SUSPENDED, REVOKED, SUPERSEDED = StatusKind


@pytest.fixture
def spinner(district: District):
    return district.enrol("spinner", Role.PRODUCER, Scope.STATUS)


def say(district: District, kind: int, *, successor: bytes | None = None, effective: int = 0):
    """The spinner's own account sets a status, with a successor where it takes one."""
    named = successor if successor is not None else SUCCESSOR if kind == SUPERSEDED else NONE
    return district.send("spinner", REGISTRY, "setStatus", RECORD, kind, 7, effective, named)


def kinds(district: District, participant: bytes) -> list[int]:
    entries, _ = district.ask(REGISTRY, "statusesOf", participant, RECORD)
    return [entry[2] for entry in entries]


# What may follow what


@pytest.mark.parametrize(
    "said",
    [
        (SUSPENDED,),
        (REVOKED,),
        (SUPERSEDED,),
        (SUSPENDED, RESUMED),
        (SUSPENDED, SUSPENDED),
        (SUSPENDED, REVOKED),
        (SUSPENDED, SUPERSEDED),
        (SUSPENDED, RESUMED, SUSPENDED, RESUMED, REVOKED),
        (SUSPENDED, RESUMED, SUPERSEDED),
    ],
)
def test_a_record_in_force_or_suspended_may_be(district, spinner, said):
    for kind in said:
        say(district, kind)
    assert kinds(district, spinner.id) == list(said)


@pytest.mark.parametrize("last", [REVOKED, SUPERSEDED])
@pytest.mark.parametrize("kind", StatusKind)
def test_revoked_and_superseded_are_final(district, spinner, last, kind):
    say(district, last)
    with refused("StatusFinal", record=RECORD, kind=int(last)):
        say(district, kind)


def test_only_what_is_suspended_is_resumed(district, spinner):
    with refused("NotSuspended", record=RECORD):
        say(district, RESUMED)
    say(district, SUSPENDED)
    say(district, RESUMED)
    with refused("NotSuspended", record=RECORD):
        say(district, RESUMED)


@pytest.mark.parametrize("kind", [0, 5, 255])
def test_there_are_four_kinds(district, spinner, kind):
    with refused("KindUnknown", kind=kind):
        say(district, kind)


def test_a_successor_comes_with_superseded_and_with_nothing_else(district, spinner):
    for kind, successor in (
        (SUPERSEDED, NONE),
        (SUPERSEDED, RECORD),
        (SUSPENDED, SUCCESSOR),
        (REVOKED, SUCCESSOR),
    ):
        with refused("SuccessorInvalid", successor=successor):
            say(district, kind, successor=successor)
    say(district, SUPERSEDED)
    assert district.ask(REGISTRY, "statusesOf", spinner.id, RECORD)[1] == SUCCESSOR


# What an entry says


def test_a_status_holds_both_times_the_reason_and_who_said_it(district, spinner):
    past = district.chain.head().time - 10 * DAY
    mined = say(district, REVOKED, effective=past)
    entry = (past, mined.block.time, REVOKED, 7, spinner.address)
    assert district.ask(REGISTRY, "statusesOf", spinner.id, RECORD) == ((entry,), NONE)
    assert events(mined) == [
        (
            "StatusSet",
            {
                "participant": spinner.id,
                "record": RECORD,
                "account": spinner.address,
                "kind": REVOKED,
                "reason": 7,
                "effective": past,
                "successor": NONE,
            },
        )
    ]


def test_without_a_day_a_status_holds_from_its_block(district, spinner):
    mined = say(district, SUSPENDED)
    ((effective, recorded, *_),), _ = district.ask(REGISTRY, "statusesOf", spinner.id, RECORD)
    assert effective == recorded == mined.block.time


def test_a_participant_speaks_for_itself_alone(district, spinner):
    dyer = district.enrol("dyer", Role.PRODUCER, Scope.STATUS)
    district.send("dyer", REGISTRY, "setStatus", RECORD, REVOKED, 0, 0, NONE)
    assert kinds(district, dyer.id) == [REVOKED]
    assert kinds(district, spinner.id) == []
    say(district, SUSPENDED)


# Who may


@pytest.mark.parametrize("scopes", [Scope.RECORDS, Scope.ANCHOR, Scope.RECORDS | Scope.ANCHOR])
def test_no_other_scope_than_status_changes_a_standing(district, scopes):
    firm = district.enrol("firm", Role.PRODUCER, scopes)
    with refused("ScopeMissing", account=firm.address, scope=Scope.STATUS.value):
        district.send("firm", REGISTRY, "setStatus", RECORD, REVOKED, 0, 0, NONE)
    with refused("ScopeMissing"):
        district.ledger.relay_status(district.instruction("firm", RECORD, REVOKED))


def test_a_stranger_changes_no_standing(district, spinner):
    district.firms["stranger"] = replace(spinner, signer=signer("stranger"))
    with refused("AccountUnknown"):
        district.send("stranger", REGISTRY, "setStatus", RECORD, REVOKED, 0, 0, NONE)
    with refused("AccountUnknown"):
        district.ledger.relay_status(district.instruction("stranger", RECORD, REVOKED))


def test_a_closed_account_changes_no_standing(district, spinner):
    instruction = district.instruction("spinner", RECORD, REVOKED)
    district.keeper_of("spinner").close(spinner.address)
    with refused("AccountNotOpen"):
        say(district, REVOKED)
    with refused("AccountNotOpen"):
        district.ledger.relay_status(instruction)


# Relayed


def test_a_relayed_instruction_counts_as_the_signers(district, spinner):
    past = district.chain.head().time - DAY
    said = district.instruction("spinner", RECORD, SUSPENDED, reason=3, effective=past)
    block = district.ledger.relay_status(said)
    entries, _ = district.ask(REGISTRY, "statusesOf", spinner.id, RECORD)
    assert entries == ((past, block.time, SUSPENDED, 3, spinner.address),)


def test_an_instruction_is_relayed_once(district, spinner):
    said = district.instruction("spinner", RECORD, SUSPENDED)
    district.ledger.relay_status(said)
    with refused("InvalidAccountNonce", account=spinner.address, currentNonce=1):
        district.ledger.relay_status(said)


def test_instructions_are_relayed_in_the_order_of_their_nonces(district, spinner):
    second = district.instruction("spinner", RECORD, RESUMED, nonce=1)
    with refused("InvalidAccountNonce", account=spinner.address, currentNonce=0):
        district.ledger.relay_status(second)
    district.ledger.relay_status(district.instruction("spinner", RECORD, SUSPENDED))
    district.ledger.relay_status(second)
    assert kinds(district, spinner.id) == [SUSPENDED, RESUMED]


def test_an_instruction_holds_to_its_deadline_and_no_longer(district, spinner):
    deadline = district.chain.head().time + 60
    in_time = district.instruction("spinner", RECORD, SUSPENDED, deadline=deadline)
    late = district.instruction("spinner", RECORD, RESUMED, nonce=1, deadline=deadline)
    district.chain.at(deadline)
    district.ledger.relay_status(in_time)
    district.chain.pass_time(1)
    with refused("InstructionExpired", deadline=deadline):
        district.ledger.relay_status(late)


def test_an_instruction_binds_every_term_of_it(district, spinner):
    dyer = district.enrol("dyer", Role.PRODUCER, Scope.STATUS)
    said = district.instruction("spinner", RECORD, SUPERSEDED, successor=SUCCESSOR)
    for changed in (
        replace(said, participant=dyer.id),
        replace(said, record=digest("another record")),
        replace(said, kind=SUSPENDED),
        replace(said, reason=1),
        replace(said, effective=1),
        replace(said, successor=digest("another successor")),
        replace(said, account=dyer.address),
        replace(said, deadline=said.deadline - 1),
        replace(said, signature=bytes(65)),
        replace(said, signature=b""),
    ):
        with refused("InstructionInvalid", account=changed.account):
            district.ledger.relay_status(changed)
    district.ledger.relay_status(said)


def test_an_instruction_to_another_chain_or_contract_is_none_here(district, spinner):
    said = district.instruction("spinner", RECORD, REVOKED)
    for domain in (
        replace(district.status_domain, chain_id=1),
        replace(district.status_domain, contract="0x" + "11" * 20),
        district.consent_domain,
    ):
        with refused("InstructionInvalid"):
            district.ledger.relay_status(sign_instruction(said, domain, spinner.signer))


def test_an_account_instructs_for_its_own_participant_only(district, spinner):
    dyer = district.enrol("dyer", Role.PRODUCER, Scope.STATUS)
    said = district.instruction("dyer", RECORD, REVOKED, participant=spinner.id)
    with refused("NotParticipantsAccount", participant=spinner.id, account=dyer.address):
        district.ledger.relay_status(said)


def test_the_rules_hold_for_what_is_relayed_too(district, spinner):
    with refused("NotSuspended"):
        district.ledger.relay_status(district.instruction("spinner", RECORD, RESUMED))
    assert district.ledger.status_nonce(spinner.address) == 0
