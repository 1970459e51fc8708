# SPDX-License-Identifier: Apache-2.0
"""docs/web.md says how much of everything a page shows."""

from __future__ import annotations

import re

from filiera.web import bounds
from tests.docs.pages import text

ROW = re.compile(r"^\| `([A-Z_]+)` ([0-9]+) \|", re.MULTILINE)


def test_every_bound_of_a_page_is_in_the_documentation_with_its_number() -> None:
    told = {name: int(number) for name, number in ROW.findall(text("web.md"))}
    assert told == {name: most for name, most in vars(bounds).items() if isinstance(most, int)}
