# SPDX-License-Identifier: Apache-2.0
"""`filiera trust`: getting a trust file from a server, and reading one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from filiera.cli.options import ApiUrl, Json, OutFile
from filiera.cli.output import Output, facts
from filiera.cli.session import Session
from filiera.cli.sign import write_whole
from filiera.cli.trust_file import read_trust
from filiera.cli.words import say
from filiera.proof.encoding import parse_object
from filiera.proof.trust import TrustFile, dump_trust, parse_trust, trust_digest, trust_words

TrustArgument = Annotated[
    Path,
    typer.Argument(metavar="TRUST.json", exists=True, dir_okay=False, help=say("argument.trust")),
]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    group = typer.Typer(help=say("help.trust"), no_args_is_help=True)
    group.command("export", help=say("help.trust.export"))(export)
    group.command("show", help=say("help.trust.show"))(show)
    app.add_typer(group, name="trust")


def export(output: OutFile = None, api: ApiUrl = None, json: Json = False) -> None:
    """Get the trust file of a server, in its canonical text."""
    session = Session(Output(json=json), api)
    with session.out.working(say("working.ask")):
        trust = parse_trust(session.api.content("/trust"))
    text = dump_trust(trust)
    if output is not None:
        write_whole(output, text)
    if session.out.json:
        session.out.result(_said(trust), lambda _console: None)
    elif output is None:
        # The canonical bytes, so that their SHA-256 is the digest.
        sys.stdout.write(text.decode("utf-8") + ("\n" if sys.stdout.isatty() else ""))
        sys.stdout.flush()
    digest = trust_digest(trust)
    session.out.note(say("trust.exported", url=session.api.url, file=output or "stdout"))
    session.out.note(say("trust.words", words=" ".join(trust_words(digest, say("trust.list")))))
    session.out.note(say("trust.compare"), style="bold")


def show(file: TrustArgument, json: Json = False) -> None:
    """Show what a trust file pins, and its digest as two people read it to each other."""
    trust = read_trust(file)

    def show_all(console: Console) -> None:
        console.print(facts(_rows(trust)))

    Output(json=json).result(_said(trust), show_all)


def _rows(trust: TrustFile) -> dict[str, str]:
    digest = trust_digest(trust)
    contracts = [
        f"{name} {each.address}\n{each.code_hash}"
        for generation in trust.contracts
        for name, each in generation.named.items()
    ]
    rows = {
        say("trust.digest"): digest.hex(),
        say("trust.english"): " ".join(trust_words(digest, "en")),
        say("trust.italian"): " ".join(trust_words(digest, "it")),
        say("trust.chain"): f"{trust.chain_id}\n{trust.genesis_hash}",
        say("trust.seal"): say(f"seal.{trust.seal.kind}", number=trust.seal.from_block),
        say("trust.validators"): "\n".join(trust.seal.validators),
        say("trust.contracts"): "\n".join(contracts),
        say("trust.founders"): "\n".join(trust.founders),
        say("trust.age"): say("trust.days", days=f"{trust.maximum_age / 86_400:g}"),
        say("trust.minimum"): str(trust.minimum_block),
    }
    if trust.pinned_blocks:
        rows[say("trust.pinned")] = "\n".join(trust.pinned_blocks)
    if trust.predecessor:
        rows[say("trust.predecessor")] = trust.predecessor
    return rows


def _said(trust: TrustFile) -> dict[str, Any]:
    digest = trust_digest(trust)
    words = {lang: " ".join(trust_words(digest, lang)) for lang in ("en", "it")}
    return {
        "digest": "0x" + digest.hex(),
        "words": words,
        "trust": parse_object(dump_trust(trust)),
    }
