# SPDX-License-Identifier: Apache-2.0
"""What the doctor says in a terminal."""

from __future__ import annotations

import pytest

from filiera.stack import doctor
from filiera.stack.doctor import Finding, State
from tests.cli.conftest import Terminal


@pytest.mark.parametrize(
    ("state", "exit_code", "ends"),
    [
        (State.OK, 0, "Ready: filiera demo"),
        (State.NOTE, 0, "Ready: filiera demo"),
        (State.MISSING, 2, "Not ready"),
    ],
)
def test_only_what_is_missing_keeps_it_from_running(
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    state: State,
    exit_code: int,
    ends: str,
) -> None:
    found = [Finding("Node", state, "seen", "install it")]
    monkeypatch.setattr(doctor, "run_doctor", lambda: found)
    result = terminal.run("doctor")
    assert result.exit_code == exit_code
    assert ends in result.stdout
    assert "install it" in result.stdout


def test_findings_are_data_too(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "run_doctor", lambda: [Finding("Node", State.OK, "24")])
    answer = terminal.run_json("doctor")
    assert answer["ready"] is True
    assert answer["findings"][0]["name"] == "Node"
