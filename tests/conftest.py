# SPDX-License-Identifier: Apache-2.0
"""Fixtures that every test may use; each is described where it is defined."""

from hypothesis import settings

from tests.support.chain import chain, district, district_once
from tests.support.ipfs import ipfs
from tests.support.running import running

__all__ = ["chain", "district", "district_once", "ipfs", "running"]

# The same examples in every run, and no test that fails because a machine is slow.
settings.register_profile("filiera", derandomize=True, deadline=None)
settings.load_profile("filiera")
