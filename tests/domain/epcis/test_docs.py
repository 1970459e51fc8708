# SPDX-License-Identifier: Apache-2.0
"""docs/epcis.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from filiera.domain.epcis import MAX_FILE_BYTES, MAX_FILES, SENTENCES, Reason
from filiera.domain.epcis.goods import COUNT_UNIT
from filiera.domain.epcis.payload import MAX_ALSO_SAID, MAX_ALSO_SAID_BYTES
from filiera.model.epcis_document import MAX_EVENTS
from filiera.model.gs1 import canonical_uri
from filiera.model.scalars import LIST_LIMIT
from filiera.services.epcis_files import MAX_BYTES

PAGE = (Path(__file__).parents[3] / "docs" / "epcis.md").read_text("utf-8")


def test_every_reason_is_documented_and_has_its_sentence_in_both_languages() -> None:
    assert [reason for reason in Reason if f"`{reason.value}`" not in PAGE] == []
    assert set(SENTENCES) == set(Reason)


def test_the_table_of_identifiers_is_true() -> None:
    rows = re.findall(r"^\| `((?:https|urn):[^`]+)` \| (?:`([^`]+)`|the same) \|$", PAGE, re.M)
    assert len(rows) == 6
    read = [canonical_uri(written) for written, _ in rows]
    said = [uri for _, uri in rows]
    assert read == [uri or said[index - 1] for index, uri in enumerate(said)]


def test_the_limits_are_those_of_the_code() -> None:
    megabytes = f"{MAX_FILE_BYTES // 10**6} MB a file, {MAX_BYTES // 10**6} MB"
    for stated in (
        f"{megabytes} and {MAX_FILES} files and {MAX_EVENTS:,} events",
        f"more than\n   {LIST_LIMIT:,} in one list",
        f"At most {MAX_ALSO_SAID} (and {MAX_ALSO_SAID_BYTES // 1000} kB)",
        f"`{COUNT_UNIT}`",
    ):
        assert stated.replace("\n   ", " ") in re.sub(r"\s+", " ", PAGE)
