# SPDX-License-Identifier: Apache-2.0
"""`filiera import epcis`: the importer passes on, signed, what EPCIS documents say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from filiera.cli import clock
from filiera.cli.issuing import issuer_of, signer_row
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
from filiera.cli.output import Output, clean, facts
from filiera.cli.session import Session
from filiera.cli.typed import ChosenFile
from filiera.cli.wording import one_line, party_label, product_label
from filiera.cli.words import language, say
from filiera.errors import FilieraError
from filiera.model.ids import ni_uri
from filiera.proof.jws import record_id

if TYPE_CHECKING:
    from filiera.domain.epcis import ImportPlan
    from filiera.domain.epcis.plan import PlannedStep
    from filiera.services.import_epcis import SignedImport

Paths = Annotated[str, typer.Argument(metavar="PATH", help=say("argument.epcis"))]
ProductId = Annotated[
    str | None, typer.Option("--product", metavar="ID", help=say("import.product"))
]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    group = typer.Typer(help=say("help.import"), no_args_is_help=True)
    group.command("epcis", help=say("help.import.epcis"))(epcis)
    app.add_typer(group, name="import")


def epcis(
    path: Paths,
    product: ProductId = None,
    issuer_name: IssuerName = None,
    key: KeyName = None,
    keys: KeysFolder = None,
    password_file: PasswordFile = None,
    api: ApiUrl = None,
    deployment: DeploymentFile = None,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Import EPCIS documents."""
    from filiera.domain.epcis import plan_import
    from filiera.services.epcis_files import read_epcis_paths
    from filiera.services.import_epcis import sign_import

    session = Session(Output(json=json), api, keys, password_file, key, deployment)
    now = clock.seconds()
    with session.out.working(say("working.epcis")):
        given = read_epcis_paths(path)
        plan = plan_import(given.files, product, now=now)
    for line in given.passed_over:
        session.out.note(say("import.passed-over", what=line), style="dim")
    issuer = issuer_of(session, issuer_name)
    _show_plan(session, plan)
    rows = {**_rows(plan), **signer_row(session, issuer)}
    ask = say("ask.import", count=len(plan.steps) + 1)
    session.out.confirm(say("import.title"), rows, ask, yes=yes, remarks=_remarks(plan))
    with session.out.working(say("working.import")):
        signed = sign_import(plan, issuer.named, issuer.chain_id, session.signer, now)
        _submit(session, signed)
    said = _as_json(signed)
    session.out.result(said, lambda console: _show_done(console, said))


def _submit(session: Session, signed: SignedImport) -> None:
    """Hand everything in; raises why the first refused record was refused."""
    types = {file.name: file.media_type for file in signed.plan.files}
    for records, files in signed.requests():
        chosen = [ChosenFile(f.name, f.data, types[f.name]) for f in files]
        for result in session.api.submit([(record_id(jws), jws) for jws in records], chosen):
            if result.error is not None:
                raise _named(result.error, result.id)


def _named(error: FilieraError, record: bytes) -> FilieraError:
    if error.where is None:
        error.where = ni_uri(record)
    return error


def _show_plan(session: Session, plan: ImportPlan) -> None:
    err = session.out.err
    session.out.note(Text(say("import.steps", count=len(plan.steps)), style="bold underline"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=min(err.width, 110))
    table.add_column("#", justify="right", style="dim")
    table.add_column(say("column.what"), overflow="fold", ratio=1)
    table.add_column(say("column.claimed"), width=11, overflow="fold")
    for number, step in enumerate(plan.steps, 1):
        table.add_row(str(number), _what(step), one_line(step.step.date))
    if plan.steps:
        err.print(table)
    session.out.note("")


def _what(planned: PlannedStep) -> Text:
    step, stated = planned.step, planned.stated_by
    lines = Text(clean(step.name), style="bold")
    who = say("who.imported", who=party_label(stated.name or stated.id))
    lines.append(f"\n{clean(who)}", "not bold")
    if step.place:
        lines.append(f"\n{clean(party_label(step.place.name))}", "not bold")
    if step.origin and step.destination:
        ends = (party_label(each.name) for each in (step.origin, step.destination))
        lines.append(f"\n{clean(' → '.join(ends))}", "not bold")
    for source in planned.sources:
        lines.append(f"\n{clean(source)}", "dim not bold")
    return lines


def _rows(plan: ImportPlan) -> dict[str, str]:
    product = plan.product.product
    label = product_label(product.product, language())
    return {
        say("field.product"): "\n".join(dict.fromkeys((product.name, label, product.product))),
        say("field.lists"): say("import.lists", count=len(plan.product.steps)),
        say("field.also-said"): str(len(plan.also_said)),
        say("field.files"): "\n".join(file.name for file in plan.files),
    }


def _remarks(plan: ImportPlan) -> tuple[str, ...]:
    lang = language()
    remarks = [say("import.own-word")]
    remarks += [say("import.gap", lot=product_label(gap.product, lang)) for gap in plan.gaps]
    remarks += [
        say("import.missing", event=each.event, members=", ".join(each.missing))
        for each in plan.also_said
        if each.missing
    ]
    return tuple(remarks)


def _as_json(signed: SignedImport) -> dict[str, Any]:
    return {
        "product": signed.plan.product.product.product,
        "own": ni_uri(signed.own),
        "records": [ni_uri(record_id(jws)) for jws in signed.records],
        "steps": len(signed.plan.steps),
        "alsoSaid": len(signed.plan.also_said),
        "files": [{"name": f.name, "sha256": "0x" + f.sha256.hex()} for f in signed.plan.files],
    }


def _show_done(console: Console, said: dict[str, Any]) -> None:
    console.print(Text(say("import.done", count=len(said["records"])), style="bold green"))
    console.print(facts({say("field.product"): said["product"], say("field.record"): said["own"]}))
    console.print(Text(say("next.anchored")))
