# SPDX-License-Identifier: Apache-2.0
"""Adapters: one folder a port, each with the one library that it is made of."""

import contextlib
import sys

# py_ecc, which eth-account and web3 import, raises the recursion limit of the whole process
# to 100,000, and Python then dies of a deeply nested JSON text instead of refusing it. Let
# it do so now, once, and take it back.
_USUAL_LIMIT = 1_000
with contextlib.suppress(ImportError):
    import py_ecc  # noqa: F401
if sys.getrecursionlimit() == 100_000:
    sys.setrecursionlimit(_USUAL_LIMIT)
