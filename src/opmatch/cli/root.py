"""The `opmatch` command itself: its help, its version and the table of commands."""

from __future__ import annotations

import os
from collections.abc import Sequence
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


_COMPLETES = "_OPMATCH_COMPLETE"
"""Set by a shell that asks for words to go on with."""


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


def root(arguments: Sequence[str]) -> Any:
    """The command line of opmatch for these arguments, with only the group declared."""
    app = application(cls=Root, add_completion=_completing(arguments))
    app.callback(help=HELP, epilog=EXAMPLE)(_root)
    return typer.main.get_command(app)


def _completing(arguments: Sequence[str]) -> bool:
    """Whether shell completion can be meant; declaring its two options takes longer than the group."""
    return _COMPLETES in os.environ or not arguments or arguments[0] not in COMMANDS
