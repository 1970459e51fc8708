# SPDX-License-Identifier: Apache-2.0
"""The JSON-LD contexts of records (docs/decisions/0003-our-own-context.md).

No context is ever fetched: the first two are UNTP 0.7.0's by name, the third is ours,
pinned in this package as `context-v1.jsonld`. Its address has a reserved top-level
domain, so that nobody can answer for it.
"""

from __future__ import annotations

from typing import Final

VC_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"
UNTP_CONTEXT: Final = "https://vocabulary.uncefact.org/untp/0.7.0/context/"
FILIERA_CONTEXT: Final = "https://filiera.example/ns/v1"
CONTEXT_FILE: Final = "context-v1.jsonld"
"""The name, inside this package, of the document that FILIERA_CONTEXT stands for."""


def contexts(*, own_terms: bool) -> tuple[str, ...]:
    """The `@context` of a record that does or does not use a type or term of ours."""
    return (VC_CONTEXT, UNTP_CONTEXT, *((FILIERA_CONTEXT,) if own_terms else ()))
