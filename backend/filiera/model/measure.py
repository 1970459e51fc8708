# SPDX-License-Identifier: Apache-2.0
"""How much and how well: UNTP's measures, scores, images, topics and performance."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from filiera.model.base import Closed, Open
from filiera.model.scalars import (
    Day,
    ImageData,
    Line,
    MediaType,
    NotNegative,
    Number,
    Text,
    Types,
    Uri,
    Whole,
    broken,
    contains,
)


class Measure(Closed):
    """A number with its unit (UNTP Measure), the unit as a UNECE Recommendation 20 code.

    The unit's membership in that list is not checked: UNTP's own samples use others.
    """

    value: Number
    upper_tolerance: Number | None = None
    lower_tolerance: Number | None = None
    unit: Annotated[Line, Field(max_length=35)]


class Quantity(Measure):
    """A measure of matter: it cannot be negative."""

    value: Annotated[Number, NotNegative]


class Dimension(Open):
    """Weight and sizes (UNTP Dimension)."""

    weight: Measure | None = None
    length: Measure | None = None
    width: Measure | None = None
    height: Measure | None = None
    volume: Measure | None = None


class Image(Closed):
    """A small picture carried in the record (UNTP Image)."""

    name: Line
    description: Text | None = None
    image_data: ImageData
    media_type: MediaType


class Score(Closed):
    """A grade on a scheme's scale (UNTP Score)."""

    code: Line
    rank: Whole | None = None
    definition: Text | None = None


class Period(Closed):
    """A span of days (UNTP Period)."""

    start_date: Day
    end_date: Day
    period_information: Text | None = None


class MetricRef(Open):
    """What is being measured, by the identifier of a published metric."""

    type: Annotated[Types, contains("PerformanceMetric")] = ("PerformanceMetric",)
    id: Uri
    name: Line


class Performance(Closed):
    """A measured or scored result (UNTP Performance); a measure needs its metric."""

    metric: MetricRef | None = None
    measure: Measure | None = None
    score: Score | None = None

    @model_validator(mode="after")
    def _a_measure_has_a_metric(self) -> Self:
        if self.measure is not None and self.metric is None:
            raise broken("record-schema", "is missing: a measure needs its metric", at="metric")
        return self


class ConformityTopic(Closed):
    """A topic of UNTP's classification."""

    type: Annotated[Types, contains("ConformityTopic")] = ("ConformityTopic",)
    id: Uri
    name: Line
    definition: Text | None = None
