# SPDX-License-Identifier: Apache-2.0
"""How long stopping may take; that it then leaves nothing, test_demo.py shows."""

from __future__ import annotations

import re

from filiera.demo.server import STOP_LIMIT
from filiera.stack.local import GRACE
from tests.docs.pages import text


def test_what_every_part_may_take_to_stop_fits_into_what_is_promised() -> None:
    promised = re.search(r"within ([0-9]+) seconds", text("setup.md"))
    assert promised
    assert STOP_LIMIT + sum(GRACE.values()) < int(promised[1])
