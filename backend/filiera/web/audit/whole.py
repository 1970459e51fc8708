# SPDX-License-Identifier: Apache-2.0
"""Everything that the auditor's view shows, as one JSON document."""

from __future__ import annotations

import json
from typing import Any, Final

from filiera.web.audit.chain import OnChain, on_chain
from filiera.web.audit.lines import lines_of
from filiera.web.shown import Shown

REGISTRIES: Final = "registries"
"""The member beside those of the API's passport."""


def whole_json(shown: Shown) -> str:
    """The passport as the API gives it and, beside it, what the registries hold on each record.

    Member names and values are those of entries.csv, but `value` is a list; `unread` says
    what could not be read, so that no entry is not taken for none.
    """
    said: dict[str, Any] = shown.view.model_dump(mode="json", by_alias=True)
    said[REGISTRIES] = [
        {"record": line.view.record, **_registries(on_chain(shown.passport, line.view))}
        for line in lines_of(shown.view).records
    ]
    return json.dumps(said, indent=2, ensure_ascii=False)


def _registries(found: OnChain) -> dict[str, Any]:
    entries = [
        {
            "entry": fact.kind,
            "value": fact.names,
            "refersTo": fact.digest,
            "effective": fact.effective,
            "recorded": fact.recorded,
            "recordedBy": fact.account,
            "reason": fact.reason,
        }
        for fact in found.facts
    ]
    return {"entries": entries, "unread": found.unread}
