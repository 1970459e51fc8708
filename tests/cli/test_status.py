# SPDX-License-Identifier: Apache-2.0
"""Standing on the command line: signed typed data, relayed by the server."""

from __future__ import annotations

import pytest

from filiera.model.ids import b64url, ni_uri
from filiera.model.status_reasons import STATUS_REASONS
from tests.cli.conftest import Terminal
from tests.support.server import Server


def change(terminal: Terminal, what: str, record: bytes, *more: str, key: str = "brand") -> str:
    """The new standing after a change that must succeed."""
    answer = terminal.run_json("status", what, b64url(record), *more, "--as", key, "--yes")
    state: str = answer["standing"]["state"]
    return state


def test_suspend_resume_and_revoke_change_the_standing_that_the_passport_shows(
    terminal: Terminal, anchored: Server
) -> None:
    own = anchored.world.id("own")
    assert change(terminal, "suspend", own, "--reason", "under-review") == "suspended"
    assert "SUSPENDED" in terminal.run("passport", "show", "09520000000028/LOT-1").stdout
    assert change(terminal, "resume", own, "--reason", "review-passed") == "in-force"
    assert change(terminal, "revoke", own, "--reason", "mistake") == "revoked"
    shown = terminal.run("passport", "show", "09520000000028/LOT-1")
    assert shown.exit_code == 0
    assert "REVOKED" in shown.stdout
    assert "stated by mistake" in shown.stdout


def test_nothing_is_sent_before_a_yes(terminal: Terminal, anchored: Server) -> None:
    name = b64url(anchored.world.id("own"))
    result = terminal.run(
        "status", "revoke", name, "--reason", "mistake", "--as", "brand", answer="n\n"
    )
    assert result.exit_code == 2
    assert "it can never be undone" in result.stderr
    assert not anchored.ledger.statuses


def test_what_is_final_stays_so(terminal: Terminal, anchored: Server) -> None:
    own = anchored.world.id("own")
    change(terminal, "revoke", own, "--reason", "mistake")
    result = terminal.run(
        "status", "resume", b64url(own), "--reason", "mistake", "--as", "brand", "--yes"
    )
    assert result.exit_code == 1
    assert "[chain-refused]" in result.stderr
    assert "final" in result.stderr


def test_only_what_is_suspended_can_be_resumed(terminal: Terminal, anchored: Server) -> None:
    name = b64url(anchored.world.id("own"))
    result = terminal.run("status", "resume", name, "--reason", "mistake", "--as", "brand", "--yes")
    assert result.exit_code == 1
    assert "nothing to resume" in result.stderr


def test_only_the_issuer_changes_the_standing_of_its_record(
    terminal: Terminal, anchored: Server
) -> None:
    name = b64url(anchored.world.id("own"))
    result = terminal.run("status", "revoke", name, "--reason", "mistake", "--as", "mill", "--yes")
    assert result.exit_code == 2
    assert "[status-foreign]" in result.stderr
    assert not anchored.ledger.statuses


def test_a_status_may_reach_back(terminal: Terminal, anchored: Server) -> None:
    name = ni_uri(anchored.world.id("own"))
    answer = terminal.run_json(
        "status", "revoke", name, "--reason", "recalled", "--since", "2026-09-25T00:00:00+02:00",
        "--as", "brand", "--yes",
    )  # fmt: skip
    assert answer["standing"]["since"] == "2026-09-24T22:00:00Z"


@pytest.mark.parametrize("written", ["3", "certificate-withdrawn", "Certificato ritirato"])
def test_a_reason_is_a_word_a_number_or_a_phrase(
    terminal: Terminal, anchored: Server, written: str
) -> None:
    change(terminal, "suspend", anchored.world.id("own"), "--reason", written)
    assert [entry.reason for (entry,) in anchored.ledger.statuses.values()] == [3]


def test_an_unknown_reason_lists_those_that_are_known(terminal: Terminal, anchored: Server) -> None:
    name = b64url(anchored.world.id("own"))
    result = terminal.run("status", "revoke", name, "--reason", "whim", "--as", "brand", "--yes")
    assert result.exit_code == 2
    assert "certificate-withdrawn" in result.stderr


def test_a_record_that_is_none_is_refused_before_anything_else(
    terminal: Terminal, anchored: Server
) -> None:
    result = terminal.run("status", "revoke", "abc", "--reason", "mistake", "--as", "brand")
    assert result.exit_code == 2
    assert "[ni-malformed]" in result.stderr


def test_a_record_can_be_superseded_by_another_one(terminal: Terminal, anchored: Server) -> None:
    world = anchored.world
    answer = terminal.run_json(
        "status", "supersede", b64url(world.id("weave")), "--by", b64url(world.id("own")),
        "--as", "brand", "--yes",
    )  # fmt: skip
    assert answer["standing"]["state"] == "superseded"
    assert answer["standing"]["successor"] == ni_uri(world.id("own"))


def test_every_reason_has_one_word_and_both_languages() -> None:
    known = [r.word for r in STATUS_REASONS.values()]
    assert len(known) == len(set(known))
    for number, reason in STATUS_REASONS.items():
        assert number == reason.number
        assert 0 <= number <= 255
        assert reason.en != reason.it
