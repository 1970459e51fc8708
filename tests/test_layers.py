# SPDX-License-Identifier: Apache-2.0
"""Each layer imports only those above it (docs: architecture, "Layers").

The table is the architecture. It is checked on the source's syntax tree, so that an import
inside a function, under TYPE_CHECKING or through importlib counts like any other.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "backend" / "filiera"

PURE = frozenset({"errors", "model", "proof", "domain"})
INNER = PURE | {"ports", "services"}


@dataclass(frozen=True)
class Layer:
    """A place in the package, the layers and the libraries that it may use.

    A place is a module or folder of the package; each adapter's folder is its own.
    """

    place: str
    uses: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()


def layer(place: str, uses: set[str] | frozenset[str], *libraries: str) -> Layer:
    return Layer(place, frozenset(uses), frozenset(libraries))


ADAPTERS = {
    "adapters/clock",
    "adapters/documents",
    "adapters/keys",
    "adapters/ledger",
    "adapters/store",
}

LAYERS = [
    layer("errors", set()),
    # biip knows GS1's application identifiers.
    layer("model", {"errors"}, "pydantic", "pydantic_core", "biip"),
    layer("proof", {"errors", "model"}, "coincurve", "eth_hash", "mnemonic", "pydantic"),
    layer("domain", {"errors", "model", "proof"}),
    layer("ports", PURE),
    layer("services", PURE | {"ports"}, "pydantic"),
    layer("adapters/bounded", set(), "requests", "urllib3"),
    layer("adapters/clock", INNER - {"services"}),
    layer(
        "adapters/documents",
        INNER - {"services"} | {"adapters/bounded"},
        *("ipfshttpclient", "dag_cbor", "multiformats", "requests"),
    ),
    layer("adapters/keys", INNER - {"services"}, "eth_account", "coincurve"),
    layer(
        "adapters/ledger",
        INNER - {"services"} | {"adapters/bounded"},
        # web3 and the parts that it is made of
        *("web3", "eth_abi", "eth_hash", "eth_typing", "eth_utils", "hexbytes", "requests"),
    ),
    layer("adapters/store", INNER - {"services"}, "sqlalchemy"),
    layer("stack", {"errors"}, "platformdirs", "psutil"),
    layer("sample", PURE, "fpdf"),
    layer("labels", {"errors", "model"}, "segno", "fpdf"),
    layer("settings", {"errors", "model"}, "pydantic", "pydantic_settings"),
    layer("wiring", INNER | ADAPTERS | {"settings"}),
    layer(
        "api",
        INNER | {"settings", "labels"},
        *("fastapi", "fastapi_offline", "pydantic", "starlette", "structlog"),
    ),
    layer(
        "web",
        INNER | {"settings", "api"},
        *("babel", "fastapi", "jinja2", "markupsafe", "starlette"),
    ),
    # The keys are where their owner is, and what they sign names the deployment's contracts.
    layer(
        "cli",
        INNER
        | {"settings", "wiring", "api", "web", "labels", "stack"}
        | {"adapters/keys", "adapters/ledger"},
        *("click", "httpx", "pydantic", "rich", "typer", "uvicorn"),
    ),
    # The demonstration starts everything, enrols everyone, and spoils what it is told to.
    layer(
        "demo",
        INNER | ADAPTERS | {"stack", "sample", "labels", "settings", "wiring", "api", "web", "cli"},
        *("rich", "uvicorn"),
    ),
]

PACKAGES = {
    "__init__": layer("the package itself", set()),
    # py_ecc is imported there once, to take back what it does to Python's recursion limit.
    "adapters/__init__": layer("the adapters' package", set(), "py_ecc"),
}

DOORS = {("cli/demo.py", "demo"): "the command that starts the demonstration"}
"""The imports that go against the order, each with its reason."""


# Reading a tree of source


@dataclass(frozen=True)
class Import:
    """One imported module's full name, and where."""

    file: str
    line: int
    module: str


