# SPDX-License-Identifier: Apache-2.0
"""A fresh server for each test."""

from collections.abc import Iterator

import pytest

from tests.support.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.store.close()
