# SPDX-License-Identifier: Apache-2.0
"""`filiera qr`: a product's QR code, or a sheet of labels for the items of a batch."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.text import Text

from filiera.cli.options import Json
from filiera.cli.output import Output
from filiera.cli.session import DEFAULT_API, Session
from filiera.cli.sign import write_whole
from filiera.cli.typed import typed_product
from filiera.cli.words import say
from filiera.errors import InputError
from filiera.model.addresses import page_url, site_base
from filiera.model.gs1 import ProductId

Product = Annotated[str, typer.Argument(metavar="PRODUCT", help=say("argument.product"))]
Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help=say("qr.out"))]
Serials = Annotated[
    str | None, typer.Option("--serials", metavar="A-B|FILE", help=say("qr.serials"))
]
Base = Annotated[
    str | None,
    typer.Option("--base", envvar="FILIERA_PUBLIC_URL", metavar="URL", help=say("qr.base")),
]
SCREEN: Final = "bright_white on black"
"""The code on a terminal: what is light in it is written, what is dark is left."""


def add_to(app: typer.Typer) -> None:
    """The command of this module."""
    app.command("qr", help=say("help.qr"), epilog=say("help.qr.epilog"))(qr)


def qr(
    product: Product,
    out: Out = None,
    serials: Serials = None,
    base: Base = None,
    json: Json = False,
) -> None:
    """Make labels."""
    session = Session(Output(json=json))
    wanted = typed_product(product, "PRODUCT")
    beside = session.running.public or session.running.web
    site = site_base(base or beside or DEFAULT_API, where="--base")
    labelled = _items(wanted, serials) if serials is not None else [wanted]
    if serials is not None and (out is None or out.suffix.lower() != ".pdf"):
        raise InputError("usage", say("qr.sheet"), where="--out")
    if out is not None:
        write_whole(out, _maker(out)(labelled, site))
    said = [{"product": each.uri, "url": page_url(site, each)} for each in labelled]
    session.out.result(
        {"site": site, "file": str(out) if out else None, "labels": said},
        lambda console: _show(console, site, labelled, out),
    )
    if _is_loopback(site):
        session.out.note(say("qr.loopback", base=site), style="bold yellow")


def _items(product: ProductId, serials: str) -> list[ProductId]:
    from filiera.labels.serials import items, serial_list, serial_range

    try:
        listed = Path(serials).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("usage", say("qr.no-text"), where=f"--serials {serials}") from None
    except OSError:
        # No file of that name, or none that can have it: then it is a range.
        return items(product, serial_range(serials))
    return items(product, serial_list(listed))


def _maker(out: Path) -> Callable[[Sequence[ProductId], str], bytes]:
    from filiera.labels.sheet import sheet
    from filiera.labels.symbol import png, svg

    makers: dict[str, Callable[[Sequence[ProductId], str], bytes]] = {
        ".svg": lambda products, site: svg(page_url(site, products[0])),
        ".png": lambda products, site: png(page_url(site, products[0])),
        ".pdf": sheet,
    }
    if out.suffix.lower() not in makers:
        raise InputError("usage", say("qr.kind"), where=f"--out {out}")
    return makers[out.suffix.lower()]


def _show(console: Console, site: str, products: Sequence[ProductId], out: Path | None) -> None:
    if out is not None:
        console.print(say("qr.done", count=len(products), file=out), soft_wrap=True)
    else:
        show_code(console, page_url(site, products[0]))
    if len(products) == 1:
        console.print(page_url(site, products[0]), soft_wrap=True)


def show_code(console: Console, url: str) -> None:
    """A QR code in the terminal, or a remark that there is no room for it."""
    from filiera.labels.symbol import lines

    rows = lines(url, console.width)
    for row in rows:
        console.print(Text(row, style=SCREEN, no_wrap=True))
    if not rows:
        console.print(say("qr.narrow"))


def _is_loopback(site: str) -> bool:
    host = urlsplit(site).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
