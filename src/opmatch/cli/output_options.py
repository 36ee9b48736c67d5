"""Where an answer goes and in which form."""

# No `from __future__ import annotations`: the options are declared from these annotations at each start.

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from opmatch.cli.files import write_private
from opmatch.cli.nearest import did_you_mean
from opmatch.cli.stdio import terminal, write_data, write_note, write_text
from opmatch.errors import UsageError

if TYPE_CHECKING:
    from opmatch.render.layout import Layout

HEALTH_DATA = "this file is health information: keep it as private as a chart"


def parse_form(asked: str | None, allowed: Sequence[str]) -> str:
    """The format asked for, the first of `allowed` unless said. Raises UsageError for another."""
    if asked is None:
        return allowed[0]
    if asked not in allowed:
        hint = did_you_mean(asked, allowed)
        raise UsageError(f"--format {asked!r} is none of {', '.join(allowed)}{hint}")
    return asked


class OutputOptions(Struct, frozen=True, kw_only=True):
    """The form of the answer, and the file it goes to."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="table (as read by people) or json: --format json."
        ),
    ] = None
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="Write the answer to a file that only you can read: --out answer.json.",
        ),
    ] = None
    color: Annotated[
        bool,
        typer.Option(
            "--color/--no-color", help="Colour on a terminal; NO_COLOR works too.", show_default=False
        ),
    ] = True

    def layout(self) -> "Layout":
        """How text for people is laid out where this answer goes."""
        return terminal(color=self.color, to_file=self.out is not None)

    def form(self, *allowed: str) -> str:
        """The format asked for, the first of `allowed` unless said. Raises UsageError for another."""
        return parse_form(self.format, allowed)

    def write(self, text: str, *, data: bool) -> None:
        """Write the whole answer; `data` is for programs and always UTF-8. Raises UsageError."""
        if self.out is not None:
            write_private(Path(self.out), text)
            write_note(f"wrote {self.out}; {HEALTH_DATA}")
        elif data:
            write_data(text)
        else:
            write_text(text)


class FindOutputOptions(OutputOptions, frozen=True, kw_only=True):
    """The same, with the forms that a list of matches can take."""

    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="table, json, jsonl, csv or markdown: --format json."
        ),
    ] = None
    limit: Annotated[
        int, typer.Option("--limit", "-k", metavar="N", min=0, help="Places per level and tier: --limit 5.")
    ] = 3
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0, not 1, when nothing matches.")] = (
        False
    )
