# SPDX-License-Identifier: Apache-2.0
"""Fixtures that every test may use; each is described where it is defined."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.support.chain import chain, district, district_once, nowhere
from tests.support.ipfs import ipfs
from tests.support.running import running
from tests.support.surroundings import set_apart

__all__ = ["chain", "district", "district_once", "ipfs", "nowhere", "running"]

# Before any test is collected: some of it is read once, when a module is imported.
set_apart(os.environ)

# The same examples in every run, and no test that fails because a machine is slow.
settings.register_profile("filiera", derandomize=True, deadline=None)
settings.load_profile("filiera")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Imports make hardly any garbage: looking for it took a third of the time of collecting.

    What they leave stays for the whole run, and is not searched again either.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()
