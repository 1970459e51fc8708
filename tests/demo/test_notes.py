# SPDX-License-Identifier: Apache-2.0
"""What a demonstration of somebody's own EPCIS files remarks below the passport."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from filiera.demo.content import EpcisContent, SampleContent
from filiera.demo.run import noted
from tests.cli.test_import_epcis import CLOTH, YARN, document, event
from tests.support.world import NOW


def test_what_is_no_step_is_listed_with_its_file_and_wraps_beside_its_mark(tmp_path: Path) -> None:
    made = event([YARN], CLOTH, "2026-09-02T10:00:00+02:00")
    seen = {
        "type": "ObjectEvent",
        "action": "OBSERVE",
        "eventTime": "2026-09-03T10:00:00+02:00",
        "eventTimeZoneOffset": "+02:00",
        "bizStep": "inspecting",
        "epcList": [],
        "quantityList": [{"epcClass": CLOTH, "quantity": 9, "uom": "KGM"}],
    }
    (tmp_path / "made.jsonld").write_bytes(document(made))
    (tmp_path / "a-file-with-a-name-as-long-as-they-are.jsonld").write_bytes(document(seen))
    out = io.StringIO()
    console = Console(file=out, width=80, markup=False, highlight=False, emoji=False)
    for note in EpcisContent(str(tmp_path), None, NOW).notes(serves=False):
        console.print(noted(note))
    heading, first, *rest = (line.rstrip() for line in out.getvalue().splitlines())
    assert heading == "Also said, not steps: 1. Stored, linked and counted apart."
    assert first.startswith("• a-file-with-a-name-as-long-as-they-are.jsonld, ObjectEvent")
    assert rest
    assert all(line.startswith("  ") for line in rest)


def test_who_finds_no_server_left_is_not_sent_to_it() -> None:
    sample = SampleContent(NOW)
    assert "passport show https://" in str(sample.notes(serves=True))
    assert not sample.notes(serves=False)
