# SPDX-License-Identifier: Apache-2.0
"""`filiera demo`: the whole path on this machine (`make demo` only calls it)."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from filiera.cli.options import Json
from filiera.cli.words import say


def add_to(app: typer.Typer) -> None:
    """The command of this module."""
    app.command("demo", help=say("help.demo"), epilog=say("help.demo.epilog"))(demo)


def _option(name: str, metavar: str) -> object:
    words = {"out": "demo.out-folder", "public": "demo.public-address"}.get(name, f"demo.{name}")
    return typer.Option(f"--{name}", envvar=name.upper(), metavar=metavar, help=say(words))


Epcis = Annotated[str | None, _option("epcis", "PATH[,PATH…]")]
Product = Annotated[str | None, _option("product", "ID")]
TamperWith = Annotated[str | None, _option("tamper", "WHAT")]
Out = Annotated[str | None, _option("out", "FOLDER")]
Once = Annotated[str | None, _option("once", "1")]
NetworkName = Annotated[str | None, _option("network", "NAME")]
Public = Annotated[str | None, _option("public", "1|ADDRESS")]


def demo(
    epcis: Epcis = None,
    product: Product = None,
    tamper: TamperWith = None,
    out: Out = None,
    once: Once = None,
    network: NetworkName = None,
    public: Public = None,
    json: Json = False,
) -> None:
    """Run the demonstration; ends with the exit code of its verdict."""
    from filiera.demo.run import run_demo

    given = {
        "EPCIS": epcis,
        "PRODUCT": product,
        "TAMPER": tamper,
        "OUT": out,
        "ONCE": once,
        "NETWORK": network,
        "PUBLIC": public,
    }
    variables = {name: value or "" for name, value in given.items()}
    raise typer.Exit(run_demo({**os.environ, **variables}, as_json=json))
