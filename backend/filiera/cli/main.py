# SPDX-License-Identifier: Apache-2.0
"""`filiera`: the command line.

A command's module is imported when that command is run or explained, and no other is: what a
command needs is the price of that command alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import Abort, TyperException
from typer.main import get_group

from filiera.cli.failing import INTERRUPTED, WRONG_USE, as_filiera_error, exit_code, show_error
from filiera.cli.words import language, say, say_if_known
from filiera.errors import InputError

COMMANDS: Final[dict[str, str]] = {
    "demo": "demo",
    "doctor": "doctor",
    "serve": "serve",
    "key": "key",
    "participant": "participant",
    "claim": "claim",
    "import": "import_epcis",
    "passport": "passport",
    "qr": "qr",
    "status": "status",
    "verify": "verify",
    "trust": "trust",
    "sign": "sign",
    "submit": "submit",
    "anchor": "anchor",
}
"""name -> the module of this folder that adds it, in the order of the help.

A command is a file and a line, and the sentence `help.NAME`.
"""


@cache
def _imported(name: str) -> Any:
    part = typer.Typer(rich_markup_mode="rich")
    import_module(f"filiera.cli.{COMMANDS[name]}").add_to(part)
    command = get_group(part).commands[name]
    _word_help_option(command)
    return command


def _word_help_option(command: Any) -> None:
    """`--help` in the reader's language and without a type, here and of the commands below."""
    option = command.get_help_option(typer.Context(command))
    if option is not None:
        option.help, option.metavar = say("option.help"), ""
    for below in getattr(command, "commands", {}).values():
        _word_help_option(below)


class Imported(Mapping[str, Any]):
    """The commands by name, each imported when it is looked up."""

    def __getitem__(self, name: str) -> Any:
        return _imported(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS


class Commands(TyperGroup):
    """The root group: every way to fail ends here, with one shape and one exit code each."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = Imported()

    # The signatures are the group's.
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # click gives it
        """The commands' names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # click gives it
        """A command as it is listed: its name and its sentence, for which nothing is imported."""
        if cmd_name not in COMMANDS:
            return None
        return TyperCommand(name=cmd_name, help=say(f"help.{cmd_name}"))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant, as it is run."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed and self.commands[name], rest

    def get_params(self, ctx: Any) -> list[Any]:
        """The options, those for completion in the reader's language too."""
        params: list[Any] = list(super().get_params(ctx))
        for param in params:
            param.help = say_if_known(f"option.{param.name}", param.help or "")
            if param.is_flag:
                param.metavar = ""
        return params

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command line and exit with its code."""
        given = list(sys.argv[1:] if args is None else args)
        if language() == "it" and _explains(given):
            _name_panels()
        try:
            code = super().main(given, *more, **{**extra, "standalone_mode": False})
        except TyperException as error:
            code = _end(_usage(error), given)
        except (KeyboardInterrupt, Abort):
            code = INTERRUPTED
        except Exception as error:
            code = _end(error, given)
        sys.exit(code if isinstance(code, int) else 0)


def _explains(given: Sequence[str]) -> bool:
    """Whether help is shown: to who asks for it, or names a group alone."""
    return "--help" in given or len(given) < 2


def _name_panels() -> None:
    """What the help says by itself, in Italian; for this typer's panels are imported."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = say("help.arguments")
    rich_utils.OPTIONS_PANEL_TITLE = say("help.options")
    rich_utils.COMMANDS_PANEL_TITLE = say("help.commands")
    rich_utils.REQUIRED_LONG_STRING = say("help.required")
    rich_utils.ENVVAR_STRING = say("help.variable")


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
        from importlib.metadata import version

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


if __name__ == "__main__":
    app()
