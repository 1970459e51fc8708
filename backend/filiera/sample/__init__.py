# SPDX-License-Identifier: Apache-2.0
"""The project's own sample: a knitted cardigan of a Bologna district, fibre to shop.

Data and pure functions, no chain and no network: `build_sample` gives the participants,
the records to sign in order with their files, and what happens to them afterwards
(docs/sample.md).
"""

from filiera.sample.district import build_sample
from filiera.sample.participants import PARTICIPANTS, SampleParticipant, participant
from filiera.sample.plan import (
    Context,
    PlannedRecord,
    Sample,
    SampleAccreditation,
    SampleFile,
    SampleProduct,
    SampleRevocation,
)

__all__ = [
    "PARTICIPANTS",
    "Context",
    "PlannedRecord",
    "Sample",
    "SampleAccreditation",
    "SampleFile",
    "SampleParticipant",
    "SampleProduct",
    "SampleRevocation",
    "build_sample",
    "participant",
]
