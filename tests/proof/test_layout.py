# SPDX-License-Identifier: Apache-2.0
"""The storage layouts that proofs are read by are those that the compiler gave."""

import pytest

from filiera.adapters.ledger.contracts import artifact
from filiera.proof.slots import REGISTRIES, layout_digest, variable


@pytest.mark.parametrize("registry", REGISTRIES)
def test_a_layout_is_the_one_of_the_compiled_contract(registry: str) -> None:
    layout = artifact(registry).layout
    for each in layout["storage"]:
        place = variable(registry, each["label"])
        assert place.types == layout["types"]
        assert (place.slot, place.offset, place.type) == (
            int(each["slot"]),
            each["offset"],
            each["type"],
        )


def test_each_layout_has_a_digest_of_its_own() -> None:
    assert len({layout_digest(registry) for registry in REGISTRIES}) == len(REGISTRIES)
    # What deployment files say since the first one.
    assert layout_digest("AnchorRegistry").hex() == (
        "aadd8e27bc8d091be3b50ad238f3cafac0c51fe47777b27992b05bd69ea8e46c"
    )
