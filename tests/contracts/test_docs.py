# SPDX-License-Identifier: Apache-2.0
"""docs/contracts.md names everything that the contracts have, and the gas that was measured."""

import json
import re
from pathlib import Path

import pytest

from filiera.adapters.ledger.contracts import REGISTRIES, artifact

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "contracts.md").read_text("utf-8")
OF_OPENZEPPELIN = {"InvalidShortString", "StringTooLong", "EIP712DomainChanged", "eip712Domain"}
OF_EVERY_REGISTRY = {"chainId", "genesisHash", "participants"}


@pytest.mark.parametrize("name", REGISTRIES)
@pytest.mark.parametrize("kind", ["function", "error", "event"])
def test_every_function_error_and_event_is_documented(name, kind):
    section = TEXT.split(f"\n## {name}\n")[1].split("\n## ")[0]
    said = {each["name"] for each in artifact(name).abi if each["type"] == kind}
    missing = {each for each in said if f"`{each}`" not in section}
    assert missing <= OF_OPENZEPPELIN | OF_EVERY_REGISTRY


def test_the_gas_table_is_the_snapshot():
    rows = re.findall(r"^\| `(\w+\.\w+)` \| ([\d,]+) \|$", TEXT, re.MULTILINE)
    documented = {call: int(gas.replace(",", "")) for call, gas in rows}
    assert documented == json.loads((ROOT / "contracts" / "gas.json").read_text())


def test_every_decision_that_it_cites_is_there():
    for place in re.findall(r"\]\((decisions/[^)]+)\)", TEXT):
        assert (ROOT / "docs" / place).exists()