def imports_of(package: Path, file: Path) -> Iterator[Import]:
    """Every module that `file` imports, in whichever way; `.` for a relative import."""
    name = file.relative_to(package).as_posix()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module="filiera", level=0, names=names):
                modules = [f"filiera.{alias.name}" for alias in names]
            case ast.ImportFrom(module="filiera.adapters", level=0, names=names):
                modules = [f"filiera.adapters.{alias.name}" for alias in names]
            case ast.ImportFrom(module=module, level=0):
                modules = [module or ""]
            case ast.ImportFrom():
                modules = ["."]
            case ast.Call(func=function, args=[ast.Constant(value=str(module)), *_]) if ast.unparse(
                function
            ).rpartition(".")[2] in ("import_module", "__import__"):
                modules = [module]
            case _:
                continue
        for module in modules:
            yield Import(name, node.lineno, module)


def place_of(parts: list[str]) -> str:
    """The layer of a path in the package: `store` in adapters is `adapters/store`."""
    depth = 2 if parts[0] == "adapters" else 1
    return "/".join(parts[:depth])


def breaches(package: Path, layers: list[Layer] = LAYERS) -> list[str]:
    """Each import that the table does not allow, in words."""
    table = {entry.place: entry for entry in layers}
    found = []
    for file in sorted(package.rglob("*.py")):
        parts = list(file.relative_to(package).with_suffix("").parts)
        if parts in (["__init__"], ["adapters", "__init__"]):
            own = PACKAGES["/".join(parts)]
        elif (place := place_of(parts)) in table:
            own = table[place]
        else:
            found.append(f"{file.relative_to(package)}: {place} is in no layer")
            continue
        for imported in imports_of(package, file):
            reason = _breach(own, imported)
            if reason:
                found.append(f"{imported.file}:{imported.line}: {own.place} {reason}")
    return found


def _breach(own: Layer, imported: Import) -> str | None:
    top, *rest = imported.module.split(".")
    if imported.module == ".":
        return "imports relatively"
    if top == "filiera":
        if not rest or rest[0].startswith("__"):  # the package's version
            return None
        target = place_of(rest)
        door = (imported.file, target) in DOORS
        return None if target in own.uses | {own.place} or door else f"imports {target}"
    if top in sys.stdlib_module_names or top in own.libraries:
        return None
    return f"imports the library {top}"


# The project


def test_each_layer_imports_only_those_above_it() -> None:
    assert breaches(PACKAGE) == []


def test_the_table_itself_is_in_order() -> None:
    above: set[str] = set()
    for entry in LAYERS:
        assert entry.uses <= above, f"{entry.place} uses what stands below it"
        above.add(entry.place)


def test_adapters_know_nothing_of_each_other() -> None:
    for entry in LAYERS:
        if entry.place in ADAPTERS:
            assert not entry.uses & ADAPTERS


def test_every_door_is_still_in_use() -> None:
    for file, target in DOORS:
        if not (PACKAGE / file).exists():
            continue
        used = {
            place_of(imported.module.split(".")[1:])
            for imported in imports_of(PACKAGE, PACKAGE / file)
            if imported.module.startswith("filiera.")
        }
        assert target in used, f"{file} no longer imports {target}: take the door away"


def test_plain_filiera_verifies_with_the_libraries_that_it_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.split(r"[^\w-]", entry)[0] for entry in project["dependencies"]}
    modules = {name.replace("-", "_").lower() for name in named} | {"pydantic_core"}
    for place in ("errors.py", "model", "proof"):
        found = PACKAGE / place
        for file in [found] if found.is_file() else sorted(found.rglob("*.py")):
            for statement in ast.parse(file.read_text("utf-8")).body:
                # What is imported within a function is asked for by who calls it.
                top = _first_module(statement)
                if top and top not in sys.stdlib_module_names and top != "filiera":
                    assert top in modules, f"{file.name} needs {top} at once"


