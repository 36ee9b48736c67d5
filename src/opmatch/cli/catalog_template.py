"""`opmatch catalog template`: an empty sheet of programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from opmatch.cli.lazy import command
from opmatch.cli.stdio import write_data, write_note


def template(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to a file: -o programs.csv.")
    ] = None,
) -> int:
    """Write an empty sheet of programs, CSV, with a line of help for each column.

    Fill in a row a program, in a spreadsheet if you like, then import it.
    """
    from opmatch.formats.plain_columns import template as empty

    if out is None:
        write_data(empty())
        return 0
    from opmatch.cli.files import write_private

    write_private(out, empty())
    write_note(f"wrote {out}")
    return 0


COMMAND = command(
    template,
    name="template",
    example="opmatch catalog template -o programs.csv\n  opmatch catalog import programs.csv -o catalog.yaml",
)
