# SPDX-License-Identifier: Apache-2.0
"""`filiera key`: making and looking at keys; a private key never leaves its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from filiera.cli.options import Json, KeysFolder, PasswordFile
from filiera.cli.output import Output, clean, facts
from filiera.cli.session import Session
from filiera.cli.words import say

if TYPE_CHECKING:
    from filiera.adapters.keys.keystore import KeyInfo, Keystore

Name = Annotated[str, typer.Argument(metavar="NAME", help=say("argument.key-name"))]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    group = typer.Typer(help=say("help.key"), no_args_is_help=True)
    group.command("new", help=say("help.key.new"))(new)
    group.command("list", help=say("help.key.list"))(list_keys)
    group.command("show", help=say("help.key.show"))(show)
    app.add_typer(group, name="key")


def new(
    name: Name, keys: KeysFolder = None, password_file: PasswordFile = None, json: Json = False
) -> None:
    """Make a key."""
    session = Session(Output(json=json), keys=keys, password_file=password_file)
    store = session.keystore
    password = session.password(say("password.new", name=name), twice=True)
    with session.out.working(say("working.key")):
        info = store.new(name, password)
    session.out.note(say("key.made"))
    _show(session.out, store, info)


def list_keys(keys: KeysFolder = None, json: Json = False) -> None:
    """List the keys of the folder."""
    session = Session(Output(json=json), keys=keys)
    store = session.keystore
    found = store.list()

    def show_all(console: Console) -> None:
        if not found:
            session.out.note(say("key.none", folder=store.folder))
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(say("column.name"))
        table.add_column(say("column.address"), no_wrap=True)
        for info in found:
            table.add_row(clean(info.name), info.address)
        console.print(table)

    session.out.result([_as_json(store, info) for info in found], show_all)


def show(name: Name, keys: KeysFolder = None, json: Json = False) -> None:
    """Show a key's address."""
    session = Session(Output(json=json), keys=keys)
    store = session.keystore
    _show(session.out, store, store.show(name))


def _show(out: Output, store: Keystore, info: KeyInfo) -> None:
    rows = {
        say("column.name"): info.name,
        say("column.address"): info.address,
        say("field.file"): str(store.folder / f"{info.name}.json"),
    }
    out.result(_as_json(store, info), lambda console: console.print(facts(rows)))


def _as_json(store: Keystore, info: KeyInfo) -> dict[str, str]:
    file = store.folder / f"{info.name}.json"
    return {"name": info.name, "address": info.address, "file": str(file)}
