"""The file that `catalog import --report` writes: every record and value that was left out, and why."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opmatch.formats.doubts import Report, Unclear

COLUMNS = ("file", "record", "name", "field", "value", "why")


@contextlib.contextmanager
def report_to(path: Path | None) -> Iterator[Report | None]:
    """A function to report to, or None without `path`. The file appears only when all goes well.

    Rows are written as they come, so memory doesn't grow with them. Raises UsageError when it can't be
    written.
    """
    if path is None:
        yield None
        return
    from opmatch.catalog.whole_file import replacing

    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="", errors="replace") as file,
    ):
        yield _writer(csv.DictWriter(file, COLUMNS, lineterminator="\n"))


def _writer(writer: csv.DictWriter[str]) -> Report:
    from opmatch.render.csv import neutral

    writer.writeheader()

    def report(unclear: Unclear) -> None:
        writer.writerow({column: neutral(getattr(unclear, column)) for column in COLUMNS})

    return report
