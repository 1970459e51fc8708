# SPDX-License-Identifier: Apache-2.0
"""What one event says beside its goods: where, what was done, whose word it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from filiera.domain.epcis.files import Occurrence
from filiera.domain.epcis.goods import Glossary
from filiera.model.activities import business_step
from filiera.model.epcis import Event, Location
from filiera.model.gs1 import canonical_uri, gln_uri
from filiera.model.ids import ni_uri
from filiera.model.named import Classified, Named
from filiera.model.statement import Place, StatedBy

_PRIVATE_STEPS: Final = Named("https://ref.gs1.org/epcis/bizStep", "GS1 EPCIS business step")
_RECEIVING: Final = frozenset({"accepting", "arriving", "receiving"})
"""Business steps that the destination's party does; all others are the source's."""


def place(location: Location | None, words: Glossary) -> Place | None:
    """A facility by its one spelling; a name that is not known is its identifier."""
    return _place(location.id, words) if location else None


def _place(identifier: str, words: Glossary) -> Place:
    uri = canonical_uri(identifier)
    return Place(uri, words.name_at(uri))


def facility(event: Event, words: Glossary) -> Place | None:
    """Where goods are made: the business location, else the read point."""
    return place(event.biz_location or event.read_point, words)


def facilities(event: Event, words: Glossary) -> tuple[Place, Place] | None:
    """From where to where, if the event names both: a source and a destination location."""
    origin = next((s.source for s in event.source_list if s.type == "location"), None)
    target = next((d.destination for d in event.destination_list if d.type == "location"), None)
    if origin is None or target is None:
        return None
    return _place(origin, words), _place(target, words)


def activity(event: Event) -> Classified | None:
    """The business step: of GS1's vocabulary if it is a bare word, of another if a URI."""
    word = event.biz_step
    if word is None:
        return None
    return Classified(word, word, _PRIVATE_STEPS) if ":" in word else business_step(word)


def stated_by(occurrence: Occurrence, words: Glossary) -> StatedBy:
    """Whose word an event is: the party's, else the place's, else the file (docs/epcis.md).

    Of several parties the one on the side that does the business step, and there the one
    in possession before the owner.
    """
    event = occurrence.event
    for party in _parties(event):
        uri = gln_uri(party) or canonical_uri(party)
        return StatedBy(uri, words.names.get(uri))
    for location in (event.biz_location, event.read_point):
        # A coordinate is nobody.
        if location is not None and not location.id.startswith("geo:"):
            uri = gln_uri(location.id) or canonical_uri(location.id)
            return StatedBy(uri, words.names.get(uri))
    return StatedBy(ni_uri(occurrence.file.sha256), occurrence.file.name)


def _parties(event: Event) -> Iterator[str]:
    sources = {each.type: each.source for each in reversed(event.source_list)}
    targets = {each.type: each.destination for each in reversed(event.destination_list)}
    sides = [targets, sources] if event.biz_step in _RECEIVING else [sources, targets]
    for side in sides:
        for kind in ("possessing_party", "owning_party"):
            if kind in side:
                yield side[kind]
