# SPDX-License-Identifier: Apache-2.0
"""An honest district with its server, and a chain on which an attacker does as he likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.adversary.site import Site, found, honest_world, opened
from tests.support.chain import Chain, District, running_chain


@pytest.fixture(scope="session")
def honest_district(chain: Chain, tmp_path_factory: pytest.TempPathFactory) -> District:
    """The honest registries, enrolled once; tests take them from `honest`."""
    return found(chain, tmp_path_factory.mktemp("honest"), honest_world())


@pytest.fixture
def honest(honest_district: District) -> Iterator[Site]:
    """The honest server with the world anchored; the chain is put back after the test."""
    with honest_district.put_back():
        yield opened(honest_district, honest_world())


@pytest.fixture(scope="session")
def own_chain() -> Iterator[Chain]:
    """The attacker's: the same software with the same chain id, begun by himself."""
    with running_chain() as started:
        yield started


@pytest.fixture
def strange_chain(own_chain: Chain) -> Iterator[Chain]:
    """The attacker's chain, put back after the test."""
    with own_chain.put_back():
        yield own_chain
