"""Requests as rows of a file, CSV, workbook or JSON Lines, one after the other and not yet understood."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Final, NamedTuple

from opmatch.errors import InputError, Problem
from opmatch.formats.json_file import looks_like_json
from opmatch.formats.open_file import OpenFile, too_large
from opmatch.formats.plain_columns import column_name
from opmatch.formats.sheet import MAX_BYTES, csv_rows
from opmatch.intake.quote import quoted
from opmatch.intake.request_file import wrong_key

LONGEST_LINE: Final = 1_000_000  # characters of one JSON request, as of a request file
LOOKED_AT: Final = 20_000  # characters of a row that is no request, to hear danger in
_JSON_ENDINGS: Final = (".jsonl", ".ndjson", ".json")
_WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm")
_TOO_MANY: Final = "has more cells than there are columns: put cells with commas in quotes"
_ZIP_MAGIC: Final = b"PK\x03\x04"
_OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"


class Row(NamedTuple):
    """One request as it stands in the file: a line of JSON, or the cells of a table in the order of its keys.

    `number` is 1 for the first line, or for the first row below the header; blank ones count, but are left
    out. `flaw` says why nothing can be made of the row; its value may
    then be anything.
    """

    number: int
    value: str | tuple[str, ...]
    flaw: str = ""


class Requests(NamedTuple):
    """The rows of a file; `keys` are a table's columns, None where each line names its own."""

    file: OpenFile
    keys: tuple[str, ...] | None

    def rows(self) -> Iterator[Row]:
        """All rows but blank ones; memory doesn't grow with their number, save for a workbook.

        Raises InputError where the file stops being what it is.
        """
        return _json_rows(self.file) if self.keys is None else _table_rows(self.file, self.keys)


def requests_in(file: OpenFile) -> Requests:
    """What kind of file it is, by content and name, and its keys.

    Raises InputError for a table whose header has columns that are none of a request's, or has them twice.
    """
    start = file.first(4096)
    name = str(file.path)
    if start.startswith(_OLD_EXCEL_MAGIC):
        raise _error(name, "is an Excel workbook of the old kind, or locked", "save it as .xlsx or .csv")
    if not start.startswith(_ZIP_MAGIC):
        if name.lower().endswith(_WORKBOOK_ENDINGS):
            raise _error(name, "is not an Excel workbook", "save it again, or as .csv")
        if looks_like_json(start) or name.lower().endswith(_JSON_ENDINGS):
            return Requests(file, None)
    table = _cells(file)
    try:
        header = next((row for row in table if not _passed_over(row)), None)
    finally:
        table.close()
    if header is None:
        raise _error(name, "has no header", "its first row names the columns: opmatch batch --template")
    return Requests(file, _keys(header, name))


def _keys(header: Iterable[str], name: str) -> tuple[str, ...]:
    columns = [column_name(cell) for cell in header]
    problems = []
    seen: set[str] = set()
    for column, cell in zip(columns, header, strict=True):
        if not column:
            continue
        if column in seen:
            problems.append(Problem(name, f"has the column {quoted(cell.strip())} twice", mend="keep one"))
        else:
            message, mend = wrong_key(column)
            if message:
                told = message.replace("the key", "the column", 1)  # the words of a file of one request
                problems.append(Problem(name, told, mend=mend))
        seen.add(column)
    if problems:
        raise InputError(tuple(problems))
    if not any(columns):
        raise _error(name, "names no columns", "see opmatch batch --template")
    return tuple(columns)


def _table_rows(file: OpenFile, keys: tuple[str, ...]) -> Iterator[Row]:
    table = _cells(file)
    number: int | None = None
    named = [bool(key) for key in keys]
    try:
        for cells in table:
            if number is None:
                if not _passed_over(cells):
                    number = 0  # the header
                continue
            number += 1
            if _passed_over(cells):
                continue
            if any(cell.strip() for cell in cells[len(keys) :]):
                yield Row(number, tuple(cells), _TOO_MANY)
                continue
            given = tuple(cell.strip() for cell in cells[: len(keys)])
            if any(cell and not is_named for cell, is_named in zip(given, named, strict=False)):
                yield Row(number, tuple(cells), "has a cell in a column without a name")
                continue
            yield Row(number, given)
    finally:
        table.close()


def _cells(file: OpenFile) -> Generator[list[str], None, None]:
    if not file.first(len(_ZIP_MAGIC)).startswith(_ZIP_MAGIC):
        yield from (list(row) for row in csv_rows(file.path, file))
        return
    from opmatch.formats.workbook import sheets

    if file.size > MAX_BYTES:
        raise too_large(file.path, MAX_BYTES)
    # The first sheet that holds anything: a workbook has its requests on one.
    for _name, table in sheets(file.everything(), str(file.path)):
        rows = list(table)
        if any(not _passed_over(row) for row in rows):
            yield from rows
            return


def _passed_over(cells: list[str]) -> bool:
    """Blank rows, and remarks: a single cell that starts with #."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return not first or (first.startswith("#") and not any(cell.strip() for cell in cells[1:]))


def _json_rows(file: OpenFile) -> Iterator[Row]:
    with file.text() as text:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            too_long = len(line) == LONGEST_LINE and not line.endswith("\n")
            while too_long and (rest := text.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass  # the rest of it is read and let go
            if too_long:
                yield Row(
                    number,
                    line[:LOOKED_AT],
                    f"is longer than {LONGEST_LINE:,} characters: that is no request",
                )
            elif line.strip():
                yield Row(number, line.strip())


def _error(name: str, message: str, mend: str = "") -> InputError:
    return InputError((Problem(name, message, mend=mend),))
