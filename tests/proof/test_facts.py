# SPDX-License-Identifier: Apache-2.0
"""Chain facts: histories, and facts that come in parts (docs/contracts.md)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import ConflictError
from filiera.proof.facts import (
    Account,
    Anchor,
    Block,
    ChainFacts,
    Entry,
    Participant,
    Role,
    Scope,
    StatusKind,
    scheme_key,
    state_at,
)

ADDRESS = "0x" + "0a" * 20
ROOT = b"\x01" * 32
BLOCK = Block(7, b"\x07" * 32, 1_000)


def facts(block: Block = BLOCK, **parts: object) -> ChainFacts:
    return ChainFacts("node", 952952, bytes(32), block, **parts)  # type: ignore[arg-type]


# Histories


def test_before_its_first_entry_a_history_has_no_state() -> None:
    assert state_at((), 10) is None
    assert state_at((Entry(5, 5, "a"),), 4) is None


def test_an_entry_holds_from_its_own_second_on() -> None:
    history = (Entry(5, 5, "a"), Entry(9, 9, "b"))
    assert [state_at(history, second) for second in (5, 8, 9, 99)] == ["a", "a", "b", "b"]


def test_a_later_entry_cancels_what_was_scheduled() -> None:
    scheduled = (Entry(0, 0, "open"), Entry(100, 10, "closed"))
    assert state_at(scheduled, 100) == "closed"
    cancelled = (*scheduled, Entry(20, 20, "open"))
    assert state_at(cancelled, 100) == "open"


def test_a_state_of_the_past_stays_what_it_was_when_the_history_grows() -> None:
    history = (Entry(5, 5, Scope.RECORDS),)
    assert state_at((*history, Entry(50, 50, Scope(0))), 49) == state_at(history, 49)


def test_a_state_of_zero_is_a_state_and_not_an_absence() -> None:
    assert state_at((Entry(5, 5, 0),), 6) == 0


def test_an_entry_that_reaches_back_counts_from_where_it_reaches() -> None:
    history = (Entry(5, 5, "accredited"), Entry(7, 90, "withdrawn"))
    assert [state_at(history, second) for second in (6, 7)] == ["accredited", "withdrawn"]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers()), max_size=6), st.integers(0, 25))
def test_the_state_is_the_last_recorded_entry_that_is_effective(
    entries: list[tuple[int, int]], instant: int
) -> None:
    history = tuple(Entry(effective, n, value) for n, (effective, value) in enumerate(entries))
    effective = [entry for entry in history if entry.effective <= instant]
    expected = max(effective, key=lambda entry: entry.recorded).value if effective else None
    assert state_at(history, instant) == expected


# Facts in parts


def test_facts_of_one_block_read_apart_are_facts_read_together() -> None:
    account, participant = Account(ADDRESS, ROOT), Participant(ROOT, None)
    anchor = Anchor(ADDRESS, ROOT, 900, 3, 1)
    one = facts(accounts={ADDRESS: account}, anchors={(ADDRESS, ROOT): anchor})
    two = facts(participants={ROOT: participant}, statuses={(ROOT, ROOT): ()})
    both = one.merged(two)
    assert both.accounts == {ADDRESS: account}
    assert both.participants == {ROOT: participant}
    assert both.anchors == {(ADDRESS, ROOT): anchor}
    assert both.statuses == {(ROOT, ROOT): ()}
    assert both == two.merged(one)


def test_what_was_not_read_is_missing_and_what_was_read_absent_is_there() -> None:
    read = facts(participants={ROOT: Participant(ROOT, None)})
    assert read.participants[ROOT].enroller is None
    assert bytes(32) not in read.participants
    assert facts().merged(read).participants == read.participants


@pytest.mark.parametrize(
    "other",
    [
        facts(Block(8, BLOCK.hash, BLOCK.time)),
        facts(Block(7, b"\x08" * 32, BLOCK.time)),
        ChainFacts("node", 1, bytes(32), BLOCK),
        ChainFacts("node", 952952, ROOT, BLOCK),
    ],
)
def test_facts_of_another_chain_or_block_do_not_mix(other: ChainFacts) -> None:
    with pytest.raises(ConflictError):
        facts().merged(other)


# The numbers that contracts and proofs share (docs/contracts.md, contracts/)


def test_roles_scopes_and_statuses_keep_their_numbers() -> None:
    assert [role.value for role in Role] == [1, 2, 4, 8, 16, 32]
    assert [role.name for role in Role] == [
        "PRODUCER",
        "CERTIFIER",
        "ASSOCIATION",
        "AUDITOR",
        "IMPORTER",
        "OPERATOR",
    ]
    assert {scope.name: scope.value for scope in Scope} == {"RECORDS": 1, "STATUS": 2, "ANCHOR": 4}
    assert {kind.name: kind.value for kind in StatusKind} == {
        "RESUMED": 1,
        "SUSPENDED": 2,
        "REVOKED": 3,
        "SUPERSEDED": 4,
    }


def test_a_scheme_is_named_by_the_keccak_256_of_its_utf_8() -> None:
    # Keccak of nothing, from the Keccak team's own known answers; it is not SHA3-256's.
    nothing = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    assert scheme_key("").hex() == nothing
    assert scheme_key("è") == scheme_key("\u00e8") != scheme_key("e\u0300")
