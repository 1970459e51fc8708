# SPDX-License-Identifier: Apache-2.0
"""Importing EPCIS: the importer signs, in order, what the files say (docs/epcis.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from filiera.domain.epcis import ImportPlan, to_payload
from filiera.model.named import Named
from filiera.model.times import format_instant
from filiera.ports.signer import Signer
from filiera.proof.jws import record_id, sign_record
from filiera.services.accept import File

REQUEST_RECORDS: Final = 500
"""Records handed in together."""


@dataclass(frozen=True, slots=True)
class SignedImport:
    """An import as signed: every step in order, the product's own record last."""

    plan: ImportPlan
    records: tuple[bytes, ...]

    @property
    def own(self) -> bytes:
        """The id of the product's own record."""
        return record_id(self.records[-1])

    def requests(self) -> Iterator[tuple[tuple[bytes, ...], tuple[File, ...]]]:
        """Records and files to hand in together: a file goes with the first that name it."""
        waiting = {file.sha256: File(file.name, file.data) for file in self.plan.files}
        named = [*({link.digest for link in step.documents} for step in self.plan.steps)]
        named.append({link.digest for link in self.plan.product.documents})
        for start in range(0, len(self.records), REQUEST_RECORDS):
            wanted = set[bytes]().union(*named[start : start + REQUEST_RECORDS])
            files = tuple(file for digest, file in waiting.items() if digest in wanted)
            waiting = {digest: file for digest, file in waiting.items() if digest not in wanted}
            yield self.records[start : start + REQUEST_RECORDS], files


def sign_import(
    plan: ImportPlan, issuer: Named, chain_id: int, signer: Signer, now: int
) -> SignedImport:
    """Sign a plan's steps and its product statement as of `now` (seconds since 1970).

    `issuer` is the signer's did:pkh and the importer's name.
    """
    valid_from = format_instant(now)
    ids: dict[int, bytes] = {}
    records = []
    for step in plan.steps:
        jws = sign_record(to_payload(step, issuer, valid_from, ids), chain_id, signer)
        ids[step.number] = record_id(jws)
        records.append(jws)
    own = sign_record(to_payload(plan.product, issuer, valid_from, ids), chain_id, signer)
    return SignedImport(plan, (*records, own))
