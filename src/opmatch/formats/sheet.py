"""Rows of a published table, from an Excel workbook or from CSV, as text by column name."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from opmatch.errors import InputError, Problem
from opmatch.formats.imported import Progress
from opmatch.formats.open_file import OpenFile, open_file, too_large

MAX_BYTES: Final = 256 * 1024 * 1024  # forty times the largest directory published
MAX_STREAMED_BYTES: Final = 64 * 1024**3  # a hundred times a sheet of a million programs
_PROGRESS_EVERY: Final = 256  # rows
_LONGEST_LINE: Final = 8 * 1024 * 1024  # characters
_REMARK: Final = ("#", '"#')
_HEADER_WITHIN: Final = 20  # rows: titles and remarks may stand above the header
ZIP_MAGIC: Final = b"PK\x03\x04"
_OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = ",;\t"

Row = Sequence[str]


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The data rows below the header that has all of `columns`, blank rows included, in order.

    Keys are the header's names in lower case, whatever their order; values are stripped. In a workbook the
    sheet is the first that has the columns. Raises InputError when the file can't be read, holds no such
    table or has a row that doesn't fit its header; UsageError when reading workbooks isn't installed.
    """
    wanted = tuple(column.lower() for column in columns)
    header, number, cells = _table(path, open_file(path, MAX_BYTES), wanted)
    if problem := _twice(path, header, wanted):
        _close(cells)
        raise problem
    return _below(path, header, cells, number)


def records(
    path: Path, columns: tuple[str, ...], progress: Progress | None = None
) -> tuple[tuple[str, ...], Iterator[tuple[int, dict[str, str] | None]]]:
    """The header, and the rows below it that aren't blank with their 1-based numbers, as `rows` gives them.

    A row with more cells than the header has columns is None: nobody knows which cell is which. CSV is
    streamed, so memory doesn't grow with it; `progress` is called with bytes read and bytes in all. Lines
    with a single cell that starts with # are remarks. Raises as `rows` does.
    """
    wanted = tuple(column.lower() for column in columns)
    file = open_file(path, MAX_STREAMED_BYTES)
    header, _number, cells = _table(path, file, wanted)
    if problem := _twice(path, header, tuple(column for column in header if column)):
        _close(cells)
        raise problem
    return tuple(header), _numbered(header, cells, file, progress)


def header_of(path: Path, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The header that `records` finds, alone. Raises as it does."""
    wanted = tuple(column.lower() for column in columns)
    header, _number, cells = _table(path, open_file(path, MAX_STREAMED_BYTES), wanted)
    _close(cells)
    return tuple(header)


def columns_of(path: Path) -> list[frozenset[str]]:
    """The lower-case cells of each of the first rows, to tell what kind of table a file is."""
    found: list[frozenset[str]] = []
    for _name, table in _tables(path, open_file(path, MAX_STREAMED_BYTES)):
        unremarked = (row for row in table if not _is_remark(row))
        found.extend(
            frozenset(cell.strip().lower() for cell in row)
            for row in itertools.islice(unremarked, _HEADER_WITHIN)
        )
        _close(table)
    return found


def _table(path: Path, file: OpenFile, wanted: tuple[str, ...]) -> tuple[list[str], int, Iterator[Row]]:
    """The first header with all of `wanted`, its row number, and the cells below it."""
    best: tuple[str, ...] = wanted
    for _name, table in _tables(path, file):
        cells = iter(table)
        number = looked_at = 0
        for row in cells:
            number += 1
            if _is_remark(row):
                continue
            header = [cell.strip().lower() for cell in row]
            missing = tuple(column for column in wanted if column not in header)
            if not missing:
                return header, number, cells
            best = min(best, missing, key=len)
            looked_at += 1
            if looked_at == _HEADER_WITHIN:
                break
        _close(cells)
    raise _error(
        path, f"has no column {', '.join(f'`{column}`' for column in best)}", "give the published file"
    )


def _tables(path: Path, file: OpenFile) -> Iterator[tuple[str, Iterable[Row]]]:
    start = file.start()
    if start.startswith(ZIP_MAGIC):
        from opmatch.formats.workbook import sheets

        if file.size > MAX_BYTES:
            raise too_large(path, MAX_BYTES)
        yield from sheets(file.everything(), str(path))
    elif start.startswith(_OLD_EXCEL_MAGIC):
        raise _error(path, "is an Excel workbook of the old kind, or locked", "save it as .xlsx or .csv")
    elif path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise _error(path, "is not an Excel workbook", "download it again, or give a .csv")
    else:
        yield "", csv_rows(path, file)


def _is_remark(row: Row) -> bool:
    # "#1 Recovery Center" with an address beside it is a record.
    return bool(row) and row[0].lstrip().startswith("#") and not any(cell.strip() for cell in row[1:])


def _close(cells: Iterable[Row]) -> None:
    """Closes the file that rows come from, where they come from one."""
    if isinstance(cells, Generator):
        cells.close()


def _twice(path: Path, header: list[str], wanted: tuple[str, ...]) -> InputError | None:
    twice = [column for column in wanted if header.count(column) > 1]
    return _error(path, f"has the column `{twice[0]}` twice", "keep one") if twice else None


def _numbered(
    header: list[str], cells: Iterator[Row], file: OpenFile, progress: Progress | None
) -> Iterator[tuple[int, dict[str, str] | None]]:
    width = len(header)
    try:
        for number, row in enumerate(cells, start=1):
            if progress is not None and number % _PROGRESS_EVERY == 0:
                progress(file.done(), file.size)
            if _is_remark(row) or not any(cell.strip() for cell in row):
                continue
            if any(cell.strip() for cell in row[width:]):
                yield number, None
            else:
                yield number, _by_column(header, row[:width])
    finally:
        _close(cells)
    if progress is not None:
        progress(file.size, file.size)


def _by_column(header: list[str], row: Row) -> dict[str, str]:
    # Without a name a column can't be asked for; of two equal names the first counts.
    out: dict[str, str] = {}
    for column, cell in itertools.zip_longest(header, row, fillvalue=""):
        out.setdefault(column, cell.strip())
    return out


def _below(path: Path, header: list[str], cells: Iterator[Row], number: int) -> Iterator[dict[str, str]]:
    width = len(header)
    try:
        for row in cells:
            number += 1
            if any(cell.strip() for cell in row[width:]):
                raise _error(
                    path, f"has more cells than columns in row {number}", "put cells with commas in quotes"
                )
            yield _by_column(header, row[:width])
    finally:
        _close(cells)


def csv_rows(path: Path, file: OpenFile) -> Iterator[Row]:
    """The rows of a CSV file of any usual encoding and separator. Raises InputError for what is none."""
    reader = None
    with file.text() as text:
        try:
            first = next((at for at in _lines(text) if at.strip() and not at.startswith(_REMARK)), "")
            text.seek(0)
            # Excel writes semicolons where the comma is the decimal sign.
            reader = csv.reader(_lines(text), delimiter=max(_DELIMITERS, key=first.count), strict=True)
            yield from reader
        except csv.Error as error:
            line = reader.line_num if reader else None
            problem = Problem(str(path), f"is not valid CSV: {error}", line=line, mend="check the quotes")
            raise InputError((problem,)) from None


def _lines(text: TextIO) -> Iterator[str]:
    # The csv module would read a line of any length into memory.
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line has more than {_LONGEST_LINE:,} characters")
        yield line


def _error(path: Path, message: str, mend: str = "") -> InputError:
    return InputError((Problem(str(path), message, mend=mend),))
