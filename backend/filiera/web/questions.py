# SPDX-License-Identifier: Apache-2.0
"""What every named check asks, in one sentence for people (docs/checks.md says it in full)."""

from __future__ import annotations

from typing import Final

from filiera.web.messages import N_

QUESTIONS: Final[dict[str, str]] = {
    "chain": N_("Is this the chain that the trust file pins?"),
    "subject": N_("Is the passport about this product?"),
    "steps": N_("Are steps listed, and is no lot made out of itself?"),
    "seal": N_("Is the block sealed by those who may?"),
    "state": N_("Are the contracts there, with the code that is known?"),
    "age": N_("Is the block recent enough?"),
    "bundle": N_("Does the bundle hold what is needed, and nothing else?"),
    "integrity": N_("Is the record unaltered, and can it be read?"),
    "listed-as": N_("Is it what it is listed as?"),
    "signature": N_("Did its issuer sign it?"),
    "inclusion": N_("Was it in the batch that was anchored?"),
    "anchor": N_("Is that batch on the chain?"),
    "account": N_("Was its account entitled to sign then?"),
    "role": N_("Had its issuer the role to say this kind of thing?"),
    "time": N_("Is what it claims dated before its anchoring?"),
    "document": N_("Are the documents at hand the ones that it names?"),
    "standing": N_("Is it known what became of it since?"),
    "identity": N_("Is its issuer who it says it is?"),
}
"""By the check's name: first those of the passport as a whole, then those of each record."""
