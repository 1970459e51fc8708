# SPDX-License-Identifier: Apache-2.0
"""The vectors of tests/vectors: bundles, and what every verifier must find of them.

`python -m tests.support.vectors` writes the folder anew, which is due when a check answers
otherwise than it did; tests/proof/test_vectors.py compares what is committed with that. Each
case names the check and the code that it is there to show, and nothing is written if they do
not come out. Another case is a function in one of these modules.
"""

from __future__ import annotations

from tests.support.vectors import good, inputs, records, whole
from tests.support.vectors.making import VECTORS

__all__ = ["VECTORS", "good", "inputs", "records", "whole"]