def _first_module(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Import(names=[first, *_]):
            return first.name.split(".")[0]
        case ast.ImportFrom(module=str(module)):
            return module.split(".")[0]
    return None


# The test itself, on a tree made for it


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "__init__.py": "",
        "errors.py": "from __future__ import annotations\n",
        "model/ids.py": "import re, pydantic.fields\nfrom filiera.errors import InputError\n",
        "proof/jws.py": "from filiera.model.ids import b64url\nfrom coincurve import PublicKey\n",
        "ports/store.py": "from filiera.proof.facts import Block\n",
        "services/accept.py": "from filiera import __version__\nfrom filiera.ports import store\n",
        "adapters/__init__.py": "",
        "adapters/store/sql.py": "import sqlalchemy\nfrom filiera.adapters.store import tables\n",
        "wiring.py": "from filiera.adapters.store.sql import SqlRecordStore\n",
        "cli/demo.py": "def demo():\n    from filiera.demo import run\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_tree_that_keeps_to_the_table_passes(tree: Path) -> None:
    assert breaches(tree) == []


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("errors.py", "import filiera.model.ids", "errors imports model"),
        ("errors.py", "import pydantic", "errors imports the library pydantic"),
        ("model/ids.py", "from filiera.proof import jws", "model imports proof"),
        ("model/ids.py", "import coincurve", "model imports the library coincurve"),
        ("proof/jws.py", "from filiera.ports.store import X", "proof imports ports"),
        ("proof/jws.py", "import sqlalchemy.orm", "proof imports the library sqlalchemy"),
        ("ports/store.py", "from filiera.services import accept", "ports imports services"),
        ("services/accept.py", "from filiera import wiring", "services imports wiring"),
        (
            "services/accept.py",
            "from filiera.adapters.store.sql import S",
            "services imports adapters/store",
        ),
        (
            "services/accept.py",
            "from filiera.adapters import keys",
            "services imports adapters/keys",
        ),
        ("services/accept.py", "from ..adapters.store import sql", "services imports relatively"),
        ("services/accept.py", "from . import anchor", "services imports relatively"),
        ("services/accept.py", "import web3", "services imports the library web3"),
        ("services/accept.py", "def f():\n    import filiera.api.app", "services imports api"),
        (
            "services/accept.py",
            "if TYPE_CHECKING:\n    from filiera.cli.main import app",
            "services imports cli",
        ),
        (
            "services/accept.py",
            "import importlib\nimportlib.import_module('filiera.adapters.store.sql')",
            "services imports adapters/store",
        ),
        ("services/accept.py", "__import__('web3')", "services imports the library web3"),
        ("adapters/store/sql.py", "import web3", "adapters/store imports the library web3"),
        (
            "adapters/store/sql.py",
            "from filiera.adapters.ledger.node import L",
            "adapters/store imports adapters/ledger",
        ),
        ("adapters/store/sql.py", "import filiera.services.x", "adapters/store imports services"),
        ("wiring.py", "from filiera.api import app", "wiring imports api"),
        ("api/app.py", "from filiera.wiring import build", "api imports wiring"),
        ("api/app.py", "import filiera.adapters.store.sql", "api imports adapters/store"),
        ("api/app.py", "from filiera.stack import chain", "api imports stack"),
        ("cli/main.py", "from filiera.demo import run", "cli imports demo"),
        ("__init__.py", "from filiera.model import ids", "the package itself imports model"),
        ("adapters/__init__.py", "import web3", "the adapters' package imports the library web3"),
        ("helpers/x.py", "", "helpers is in no layer"),
        ("adapters/queue/x.py", "", "adapters/queue is in no layer"),
    ],
)
def test_a_tree_that_breaks_it_is_told_where(tree: Path, file: str, line: str, said: str) -> None:
    broken = tree / file
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text((broken.read_text() if broken.exists() else "") + line + "\n")
    (found,) = breaches(tree)
    assert found.startswith(file)
    assert found.endswith(said)
