# SPDX-License-Identifier: Apache-2.0
"""`filiera verify` by asking somebody: a node of one's own, or the server."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from filiera.cli.failing import EXIT_OF_OUTCOME
from filiera.cli.output import clean
from filiera.cli.passport import read_passport
from filiera.cli.session import Session
from filiera.cli.show_passport import render_passport
from filiera.cli.typed import typed_product
from filiera.cli.words import language, say
from filiera.services.file_source import assemble_from_file
from filiera.services.passport_file import PassportFile
from filiera.services.passport_view import PassportView, passport_view


def by_node(session: Session, file: PassportFile, hashes: Mapping[str, bytes]) -> int:
    """The file's records judged by facts that this program reads from the node itself.

    `hashes` are the files at hand (name -> SHA-256); the exit code is the verdict's.
    """
    with session.out.working(say("working.verify")):
        passport = assemble_from_file(file, session.ledger, session.trust, hashes)
    _show(session, passport_view(passport), say("verify.own-node", url=session.node))
    return EXIT_OF_OUTCOME[passport.verdict.outcome]


def by_server(session: Session, subject: str) -> int:
    """A product's passport by the server's word; the exit code is the verdict's."""
    product = typed_product(subject, "PRODUCT")
    with session.out.working(say("working.passport")):
        view = read_passport(session.api, product.uri)
    _show(session, view, say("verify.by-server", url=session.api.url))
    return EXIT_OF_OUTCOME[view.verdict.outcome]


def _show(session: Session, view: PassportView, word: str) -> None:
    def show(console: Console) -> None:
        render_passport(console, view, language(), checks=True)
        console.print(Text(f"\n{clean(word)}", style="bold"))
        # Plain and unwrapped, for programs too; English everywhere.
        print(f"passport {view.id}: {view.verdict.sentence}", flush=True)

    session.out.result(view, show)
