# SPDX-License-Identifier: Apache-2.0
"""The part of `make setup` that needs Filiera's own packages: `python -m filiera.stack.setup`."""

from __future__ import annotations

import sys

from filiera.errors import SetupError
from filiera.stack.go_build import ensure_kubo
from filiera.stack.node_modules import PACKAGES, ensure_modules
from filiera.stack.verifier import ensure_verifier


def main() -> int:
    """Install what npm has, build Kubo and the verifier, each unless it is there; 0 or 1."""
    try:
        for package in PACKAGES:
            ensure_modules(package)
        ensure_verifier()
        ensure_kubo()
    except SetupError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted; `make setup` goes on from here.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
