# SPDX-License-Identifier: Apache-2.0
"""Events about a product that are no steps, as its statement lists them (terms of ours).

UNTP has events that make, move and modify. An import meets others: observations, packing,
business documents, events declared in error, events that lack what a step must say. They
are listed with the file that holds them and never count as steps.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from filiera.model.base import Closed
from filiera.model.credential import StatedBy
from filiera.model.scalars import Bounded, Instant, Line, Uri, Whole


class AlsoSaid(Closed):
    """One event: where it stands, what kind it is, and why it is no step.

    `source` is the file's name by hash, `event_index` the event's position in it, from 0.
    `missing` names the members that UNTP requires of a step and the event lacks.
    """

    source: Uri
    event_index: Annotated[Whole, Field(ge=0)]
    event: Uri
    event_type: Line
    action: Line | None = None
    business_step: Line | None = None
    event_time: Instant
    about_product: Annotated[tuple[Uri, ...], Bounded] | None = None
    reason: Line
    missing: Annotated[tuple[Line, ...], Bounded] | None = None
    stated_by: StatedBy
