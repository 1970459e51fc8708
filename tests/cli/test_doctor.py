# SPDX-License-Identifier: Apache-2.0
"""What the doctor says in a terminal."""

from __future__ import annotations

import json

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


LACKING = Finding(
    "local chain",
    State.MISSING,
    "/x/node does not run: it is not there.",
    "Correct FILIERA_NODE, or unset it.",
    "FILIERA_NODE",
)


def test_an_italian_reads_all_of_it_in_italian(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "run_doctor", lambda: [LACKING])
    lines = terminal.run("doctor", FILIERA_LANG="it").stdout.split("\n")
    assert [each.strip() for each in lines] == [
        "manca  catena locale  /x/node non si avvia: non c'è. (FILIERA_NODE)",
        "Correggi FILIERA_NODE, o non impostarla.",
        "",
        "Non pronto: vedi sopra che cosa manca.",
        "",
    ]


@pytest.mark.parametrize("language", ["en", "it"])
def test_as_data_a_finding_is_the_same_in_every_language_and_says_it_in_both(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(doctor, "run_doctor", lambda: [LACKING, Finding("make", State.OK, "/m")])
    answer = json.loads(terminal.run("doctor", "--json", FILIERA_LANG=language).stdout)
    assert answer["ready"] is False
    lacking, there = answer["findings"]
    assert lacking == {
        "name": "local chain",
        "state": "missing",
        "detail": {
            "en": "/x/node does not run: it is not there.",
            "it": "/x/node non si avvia: non c'è.",
        },
        "where": "FILIERA_NODE",
        "advice": {
            "en": "Correct FILIERA_NODE, or unset it.",
            "it": "Correggi FILIERA_NODE, o non impostarla.",
        },
    }
    assert (there["where"], there["advice"]) == (None, None)
