# SPDX-License-Identifier: Apache-2.0
"""The options that many commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from filiera.cli.words import say

Json = Annotated[bool, typer.Option("--json", metavar="", help=say("option.json"))]
Yes = Annotated[bool, typer.Option("--yes", "-y", metavar="", help=say("option.yes"))]
ApiUrl = Annotated[
    str | None,
    typer.Option("--api", envvar="FILIERA_API", metavar="URL", help=say("option.api")),
]
KeyName = Annotated[str | None, typer.Option("--as", metavar="KEY", help=say("option.as"))]
KeysFolder = Annotated[
    Path | None,
    typer.Option("--keys", envvar="FILIERA_KEYS", metavar="FOLDER", help=say("option.keys")),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        envvar="FILIERA_PASSWORD_FILE",
        metavar="FILE",
        help=say("option.password-file"),
    ),
]
DeploymentFile = Annotated[
    Path | None,
    typer.Option(
        "--deployment", envvar="FILIERA_DEPLOYMENT", metavar="FILE", help=say("option.deployment")
    ),
]
NodeUrl = Annotated[
    str | None,
    typer.Option("--node", envvar="FILIERA_CHAIN_URL", metavar="URL", help=say("option.node")),
]
OutFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help=say("option.output"))
]
IssuerName = Annotated[
    str | None, typer.Option("--issuer-name", metavar="NAME", help=say("option.issuer-name"))
]
