# SPDX-License-Identifier: Apache-2.0
"""`--require-documents`: what was not presented is then not proven (docs/checks.md)."""

from __future__ import annotations

from dataclasses import replace

from filiera.proof.verdict import Check, RecordVerdict, Verdict, record_check


def requiring_documents(verdict: Verdict) -> Verdict:
    """The verdict with a check more, an unknown one, for each document not presented."""
    missing = {record.id: _missing(record) for record in verdict.records.values()}
    records = {
        id_: replace(record, checks=(*record.checks, *missing[id_]))
        for id_, record in verdict.records.items()
    }
    added = (check for checks in missing.values() for check in checks)
    return replace(verdict, records=records, checks=(*verdict.checks, *added))


def _missing(record: RecordVerdict) -> tuple[Check, ...]:
    return tuple(
        record_check(record.id, "document", "document-missing", name=line.name)
        for line in record.documents
        if not line.presented
    )
