# SPDX-License-Identifier: Apache-2.0
"""`filiera`: the command line. Each module of this folder adds its commands to `app`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from types import ModuleType
from typing import Annotated, Any, Final

import typer
from typer import rich_utils
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from filiera.cli import (
    anchor,
    claim,
    demo,
    doctor,
    import_epcis,
    key,
    participant,
    passport,
    qr,
    serve,
    sign,
    status,
    submit,
    trust,
    verify,
)
from filiera.cli.failing import INTERRUPTED, WRONG_USE, as_filiera_error, exit_code, show_error
from filiera.cli.words import language, say, say_if_known
from filiera.errors import InputError

COMMANDS: Final[dict[str, ModuleType]] = {
    "demo": demo,
    "doctor": doctor,
    "serve": serve,
    "key": key,
    "participant": participant,
    "claim": claim,
    "import": import_epcis,
    "passport": passport,
    "qr": qr,
    "status": status,
    "verify": verify,
    "trust": trust,
    "sign": sign,
    "submit": submit,
    "anchor": anchor,
}
"""name -> the module that adds it, in the order of the help. A command is a file and a line."""


class Commands(TyperGroup):
    """The root group: every way to fail ends here, with one shape and one exit code each."""

    # The signature is the group's.
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The commands, in the order of `COMMANDS`."""
        return [name for name in COMMANDS if name in self.commands]

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, those for completion in the reader's language too."""
        params: list[Any] = list(super().get_params(ctx))
        for param in params:
            param.help = say_if_known(f"option.{param.name}", param.help or "")
        return params

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command line and exit with its code."""
        given = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(given, *more, **{**extra, "standalone_mode": False})
        except TyperException as error:
            code = _end(_usage(error), given)
        except (KeyboardInterrupt, Abort):
            code = INTERRUPTED
        except Exception as error:
            code = _end(error, given)
        sys.exit(code if isinstance(code, int) else 0)


def _end(error: Exception, given: Sequence[str]) -> int:
    known = as_filiera_error(error)
    show_error(known, json="--json" in given)
    return exit_code(known)


def _usage(error: TyperException) -> Exception:
    """A command that was not understood, as one of our errors; nothing for a shown help."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        raise SystemExit(WRONG_USE)
    hint = say("usage.hint", command=context.command_path) if context else None
    return InputError("usage", error.format_message(), hint=hint)


app = typer.Typer(
    name="filiera",
    cls=Commands,
    help=say("help.filiera"),
    epilog=say("help.filiera.epilog"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"filiera {version('filiera')}")
        raise typer.Exit


@app.callback()
def filiera(
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            metavar="",
            is_eager=True,
            callback=_print_version,
            help=say("option.version"),
        ),
    ] = False,
) -> None:
    """What every command line may begin with."""


for _module in COMMANDS.values():
    _module.add_to(app)

if language() == "it":
    rich_utils.ARGUMENTS_PANEL_TITLE = say("help.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = say("help.options")
    rich_utils.COMMANDS_PANEL_TITLE = say("help.commands")


if __name__ == "__main__":
    app()
