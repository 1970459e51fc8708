# SPDX-License-Identifier: Apache-2.0
"""The addresses of the auditor's view: a page, and the same as files."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from filiera.model.gs1 import product_id
from filiera.proof.reasons import Outcome
from filiera.services.body import Body
from filiera.web.addresses import AUDIT
from filiera.web.answers import NEVER_KEPT, download, kept_for
from filiera.web.audit.lines import Choice, lines_of
from filiera.web.audit.tables import CHARSET, TABLES, file_name
from filiera.web.audit.view import build_audit
from filiera.web.audit.whole import whole_json
from filiera.web.language import reader_of
from filiera.web.sections.since import RELATIONS
from filiera.web.shown import Shown
from filiera.web.site import site_of

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=2_000)]
JSON: Final = "application/json"


def _choice(outcome: Outcome | None = None, check: Text = "", issuer: Text = "") -> Choice:
    return Choice(outcome, check or None, issuer or None)


def _shown(request: Request, id: Text) -> Shown:  # noqa: A002 - the parameter's name
    return site_of(request).shelf.shown(product_id(id.strip(), where="id").uri)


ShownOf = Annotated[Shown, Depends(_shown)]
ChoiceOf = Annotated[Choice, Depends(_choice)]
Sheet = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get(AUDIT)
def audit(request: Request, shown: ShownOf, choice: ChoiceOf, sheet: Sheet = 1) -> Response:
    """The passport as tables, with every record unfolded."""
    data = build_audit(shown, choice, sheet)
    return site_of(request).page(
        request, "audit.html", caching=_caching(request, shown), audit=data, relations=RELATIONS
    )


@router.get(AUDIT + "/passport.json")
def passport(request: Request, shown: ShownOf) -> Response:
    """The passport as the API gives it and the registries' entries, whatever was chosen."""
    name = file_name(shown.view.id, "passport", ".json")
    return _file(request, shown, whole_json(shown), JSON, name)


@router.get(AUDIT + "/{table}.csv")
def table(
    request: Request,
    shown: ShownOf,
    choice: ChoiceOf,
    table: Literal["records", "checks", "entries"],
) -> Response:
    """All that was chosen, not one sheet of it."""
    lines = choice.of(lines_of(shown.view))
    text = TABLES[table](shown, lines, reader_of(request).language)
    return _file(request, shown, text, CHARSET, file_name(shown.view.id, table, ".csv"))


def _caching(request: Request, shown: Shown) -> str:
    return kept_for(site_of(request).page_age) if not shown.view.unavailable else NEVER_KEPT


def _file(request: Request, shown: Shown, text: str, media_type: str, name: str) -> Response:
    caching = _caching(request, shown)
    body = Body.of(text.encode())
    return download(request, body, name=name, media_type=media_type, caching=caching)
