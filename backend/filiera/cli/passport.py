# SPDX-License-Identifier: Apache-2.0
"""`filiera passport`: showing a product's passport, and issuing its own record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from filiera.cli.client import Api, product_path
from filiera.cli.failing import EXIT_OF_OUTCOME
from filiera.cli.options import ApiUrl, Json
from filiera.cli.output import Output, clean
from filiera.cli.passport_issue import issue
from filiera.cli.session import Session
from filiera.cli.show_passport import render_passport
from filiera.cli.sign import write_whole
from filiera.cli.typed import typed_product
from filiera.cli.wording import product_label
from filiera.cli.words import language, say
from filiera.errors import SetupError
from filiera.proof.encoding import dump_json
from filiera.proof.packed import packed
from filiera.services.passport_view import PassportView

Product = Annotated[str, typer.Argument(metavar="PRODUCT", help=say("argument.product"))]

BundleFile = Annotated[
    Path | None, typer.Option("--bundle", metavar="FILE", help=say("show.bundle"))
]
BlockNumber = Annotated[
    int | None, typer.Option("--block", metavar="N", min=0, max=2**53 - 1, help=say("show.block"))
]


def add_to(app: typer.Typer) -> None:
    """The commands of this module and of `passport_issue`."""
    group = typer.Typer(help=say("help.passport"), no_args_is_help=True)
    group.command("list", help=say("help.passport.list"))(list_passports)
    group.command("show", help=say("help.passport.show"))(show)
    group.command(
        "issue", help=say("help.passport.issue"), epilog=say("help.passport.issue.epilog")
    )(issue)
    app.add_typer(group, name="passport")


def list_passports(api: ApiUrl = None, json: Json = False) -> None:
    """List the products that have a passport here."""
    session = Session(Output(json=json), api)
    with session.out.working(say("working.ask")):
        answer = session.api.get("/passports?limit=1000")

    def show_all(console: Console) -> None:
        for each in answer["passports"]:
            console.print(Text(clean(product_label(each["product"], language())), style="bold"))
            console.print(Text(f"  {clean(each['product'])}", style="dim"), overflow="fold")
        more = answer["total"] - len(answer["passports"])
        if more or not answer["total"]:
            session.out.note(say("passport.more" if more else "passport.none", count=more))

    session.out.result(answer, show_all)


def show(
    product: Product,
    checks: Annotated[bool, typer.Option("--checks", metavar="", help=say("show.checks"))] = False,
    bundle: BundleFile = None,
    block: BlockNumber = None,
    api: ApiUrl = None,
    json: Json = False,
) -> int:
    """Show a passport; the exit code is its verdict's."""
    session = Session(Output(json=json), api)
    wanted = typed_product(product, "PRODUCT")
    with session.out.working(say("working.passport")):
        if bundle is not None:
            data = read_bundle(session.api, wanted.uri, block)
            write_whole(bundle, packed(data) if bundle.suffix.lower() == ".gz" else data)
        view = read_passport(session.api, wanted.uri, block)
    if bundle is not None:
        session.out.note(say("show.bundle.done", file=bundle))
    session.out.result(
        view, lambda console: render_passport(console, view, language(), checks=checks)
    )
    return EXIT_OF_OUTCOME[view.verdict.outcome]


def read_bundle(api: Api, product: str, block: int | None = None) -> bytes:
    """The bundle of a product as of a block, by default the newest that can be proven."""
    return api.content(f"/passports/{product_path(product)}/bundle{_at(block)}")


def _at(block: int | None) -> str:
    return "" if block is None else f"?block={block}"


def read_passport(api: Api, product: str, block: int | None = None) -> PassportView:
    """The passport as the server assembled it just now, as of a block if one is said."""
    answer = api.get(f"/passports/{product_path(product)}{_at(block)}")
    try:
        return PassportView.model_validate_json(dump_json(answer))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise SetupError(
            "api-answer",
            say("api.unexpected", what=where),
            hint=say("api.version.hint"),
        ) from None
