# SPDX-License-Identifier: Apache-2.0
"""A district whose garment has a passport with everything proven and nothing missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.server import Server
from tests.support.site import anchored


@pytest.fixture
def district() -> Iterator[Server]:
    server = anchored()
    yield server
    server.store.close()
