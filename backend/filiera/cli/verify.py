# SPDX-License-Identifier: Apache-2.0
"""`filiera verify`: by the server's word, by a node of one's own, or by a trust file alone."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from filiera.cli.failing import EXIT_OF_OUTCOME
from filiera.cli.options import ApiUrl, DeploymentFile, Json, NodeUrl
from filiera.cli.output import Output, clean
from filiera.cli.passport import read_passport
from filiera.cli.session import Session
from filiera.cli.show_passport import render_passport
from filiera.cli.typed import typed_product
from filiera.cli.verify_bundle import BundleOptions, is_bundle, verify_bundle_file
from filiera.cli.words import language, say
from filiera.errors import InputError
from filiera.services.passport_file import (
    PassportFile,
    assemble_from_file,
    read_passport_file,
)
from filiera.services.passport_view import PassportView, passport_view

if TYPE_CHECKING:
    from filiera.services.passports import Passport

Subject = Annotated[
    str, typer.Argument(metavar="BUNDLE|PASSPORT.json|PRODUCT", help=say("argument.verify"))
]
Documents = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", exists=True, file_okay=False, help=say("verify.documents")),
]

TrustPath = Annotated[
    Path | None,
    typer.Option(
        "--trust", metavar="TRUST", exists=True, dir_okay=False, help=say("verify.trusted")
    ),
]
Product = Annotated[str | None, typer.Option("--subject", metavar="ID", help=say("verify.subject"))]
Required = Annotated[
    bool, typer.Option("--require-documents", metavar="", help=say("verify.required"))
]
MaxAge = Annotated[str | None, typer.Option("--max-age", metavar="7d", help=say("verify.max-age"))]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command("verify", help=say("help.verify"), epilog=say("help.verify.epilog"))(verify)


def verify(
    subject: Subject,
    node: NodeUrl = None,
    deployment: DeploymentFile = None,
    documents: Documents = None,
    trust: TrustPath = None,
    product: Product = None,
    require_documents: Required = False,
    max_age: MaxAge = None,
    api: ApiUrl = None,
    json: Json = False,
) -> int:
    """Verify a passport, and show every check."""
    session = Session(Output(json=json), api, deployment_file=deployment, node_url=node)
    meant = None if product is None else typed_product(product, "--subject").uri
    options = BundleOptions(trust, meant, require_documents, max_age)
    if _is_file(subject) and (trust is not None or is_bundle(Path(subject))):
        hashes = {} if documents is None else _hashes(documents)
        return verify_bundle_file(session.out, Path(subject), hashes, options)
    if options.given:
        raise InputError("usage", say("verify.bundle-only"), where=subject)
    if not _is_file(subject):
        return _by_server(session, subject)
    file = read_passport_file(Path(subject).read_bytes(), where=subject)
    if deployment is None and not session.deployment_path.exists():
        raise InputError("usage", say("verify.needs-node"), hint=say("verify.needs-node.hint"))
    with session.out.working(say("working.verify")):
        passport = verify_by_node(session, file, documents)
    _show(session, passport_view(passport), say("verify.own-node", url=session.node))
    return EXIT_OF_OUTCOME[passport.verdict.outcome]


def verify_by_node(session: Session, file: PassportFile, documents: Path | None) -> Passport:
    """The passport's records judged by facts that this program reads from the node itself."""
    hashes = {} if documents is None else _hashes(documents)
    return assemble_from_file(file, session.ledger, session.trust, hashes)


def _hashes(folder: Path) -> dict[str, bytes]:
    """The SHA-256 of every file in a folder, by name."""
    hashes = {}
    for path in sorted(folder.iterdir()):
        if path.is_file():
            with path.open("rb") as stream:
                hashes[path.name] = file_digest(stream, "sha256").digest()
    return hashes


def _is_file(subject: str) -> bool:
    """Whether a file is meant: one that is there, or a name that no product has."""
    path = Path(subject)
    if path.is_file():
        return True
    if path.suffix.lower() == ".json":
        raise InputError("file-unreadable", say("verify.no-file"), where=subject)
    return False


def _by_server(session: Session, subject: str) -> int:
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
