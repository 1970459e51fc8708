# SPDX-License-Identifier: Apache-2.0
"""What a step did: Filiera's own list of textile activities, and GS1's business steps.

An event's `activityType` may come from any published scheme; these are the two that
Filiera writes itself. Adding an activity is a line in `ACTIVITIES`.
"""

from __future__ import annotations

from typing import Final

from filiera.model.context import FILIERA_CONTEXT
from filiera.model.named import Classified, Named

ACTIVITY_SCHEME: Final = Named(f"{FILIERA_CONTEXT}#activities", "Filiera activities")
CBV_SCHEME: Final = Named("https://ref.gs1.org/cbv/BizStep", "GS1 CBV Business Step")

ACTIVITIES: Final[dict[str, tuple[str, str]]] = {
    "fibre-production": ("Fibre production", "Produzione della fibra"),
    "spinning": ("Spinning", "Filatura"),
    "weaving": ("Weaving", "Tessitura"),
    "knitting": ("Knitting", "Maglieria"),
    "dyeing": ("Dyeing", "Tintura"),
    "printing": ("Printing", "Stampa"),
    "finishing": ("Finishing", "Finissaggio"),
    "cutting": ("Cutting", "Taglio"),
    "making-up": ("Making-up", "Confezione"),
    "washing": ("Washing", "Lavaggio"),
    "inspection": ("Inspection", "Controllo"),
    "packing": ("Packing", "Imballaggio"),
    "transport": ("Transport", "Trasporto"),
    "repair": ("Repair", "Riparazione"),
    "recycling": ("Recycling", "Riciclo"),
}
"""code -> (English, Italian)."""


def activity(code: str) -> Classified:
    """An activity of ours by its code; raises KeyError for a code that is not in the list."""
    return Classified(code, ACTIVITIES[code][0], ACTIVITY_SCHEME)


def business_step(code: str) -> Classified:
    """A GS1 CBV business step by its bare code, such as `commissioning`."""
    return Classified(code, code.replace("_", " ").capitalize(), CBV_SCHEME)
