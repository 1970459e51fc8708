# SPDX-License-Identifier: Apache-2.0
"""`filiera serve`: API and pages over the chain, IPFS node and database of the settings."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from filiera.cli.options import DeploymentFile, Json, NodeUrl
from filiera.cli.output import Output
from filiera.cli.words import say
from filiera.errors import ConflictError, SetupError

if TYPE_CHECKING:
    from filiera.services import Services
    from filiera.settings import Settings

Host = Annotated[
    str | None, typer.Option(envvar="FILIERA_HOST", metavar="ADDRESS", help=say("serve.host"))
]
Port = Annotated[
    int | None, typer.Option(envvar="FILIERA_PORT", metavar="PORT", help=say("serve.port"))
]
Database = Annotated[
    str | None, typer.Option(envvar="FILIERA_DATABASE", metavar="URL", help=say("serve.database"))
]
IpfsApi = Annotated[
    str | None,
    typer.Option("--ipfs", envvar="FILIERA_IPFS_API", metavar="MULTIADDR", help=say("serve.ipfs")),
]
Keys = Annotated[
    Path | None, typer.Option(envvar="FILIERA_KEYS", metavar="FOLDER", help=say("serve.keys"))
]
OperatorKey = Annotated[
    str | None,
    typer.Option(envvar="FILIERA_OPERATOR_KEY", metavar="NAME", help=say("serve.operator-key")),
]
OperatorPasswordFile = Annotated[
    Path | None,
    typer.Option(
        envvar="FILIERA_OPERATOR_PASSWORD_FILE",
        metavar="FILE",
        help=say("serve.operator-password-file"),
    ),
]


def add_to(app: typer.Typer) -> None:
    """The commands of this module."""
    app.command("serve", help=say("help.serve"), epilog=say("help.serve.epilog"))(serve)


def serve(
    host: Host = None,
    port: Port = None,
    node: NodeUrl = None,
    deployment: DeploymentFile = None,
    ipfs: IpfsApi = None,
    database: Database = None,
    keys: Keys = None,
    operator_key: OperatorKey = None,
    operator_password_file: OperatorPasswordFile = None,
    json: Json = False,
) -> None:
    """Serve until told to stop."""
    from filiera.settings import load_settings
    from filiera.wiring import build

    settings = load_settings(
        host=host,
        port=port,
        chain_url=node,
        deployment=deployment,
        ipfs_api=ipfs,
        database=database,
        keys=keys,
        operator_key=operator_key,
        operator_password_file=operator_password_file,
    )
    if not settings.deployment.exists():
        raise SetupError(
            "setting-invalid",
            say("serve.no-deployment", file=settings.deployment),
            where="FILIERA_DEPLOYMENT",
            hint=say("serve.no-deployment.hint"),
        )
    out = Output(json=json)
    with out.working(say("working.serve")):
        services = build(settings)
    listening = listen(settings.host, settings.port, chosen=port is not None)
    with listening:
        url = f"http://{settings.host}:{listening.getsockname()[1]}"
        out.result({"web": url}, lambda console: console.print(f"web: {url}", soft_wrap=True))
        _run(services, settings, listening)


def _run(services: Services, settings: Settings, listening: socket.socket) -> None:
    from filiera.api.logs import configure_logs
    from filiera.cli.serving import run_until_stopped
    from filiera.web.app import create_site

    configure_logs()
    run_until_stopped(create_site(services, settings=settings), listening)


def listen(host: str, port: int, *, chosen: bool) -> socket.socket:
    """A socket on `host`:`port`; a port that nobody chose gives way to a free one.

    Raises `port-taken` when a chosen port cannot be used.
    """
    try:
        return _create(host, port)
    except OSError as error:
        if not chosen and error.errno == errno.EADDRINUSE:
            return _create(host, 0)
        raise ConflictError(
            "port-taken",
            say("serve.port-taken", address=f"{host}:{port}", why=os.strerror(error.errno or 0)),
            where="--port",
            hint=say("serve.port-taken.hint"),
        ) from None


def _create(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    # Connections inherit it. Without it the body of an answer waits for the client to
    # acknowledge its head, 40 ms, and asyncio leaves a socket that it did not make as it is.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
