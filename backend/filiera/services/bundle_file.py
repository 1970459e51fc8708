# SPDX-License-Identifier: Apache-2.0
"""A bundle that somebody was given, as a passport to be read."""

from __future__ import annotations

from collections.abc import Mapping

from filiera.model.ids import ni_uri
from filiera.proof.bundle import Bundle
from filiera.proof.evidence import Evidence
from filiera.proof.offline import verify_bundle
from filiera.proof.trust import TrustFile
from filiera.services.passports import Passport, in_order


def passport_from_bundle(
    bundle: Bundle,
    trust: TrustFile,
    now: int,
    *,
    subject: str | None = None,
    documents: Mapping[bytes, bytes] | None = None,
    max_age: int | None = None,
) -> Passport:
    """The passport that a bundle proves to a holder of `trust` at `now`.

    `documents` maps the SHA-256 that a record names to that of the file at hand. Raises
    InputError as `verify_bundle` does.
    """
    verdict = verify_bundle(
        bundle, trust, now, subject=subject, documents=documents, max_age=max_age
    )
    records = {each.id: each for each in bundle.records}
    steps, flows = in_order(verdict.of("step"))
    return Passport(
        product=verdict.subject or ni_uri(verdict.own),
        evidence=Evidence(verdict.own, records, None, documents or {}),
        verdict=verdict,
        steps=steps,
        flows=flows,
        others=(),
        unavailable=(),
    )
