# SPDX-License-Identifier: Apache-2.0
"""The committed artifacts are what the sources compile to, and nothing in them is untested."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from filiera.adapters.ledger.contracts import REGISTRIES, artifact
from filiera.stack.tools import find_node

ROOT = Path(__file__).resolve().parents[2]
OF_OPENZEPPELINS_STRINGS = {"InvalidShortString", "StringTooLong"}


@pytest.fixture(scope="module")
def compiler() -> ModuleType:
    place = ROOT / "scripts" / "compile_contracts.py"
    spec = importlib.util.spec_from_file_location("compile_contracts", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.stack
def test_the_committed_artifacts_are_what_the_sources_compile_to(compiler, monkeypatch):
    monkeypatch.setenv("FILIERA_NODE", str(find_node().path))
    compiled = compiler.compile_all()
    assert set(compiled) == set(REGISTRIES)
    for name, fresh in compiled.items():
        committed = (compiler.ARTIFACTS / f"{name}.json").read_text("utf-8")
        assert committed == compiler.spelled(fresh), f"run scripts/compile_contracts.py ({name})"


def test_no_contract_has_an_owner_a_proxy_or_takes_money():
    for name in REGISTRIES:
        functions = artifact(name).functions
        assert not {"owner", "transferOwnership", "upgradeTo", "initialize"} & set(functions)
        assert all(
            each["stateMutability"] != "payable"
            for each in artifact(name).abi
            if each["type"] == "function"
        )
        assert not [each for each in artifact(name).abi if each["type"] in ("receive", "fallback")]


def test_no_contract_delegates_or_destroys_itself():
    for name in REGISTRIES:
        assert not {"DELEGATECALL", "CALLCODE", "SELFDESTRUCT"} & set(
            opcodes(artifact(name).runtime)
        )


@pytest.mark.parametrize("kind", ["error", "event"])
def test_every_error_and_event_is_met_in_a_test(kind):
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    names = {
        each["name"] for name in REGISTRIES for each in artifact(name).abi if each["type"] == kind
    }
    unmet = {name for name in names if f'"{name}"' not in tests}
    assert unmet <= OF_OPENZEPPELINS_STRINGS | {"EIP712DomainChanged"}


def test_code_is_recognised_whatever_its_immutables_are():
    contract = artifact("AnchorRegistry")
    code = bytearray(contract.runtime)
    start, length = contract.immutables["genesisHash"][0]
    code[start : start + length] = b"\x11" * length
    assert contract.is_deployed_as(bytes(code))
    code[-1] ^= 1
    assert not contract.is_deployed_as(bytes(code))
    assert not contract.is_deployed_as(b"")


def opcodes(code: bytes) -> list[str]:
    """The instructions that matter here; what PUSH carries is skipped."""
    named = {0xF2: "CALLCODE", 0xF4: "DELEGATECALL", 0xFF: "SELFDESTRUCT"}
    found, i = [], 0
    while i < len(code):
        byte = code[i]
        found.append(named.get(byte, ""))
        i += 1 + (byte - 0x5F if 0x60 <= byte <= 0x7F else 0)
    return found
