# SPDX-License-Identifier: Apache-2.0
"""One router a resource. `VERSIONED` stand under /v1, `PLAIN` at the root.

A resource more is a module and a word in one of the two lists.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from filiera.api.routes import (
    batches,
    directory,
    documents,
    health,
    labels,
    namespace,
    passports,
    proofs,
    records,
    schemas,
    statuses,
    verify,
)

VERSIONED: Final[tuple[APIRouter, ...]] = (
    records.router,
    proofs.router,
    statuses.router,
    documents.router,
    # Before the passports, whose own address takes whatever follows it.
    labels.router,
    passports.router,
    directory.router,
    schemas.router,
    verify.router,
    batches.router,
)
PLAIN: Final[tuple[APIRouter, ...]] = (health.router, namespace.router)
