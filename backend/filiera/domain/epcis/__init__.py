# SPDX-License-Identifier: Apache-2.0
"""Importing EPCIS 2.0: from files to the records that an importer signs. Pure.

    files = [read_file(name, data), ...]
    plan = plan_import(files, product)
    for step in plan.steps:      # every upstream step comes before
        payload = to_payload(step, issuer, valid_from, step_ids)
        step_ids[step.number] = ...  # sign and submit it
    payload = to_payload(plan.product, issuer, valid_from, step_ids)

docs/epcis.md has the rules.
"""

from filiera.domain.epcis.files import (
    MAX_FILE_BYTES,
    MAX_FILES,
    EpcisFile,
    read_file,
    read_json,
)
from filiera.domain.epcis.payload import to_payload
from filiera.domain.epcis.plan import (
    SENTENCES,
    AlsoSaid,
    Gap,
    ImportPlan,
    PlannedProduct,
    PlannedStep,
    Reason,
    StepRef,
)
from filiera.domain.epcis.planning import plan_import

__all__ = [
    "MAX_FILES",
    "MAX_FILE_BYTES",
    "SENTENCES",
    "AlsoSaid",
    "EpcisFile",
    "Gap",
    "ImportPlan",
    "PlannedProduct",
    "PlannedStep",
    "Reason",
    "StepRef",
    "plan_import",
    "read_file",
    "read_json",
    "to_payload",
]
