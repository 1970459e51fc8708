# SPDX-License-Identifier: Apache-2.0
"""The storage layouts that proofs are read by are those that the compiler gave."""

import json
from hashlib import sha256

import pytest

from filiera.adapters.ledger.contracts import artifact
from filiera.proof.slots import REGISTRIES, layout_digest, variable


@pytest.mark.parametrize("registry", REGISTRIES)
def test_a_layout_is_the_one_of_the_compiled_contract(registry: str) -> None:
    layout = artifact(registry).layout
    text = json.dumps(layout, sort_keys=True, separators=(",", ":"))
    assert layout_digest(registry) == sha256(text.encode()).digest()
    for each in layout["storage"]:
        place = variable(registry, each["label"])
        assert (place.slot, place.offset) == (int(each["slot"]), each["offset"])
        assert place.type.size == int(layout["types"][each["type"]]["numberOfBytes"])


def test_each_layout_has_a_digest_of_its_own() -> None:
    assert len({layout_digest(registry) for registry in REGISTRIES}) == len(REGISTRIES)
    # What deployment files say since the first one.
    assert layout_digest("AnchorRegistry").hex() == (
        "aadd8e27bc8d091be3b50ad238f3cafac0c51fe47777b27992b05bd69ea8e46c"
    )
