"""The columns of a sheet of requests, and the empty sheet to fill in."""

from __future__ import annotations

import csv
import functools
import io
from typing import Final

import msgspec
from msgspec import Struct

from opmatch import shipped

TABLE: Final = "batch/columns.yaml"


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One key of a request with a line of help."""

    column: str
    help: str
    example: str


@functools.cache
def columns() -> tuple[Column, ...]:
    """Every column, in the order of the sheet."""
    return tuple(msgspec.convert(shipped.yaml_document(TABLE), list[Column]))


def template() -> str:
    """The empty sheet as CSV: a line of help a column, which is passed over when read, then the columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # as spreadsheets write it
    writer.writerow(["# One row a request; several values in a cell are set apart by semicolons."])
    writer.writerow(
        ["# A blank is not asked; columns may be left out. Lines that start with # are not read."]
    )
    for one in columns():
        writer.writerow([f"# {one.column}: {one.help} Example: {one.example}"])
    writer.writerow([one.column for one in columns()])
    return out.getvalue()
