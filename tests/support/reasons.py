# SPDX-License-Identifier: Apache-2.0
"""The reasons that other modules than tests/proof/test_verify.py make happen.

Each of those modules holds itself to its own set, so that no reason is nobody's.
"""

from __future__ import annotations

from typing import Final

OF_BLOCKS: Final = frozenset(
    {
        *("seal-foreign", "seal-duplicate", "seal-missing", "seal-too-few", "seal-malformed"),
        *("seal-mismatch", "seal-older-set", "header-unlinked"),
        *("contract-absent", "code-mismatch", "layout-unknown"),
        *("header-too-old", "header-below-minimum", "header-in-future"),
    }
)
"""Made in tests/proof/test_block.py."""

OF_BUNDLES: Final = frozenset({"bundle-surplus", "bundle-order"})
"""Made to happen in tests/services/test_bundles.py."""

OF_READERS: Final = frozenset({"document-missing"})
"""Made to happen in tests/cli/test_verify_bundle.py."""

MADE_ELSEWHERE: Final = OF_BLOCKS | OF_BUNDLES | OF_READERS
