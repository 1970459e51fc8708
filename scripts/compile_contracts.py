# SPDX-License-Identifier: Apache-2.0
"""Compile contracts/ and write what Filiera needs of them at run time.

    .venv/bin/python scripts/compile_contracts.py

writes one JSON file a registry to backend/filiera/adapters/ledger/artifacts/: ABI, creation
and runtime bytecode, where the immutables lie in the latter, and the storage layout. The
files are committed, and tests/contracts recompiles and compares, so nothing in them may
depend on where or in which order things were compiled: identifiers of the syntax tree are
dropped, names put in their place. The four layouts are written once more to
backend/filiera/proof/layout.json, for who verifies without a ledger.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Final

import solcx

from filiera.stack.tools import find_node

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "contracts"
LIBRARIES: Final = ROOT / "hardhat_local" / "node_modules"
SOLC: Final = ROOT / "hardhat_local" / "solc"
ARTIFACTS: Final = ROOT / "backend" / "filiera" / "adapters" / "ledger" / "artifacts"

LAYOUTS: Final = ROOT / "backend" / "filiera" / "proof" / "layout.json"

REGISTRIES: Final = ("ParticipantRegistry", "AnchorRegistry", "StatusRegistry", "FindingRegistry")
COMPILER: Final = "0.8.28"
SETTINGS: Final[dict[str, Any]] = {
    "evmVersion": "london",
    "optimizer": {"enabled": True, "runs": 1000},
    "metadata": {"bytecodeHash": "none", "appendCBOR": False},
}
_IMPORT = re.compile(r'^import [^;"]*"([^"]+)"', re.MULTILINE)
_AST_ID = re.compile(r"\)\d+_")


def sources() -> dict[str, dict[str, str]]:
    """Every source by its name in imports: ours, and what they import of the libraries."""
    found: dict[str, dict[str, str]] = {}
    waiting = [f"contracts/{path.relative_to(SOURCES)}" for path in SOURCES.rglob("*.sol")]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        base = ROOT if name.startswith("contracts/") else LIBRARIES
        text = (base / name).read_text("utf-8")
        found[name] = {"content": text}
        waiting += [_resolve(name, target) for target in _IMPORT.findall(text)]
    return dict(sorted(found.items()))


def _resolve(importer: str, target: str) -> str:
    if not target.startswith("."):
        return target
    parts = importer.split("/")[:-1]
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def compile_all() -> dict[str, dict[str, Any]]:
    """The artifact of each registry, by name."""
    wanted = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"]
    wanted += ["evm.deployedBytecode.immutableReferences", "storageLayout"]
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "sources": sources(),
            "settings": {**SETTINGS, "outputSelection": {"*": {"*": wanted, "": ["ast"]}}},
        },
        solc_binary=SOLC,
    )
    for error in output.get("errors", ()):
        raise SystemExit(error["formattedMessage"])
    names = _names(output["sources"])
    return {
        name: _artifact(name, output["contracts"][f"contracts/{name}.sol"][name], names)
        for name in REGISTRIES
    }


def _artifact(name: str, contract: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    runtime = contract["evm"]["deployedBytecode"]
    return {
        "name": name,
        "compiler": {"version": COMPILER, "settings": SETTINGS},
        "abi": contract["abi"],
        "bytecode": "0x" + contract["evm"]["bytecode"]["object"],
        "runtime": "0x" + runtime["object"],
        "immutables": {
            names[int(key)]: places for key, places in runtime["immutableReferences"].items()
        },
        "layout": _layout(contract["storageLayout"]),
    }


def _names(asts: dict[str, Any]) -> dict[int, str]:
    """The name of every variable, by its id in the syntax tree."""
    found: dict[int, str] = {}
    waiting: list[Any] = [source["ast"] for source in asts.values()]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("nodeType") == "VariableDeclaration":
                found[node["id"]] = node["name"]
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return found


def _layout(layout: dict[str, Any]) -> dict[str, Any]:
    text = _AST_ID.sub(")_", json.dumps(layout))
    cleaned: dict[str, Any] = json.loads(text, object_hook=_without_ids)
    return cleaned


def _without_ids(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key not in ("astId", "contract")}


def spelled(artifact: dict[str, Any]) -> str:
    """The one spelling in which an artifact is committed."""
    return json.dumps(artifact, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the artifacts and the layouts."""
    os.environ["FILIERA_NODE"] = str(find_node().path)
    ARTIFACTS.mkdir(exist_ok=True)
    compiled = compile_all()
    LAYOUTS.write_text(spelled({name: each["layout"] for name, each in compiled.items()}), "utf-8")
    for name, artifact in compiled.items():
        (ARTIFACTS / f"{name}.json").write_text(spelled(artifact), "utf-8")
        print(f"{name}: {(len(artifact['runtime']) - 2) // 2} bytes")


if __name__ == "__main__":
    main()
