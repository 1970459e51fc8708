# SPDX-License-Identifier: Apache-2.0
"""What a machine's environment says to programs, and what of it tests and their programs hear.

A CI asks for colours, a person may have a proxy, read Italian, or have settings of a server of
their own: the tests are about none of them, and each that is sets it itself.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

OF_TERMINALS: Final = frozenset(
    {"FORCE_COLOR", "NO_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}
    | {"COLUMNS", "LINES", "TERMINAL_WIDTH"}
)
"""How wide to write, and whether in colours, as rich and typer read it."""
OF_DEMONSTRATIONS: Final = frozenset(
    {"EPCIS", "PRODUCT", "TAMPER", "OUT", "ONCE", "NETWORK", "PUBLIC"}
)
TOOLS: Final = frozenset({"FILIERA_NODE", "FILIERA_IPFS", "FILIERA_GETH"})
"""The settings that hold for tests, too: which programs run."""
LOOPBACK: Final = "127.0.0.1"


def set_apart(environment: MutableMapping[str, str]) -> None:
    """Take out of an environment what tests are not to hear.

    Programs speak English, and ask loopback past any proxy.
    """
    for name in list(environment):
        ours = name.startswith("FILIERA_") and name not in TOOLS
        if ours or name in OF_TERMINALS | OF_DEMONSTRATIONS:
            del environment[name]
    environment["LC_ALL"] = "C.UTF-8"
    for name in ("no_proxy", "NO_PROXY"):
        past = environment.get(name)
        environment[name] = f"{past},{LOOPBACK}" if past else LOOPBACK
