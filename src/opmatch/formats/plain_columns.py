"""The columns of opmatch's own sheet, and the empty sheet to fill in."""

from __future__ import annotations

import csv
import functools
import io
from typing import Final

import msgspec
from msgspec import Struct

from opmatch import shipped

TABLE: Final = "formats/plain_columns.yaml"
REQUIRED: Final = ("name", "field", "level")


class Column(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column: how its cells are read, where they go in the catalog format, and a line of help."""

    column: str
    kind: str
    at: str
    help: str
    example: str


@functools.cache
def columns() -> tuple[Column, ...]:
    """Every column, in the order of the sheet."""
    return tuple(msgspec.convert(shipped.yaml_document(TABLE), list[Column]))


def template() -> str:
    """The empty sheet as CSV: a line of help a column, which the import passes over, then the columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")  # as spreadsheets write it
    writer.writerow(
        ["# One row a program; several values in a cell are set apart by semicolons (\\; is one in a text)."]
    )
    writer.writerow(["# A blank says nothing: unknown, never no. Lines that start with # are not read."])
    for one in columns():
        writer.writerow([f"# {one.column}: {one.help} Example: {one.example}"])
    writer.writerow([one.column for one in columns()])
    return out.getvalue()


def column_name(header: str) -> str:
    """A header as a column's name: "Wait days" is wait_days."""
    return "_".join(header.lower().replace("-", " ").replace("_", " ").split())
