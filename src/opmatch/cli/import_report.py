"""The file that `catalog import --report` writes: every record and value that was left out, and why."""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from opmatch.cli.files import reason
from opmatch.errors import UsageError

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
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder; name a file in it")
        target = path.resolve()
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {reason(error)}") from None
    except ValueError:
        raise UsageError("the report's file name can't be used") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="", errors="replace") as file:
            yield _writer(csv.DictWriter(file, COLUMNS, lineterminator="\n"))
        temporary.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{path} can't be written: {reason(error)}") from None
        raise


def _writer(writer: csv.DictWriter[str]) -> Report:
    from opmatch.render.csv import neutral

    writer.writeheader()

    def report(unclear: Unclear) -> None:
        writer.writerow({column: neutral(getattr(unclear, column)) for column in COLUMNS})

    return report
