"""The `opmatch` command itself: its help, its version and the table of commands."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from opmatch import __version__
from opmatch.cli.commands import COMMANDS
from opmatch.cli.lazy import LazyGroup, application
from opmatch.cli.stdio import write_text

HELP = """Find the outpatient mental-health or substance-use program that fits one person, and say why.

Works offline and keeps nothing about the client. In danger now? Call 911. To talk to someone now: call or
text 988, or run: opmatch crisis
"""


EXAMPLE = "\b\nExample:\n  opmatch find --need ptsd --near 60610 --payer medicaid"


class Root(LazyGroup):
    """All commands."""

    entries = COMMANDS


def _print_version(wanted: bool) -> None:
    if wanted:
        write_text(f"opmatch {__version__}\n")
        raise typer.Exit()


def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Nothing by itself: the commands do the work."""


def root() -> Any:
    """The command line of opmatch, with only the group declared."""
    app = application(cls=Root)
    app.callback(help=HELP, epilog=EXAMPLE)(_root)
    return typer.main.get_command(app)
