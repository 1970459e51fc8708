# SPDX-License-Identifier: Apache-2.0
"""The doctor says what is there, what is missing and what to do, and never falls ill."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from filiera.stack import paths
from filiera.stack.doctor import Finding, State, ready, run_doctor


def found(findings: list[Finding], name: str) -> Finding:
    return next(each for each in findings if each.name == name)


def test_everything_missing_comes_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path / "cache")
    findings = run_doctor({"FILIERA_NODE": "/nonexistent/node"})
    lacking = [each for each in findings if each.state is State.MISSING]
    assert {each.name for each in lacking} == {"Node", "local chain", "Kubo"}
    assert all(each.advice for each in lacking)
    assert not ready(findings)


def test_a_taken_default_port_is_noted_and_keeps_nobody_from_running(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        chosen = run_doctor({"FILIERA_CHAIN_PORT": port})
    assert found(chosen, "port of the chain").state is State.MISSING
    assert found(chosen, "port of the chain").where == "FILIERA_CHAIN_PORT"


def test_a_wrong_setting_is_a_finding() -> None:
    finding = found(run_doctor({"FILIERA_PORT": "many"}), "ports")
    assert finding.state is State.MISSING
    assert finding.where == "FILIERA_PORT"


@pytest.mark.stack
def test_a_machine_that_is_set_up_is_ready() -> None:
    findings = run_doctor({})
    assert ready(findings), findings
    assert found(findings, "Kubo").detail.startswith("0.40.")
