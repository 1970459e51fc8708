# SPDX-License-Identifier: Apache-2.0
"""`filiera verify`: by the server's word, by a node of one's own, or by a trust file alone.

Each way is a module of its own, imported when it is gone.
"""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import typer

from filiera.cli.options import ApiUrl, DeploymentFile, Json, NodeUrl
from filiera.cli.output import Output
from filiera.cli.session import Session
from filiera.cli.verify_bundle import BundleOptions, is_bundle, verify_bundle_file
from filiera.cli.words import say
from filiera.errors import InputError
from filiera.services.passport_file import PassportFile, read_passport_file

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
    options = BundleOptions(trust, _meant(product), require_documents, max_age)
    if _is_file(subject) and (trust is not None or is_bundle(Path(subject))):
        return verify_bundle_file(session.out, Path(subject), _hashes(documents), options)
    if options.given:
        raise InputError("usage", say("verify.bundle-only"), where=subject)
    if not _is_file(subject):
        return _by_server(session, subject)
    file = read_passport_file(Path(subject).read_bytes(), where=subject)
    if deployment is None and not session.deployment_path.exists():
        raise InputError("usage", say("verify.needs-node"), hint=say("verify.needs-node.hint"))
    return _by_node(session, file, documents)


def _meant(product: str | None) -> str | None:
    if product is None:
        return None
    from filiera.cli.typed import typed_product

    return typed_product(product, "--subject").uri


def _by_server(session: Session, subject: str) -> int:
    from filiera.cli.verify_online import by_server

    return by_server(session, subject)


def _by_node(session: Session, file: PassportFile, documents: Path | None) -> int:
    from filiera.cli.verify_online import by_node

    return by_node(session, file, _hashes(documents))


def _hashes(folder: Path | None) -> dict[str, bytes]:
    """The SHA-256 of every file in a folder, by name; of none, none."""
    hashes = {}
    for path in sorted(folder.iterdir()) if folder else ():
        if path.is_file():
            with path.open("rb") as stream:
                hashes[path.name] = file_digest(stream, "sha256").digest()
    return hashes


def _is_file(subject: str) -> bool:
    """Whether a file is meant: one that is there, or a name that no product has."""
    path = Path(subject)
    if path.is_file():
        return True
    if path.suffix.lower() in (".json", ".gz"):
        raise InputError("file-unreadable", say("verify.no-file"), where=subject)
    return False
