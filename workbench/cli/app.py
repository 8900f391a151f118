"""The application object with its global options; the commands register themselves upon it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from workbench import __version__


class Program(TyperGroup):
    """Runs a command; an interruption and a pipe whose reader left are answered here, before typer answers them."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            sys.stderr.write("workbench: interrupted; what was acknowledged is kept\n")
            raise typer.Exit(130) from error
        except BrokenPipeError as error:
            # Not our fault, and Python must not complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit from error


app = typer.Typer(
    name="workbench",
    cls=Program,
    help="Turn raw OCR into texts that can be trusted and cited. Without a command the screen opens.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"workbench {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    edition: Annotated[
        Path, typer.Option("-C", "--edition", help="Edition, or a folder below it.", metavar="DIR")
    ] = Path(),
    person: Annotated[str | None, typer.Option("--person", help="Who decides.", metavar="NAME")] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Turn raw OCR into texts that can be trusted and cited. Without a command the screen opens."""
    context.obj = {"folder": edition, "person": person}
    if context.invoked_subcommand is None:
        from workbench.tui.app import run

        raise typer.Exit(run(edition, person=person))


# They add their commands to `app`, in the order in which help lists them.
from workbench.cli import making, reading, verifying, history, deciding, checking, reviewing  # noqa: E402, F401, I001
from workbench.cli import people, sampling, surveying, exchange  # noqa: E402, F401
