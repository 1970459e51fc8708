# SPDX-License-Identifier: Apache-2.0
"""The tables as CSV (RFC 4180): UTF-8, a header, every line ended by CR LF.

A column is a line in a table: its name, and what stands in it. Values are those of the API's
passport: codes, ni URIs, RFC 3339; only `words` is in the reader's language.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from typing import Final

from filiera.services.passport_view import PassportView
from filiera.web.audit.chain import Fact, on_chain
from filiera.web.audit.lines import CheckLine, Lines, RecordLine
from filiera.web.language import Language
from filiera.web.shown import Shown
from filiera.web.writing import label

CHARSET: Final = "text/csv; charset=utf-8; header=present"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"); the last
four are the full-width forms of the first."""
MAX_NAME: Final = 80
"""Characters of a product's id that go into the name of a file."""

_Record = Callable[[RecordLine], object]
RECORD: Final[Mapping[str, _Record]] = {
    "number": lambda line: line.number,
    "record": lambda line: line.view.record,
    "listedAs": lambda line: line.view.listed_as,
    "type": lambda line: line.view.type,
    "name": lambda line: line.view.name,
    "issuer": lambda line: line.view.issuer.name,
    "participant": lambda line: line.view.issuer.participant,
    "account": lambda line: line.view.issuer.account,
    "statedBy": lambda line: line.view.issuer.stated_by,
    "claimed": lambda line: line.claimed,
    "anchored": lambda line: line.view.anchored,
    "anchorer": lambda line: line.view.anchor and line.view.anchor.anchorer,
    "root": lambda line: line.view.anchor and line.view.anchor.root,
    "sequence": lambda line: line.view.anchor and line.view.anchor.sequence,
    "leafIndex": lambda line: line.view.anchor and line.view.anchor.index,
    "leafCount": lambda line: line.view.anchor and line.view.anchor.count,
    "outcome": lambda line: line.view.outcome.value,
    "failingCheck": lambda line: line.view.failing and line.view.failing.check,
    "failingCode": lambda line: line.view.failing and line.view.failing.code,
    "standing": lambda line: line.view.standing.state,
    "standingSince": lambda line: line.view.standing.since,
    "standingRecorded": lambda line: line.view.standing.recorded,
    "standingReason": lambda line: line.view.standing.reason,
    "openFindings": lambda line: len(line.view.standing.findings),
    "documents": lambda line: len(line.view.documents),
    "documentsPresented": lambda line: line.presented,
}
"""Columns of records.csv, after those of PASSPORT."""
ABOUT: Final = ("number", "record", "listedAs", "type", "name", "issuer", "account")
"""Which of them stand in the other files too; empty for a check of the passport as a whole."""
CHECK: Final[Mapping[str, Callable[[CheckLine], object]]] = {
    "check": lambda line: line.check.check,
    "outcome": lambda line: line.check.outcome.value,
    "code": lambda line: line.check.code,
}
"""Columns of checks.csv after those, before its `words`."""
UNREAD: Final = "unread"
"""What stands as `entry` where there is none, for the registry could not be read."""
ENTRY: Final[Mapping[str, Callable[[Fact], object]]] = {
    "entry": lambda fact: fact.kind,
    "value": lambda fact: " ".join(fact.names),
    "refersTo": lambda fact: fact.digest,
    "effective": lambda fact: fact.effective,
    "recorded": lambda fact: fact.recorded,
    "recordedBy": lambda fact: fact.account,
    "reason": lambda fact: fact.reason,
}
"""Columns of entries.csv after those of PASSPORT and ABOUT."""
PASSPORT: Final[Mapping[str, Callable[[PassportView], object]]] = {
    "product": lambda view: view.id,
    "block": lambda view: view.verdict.block and view.verdict.block.number,
    "blockTime": lambda view: view.verdict.block and view.verdict.block.time,
}
"""What every line begins with, so that files of many products can be put together."""


def records_csv(shown: Shown, lines: Lines, language: Language) -> str:
    """A line for every record; nothing in it depends on the language."""
    del language
    begin = _begin(shown)
    rows = ([*begin, *(value(line) for value in RECORD.values())] for line in lines.records)
    return csv_text([*PASSPORT, *RECORD], rows)


def checks_csv(shown: Shown, lines: Lines, language: Language) -> str:
    """A line for every check, with the words for its answer."""
    begin = _begin(shown)
    rows = (
        [
            *begin,
            *(_about(line.about) if line.about else [None] * len(ABOUT)),
            *(value(line) for value in CHECK.values()),
            line.check.words.it if language == "it" else line.check.words.en,
        ]
        for line in lines.checks
    )
    return csv_text([*PASSPORT, *ABOUT, *CHECK, "words"], rows)


def entries_csv(shown: Shown, lines: Lines, language: Language) -> str:
    """A line for every entry of the registries that concerns a record, and for what is unread.

    An entry that concerns many records has a line for each, as the page shows it with each;
    nothing in it depends on the language.
    """
    del language
    begin = _begin(shown)
    rows = (
        [*begin, *_about(line), *entry] for line in lines.records for entry in _entries(shown, line)
    )
    return csv_text([*PASSPORT, *ABOUT, *ENTRY], rows)


def _begin(shown: Shown) -> list[object]:
    return [value(shown.view) for value in PASSPORT.values()]


def _about(line: RecordLine) -> list[object]:
    return [RECORD[name](line) for name in ABOUT]


def _entries(shown: Shown, line: RecordLine) -> Iterator[list[object]]:
    found = on_chain(shown.passport, line.view)
    for part in found.unread:
        yield [UNREAD, part, *[None] * (len(ENTRY) - 2)]
    for fact in found.facts:
        yield [value(fact) for value in ENTRY.values()]


TABLES: Final = {"records": records_csv, "checks": checks_csv, "entries": entries_csv}
"""By the name of the file."""


def csv_text(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV with every cell made safe to open in a spreadsheet; None is an empty cell."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return written.getvalue()


def cell(value: object) -> str:
    """The text of a cell: what a spreadsheet would run begins with an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def file_name(product: str, table: str, suffix: str) -> str:
    """`filiera-09520000000028-LOT-1-checks.csv`: letters, digits, dots and hyphens alone."""
    found = label(product)
    numbers = "-".join(filter(None, (found.gtin, found.lot, found.serial)))
    plain = re.sub(r"[^A-Za-z0-9]+", "-", numbers or found.text)[:MAX_NAME].strip("-")
    return "-".join(filter(None, ("filiera", plain, table))) + suffix
