# SPDX-License-Identifier: Apache-2.0
"""`filiera passport issue`: collect, show, sign, submit; and replace what was issued before."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from filiera.cli.client import product_path
from filiera.cli.issuing import (
    Draft,
    Issued,
    Issuer,
    agreed,
    issuer_of,
    show_issued,
    sign_and_submit,
)
from filiera.cli.options import (
    ApiUrl,
    DeploymentFile,
    IssuerName,
    Json,
    KeyName,
    KeysFolder,
    PasswordFile,
    Yes,
)
from filiera.cli.output import Output
from filiera.cli.own_product import OwnDraft, Typed, draft_own, typed_category, typed_place
from filiera.cli.session import Session
from filiera.cli.supersede import replace_record
from filiera.cli.typed import typed_day, typed_product, typed_record
from filiera.cli.upstream import Found, Upstream, find_upstream, read_record, upstream_table
from filiera.cli.wording import one_line, product_label
from filiera.cli.words import language, say
from filiera.errors import NotFoundError
from filiera.model.ids import ni_uri, parse_ni
from filiera.model.records import statement_of

Product = Annotated[str, typer.Argument(metavar="PRODUCT", help=say("argument.product"))]
Name = Annotated[str | None, typer.Option("--name", metavar="NAME", help=say("issue.name"))]
Category = Annotated[
    str | None, typer.Option("--category", metavar="CODE NAME", help=say("issue.category"))
]
CategoryScheme = Annotated[
    str | None,
    typer.Option("--category-scheme", metavar="URI NAME", help=say("issue.category-scheme")),
]
Facility = Annotated[
    str | None, typer.Option("--facility", metavar="URI NAME", help=say("issue.facility"))
]
Country = Annotated[str | None, typer.Option("--country", metavar="CC", help=say("issue.country"))]
Description = Annotated[
    str | None, typer.Option("--description", metavar="TEXT", help=say("issue.description"))
]
ModelNumber = Annotated[
    str | None, typer.Option("--model-number", metavar="NUMBER", help=say("issue.model-number"))
]
ProductionDate = Annotated[
    str | None,
    typer.Option("--production-date", metavar="DATE", help=say("issue.production-date")),
]
Without = Annotated[
    list[str] | None, typer.Option("--without", metavar="RECORD", help=say("issue.without"))
]


def issue(
    product: Product,
    name: Name = None,
    category: Category = None,
    category_scheme: CategoryScheme = None,
    facility: Facility = None,
    country: Country = None,
    description: Description = None,
    model_number: ModelNumber = None,
    production_date: ProductionDate = None,
    without: Without = None,
    issuer_name: IssuerName = None,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    deployment: DeploymentFile = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Issue a product's own record."""
    session = Session(Output(json=json), api, keys, password_file, key, deployment)
    wanted = typed_product(product, "PRODUCT")
    typed = Typed(
        name=name,
        category=typed_category(category, category_scheme) if category else None,
        place=typed_place(facility, country) if facility else None,
        country=country,
        description=description,
        model_number=model_number,
        production_date=typed_day(production_date, "--production-date")
        if production_date
        else None,
    )
    left_out = [typed_record(each, "--without") for each in without or ()]
    issuer = issuer_of(session, issuer_name)
    with session.out.working(say("working.upstream")):
        upstream = find_upstream(session.api, wanted.uri).without(left_out)
        current = _current(session, wanted.uri)
    own = draft_own(wanted, typed, upstream, issuer, current.record if current.by(issuer) else None)
    draft = _draft(own, upstream, current, issuer)
    _show_upstream(session, upstream)
    agreed(session, draft, issuer, yes=yes)
    issued = sign_and_submit(session, draft, issuer)
    replaced = _replace(session, issuer, current, own, issued)
    show_issued(session.out, issued, "passport.stored", waits=not replaced, **replaced)


class _Current:
    """The product's own record as it is now, if there is one, and whose it is."""

    def __init__(
        self, record: Found | None = None, participant: str = "", standing: str = ""
    ) -> None:
        self.record = record
        self.participant = participant
        self.standing = standing

    def by(self, issuer: Issuer) -> bool:
        """Whether it is the issuer's own."""
        return self.participant == issuer.participant


def _current(session: Session, product: str) -> _Current:
    try:
        view = session.api.get(f"/passports/{product_path(product)}")
    except NotFoundError:
        return _Current()
    own = view["own"]
    signed = read_record(session.api, parse_ni(own["record"]))
    issuer = own["issuer"]
    found = Found(
        id=signed.id,
        signed=signed,
        statement=statement_of(signed.payload),
        who=issuer["name"] or signed.address,
        anchored=own["anchored"],
    )
    return _Current(found, issuer["participant"] or "", own["standing"]["state"])


def _show_upstream(session: Session, upstream: Upstream) -> None:
    out = session.out
    title = say("issue.upstream", steps=len(upstream.steps), claims=len(upstream.claims))
    out.note(Text(title, style="bold underline"))
    if upstream.links:
        out.err.print(upstream_table(upstream, out.err.width))
    out.note("")


def _draft(own: OwnDraft, upstream: Upstream, current: _Current, issuer: Issuer) -> Draft:
    product = own.product
    label = product_label(product.product, language())
    rows = {
        "field.product": "\n".join(dict.fromkeys((product.name, label, product.product))),
        "field.kind": say(f"type.{own.kind}"),
        "field.category": ", ".join(f"{c.code} {c.name}" for c in product.categories),
        "field.facility": product.place.name if product.place else "",
        "field.country": product.country or "",
        "field.production-date": product.production_date or "",
        "field.model-number": product.model_number or "",
        "field.lists": say("issue.lists", steps=len(upstream.steps), claims=len(upstream.claims)),
    }
    shown = {say(name): value for name, value in rows.items() if value}
    return Draft(
        say("issue.title"), own.payload, shown, remarks=_remarks(own, upstream, current, issuer)
    )


def _remarks(
    own: OwnDraft, upstream: Upstream, current: _Current, issuer: Issuer
) -> tuple[str, ...]:
    remarks = []
    if own.missing:
        remarks.append(say("issue.missing", members=", ".join(own.missing)))
    if not upstream.steps:
        remarks.append(say("issue.no-steps"))
    if upstream.left_out:
        remarks.append(say("issue.left-out", count=upstream.left_out))
    if current.record is not None:
        key = "issue.replaces" if current.by(issuer) else "issue.others"
        remarks.append(say(key, who=current.record.who, when=one_line(current.record.anchored)))
    return tuple(remarks)


def _replace(
    session: Session, issuer: Issuer, current: _Current, own: OwnDraft, issued: Issued
) -> dict[str, str]:
    """Supersede the issuer's own record before, if it can be: what was done, as data."""
    before = current.record
    if before is None or not current.by(issuer) or before.anchored is None:
        return {}
    if before.statement.type is not own.kind or current.standing not in ("in-force", "suspended"):
        session.out.note(say("replace.cannot", record=ni_uri(before.id)))
        return {}
    replace_record(session, issuer, before.id, issued.id)
    return {"supersedes": ni_uri(before.id)}
