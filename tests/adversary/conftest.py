# SPDX-License-Identifier: Apache-2.0
"""An honest district with its server, and a chain on which an attacker does as he likes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
    with put_back(honest_district):
        yield opened(honest_district, honest_world())


@pytest.fixture(scope="session")
def own_chain() -> Iterator[Chain]:
    """The attacker's: the same software with the same chain id, begun by himself."""
    with running_chain() as started:
        yield started


@pytest.fixture
def strange_chain(own_chain: Chain) -> Iterator[Chain]:
    """The attacker's chain, put back after the test."""
    before = own_chain.rpc.call("evm_snapshot")
    yield own_chain
    assert own_chain.rpc.call("evm_revert", before)


@contextmanager
def put_back(district: District) -> Iterator[None]:
    """Leave the chain, and who is enrolled, as they were."""
    rpc, firms = district.chain.rpc, dict(district.firms)
    before = rpc.call("evm_snapshot")
    yield
    assert rpc.call("evm_revert", before)
    district.firms = firms
