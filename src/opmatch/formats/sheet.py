"""Rows of a published table, from an Excel workbook or from CSV, as text by column name."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from opmatch.errors import InputError, Problem

MAX_BYTES: Final = 256 * 1024 * 1024  # forty times the largest directory published
_HEADER_WITHIN: Final = 20  # rows: titles and remarks may stand above the header
_ZIP_MAGIC: Final = b"PK\x03\x04"
_OLD_EXCEL_MAGIC: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = ",;\t"

Row = Sequence[str]


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The data rows below the header that has all of `columns`, blank rows included, in order.

    Keys are the header's names in lower case, whatever their order; values are stripped. In a workbook the
    sheet is the first that has the columns. Raises InputError when the file can't be read, holds no such
    table or has a row that doesn't fit its header; UsageError when reading workbooks isn't installed.
    """
    data = _read(path)
    if data.startswith(_ZIP_MAGIC):
        from opmatch.formats.workbook import sheets

        tables: Iterable[tuple[str, Iterable[Row]]] = sheets(data, str(path))
    elif data.startswith(_OLD_EXCEL_MAGIC):
        raise _error(path, "is an Excel workbook of the old kind, or locked", "save it as .xlsx or .csv")
    elif path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise _error(path, "is not an Excel workbook", "download it again, or give a .csv")
    else:
        tables = (("", _csv_rows(path, data)),)
    wanted = tuple(column.lower() for column in columns)
    best: tuple[str, ...] = wanted
    for _name, table in tables:
        cells = iter(table)
        for number, row in enumerate(itertools.islice(cells, _HEADER_WITHIN), start=1):
            header = [cell.strip().lower() for cell in row]
            missing = tuple(column for column in wanted if column not in header)
            if not missing:
                return _below(path, header, wanted, cells, number)
            best = min(best, missing, key=len)
    raise _error(
        path, f"has no column {', '.join(f'`{column}`' for column in best)}", "give the published file"
    )


def _below(
    path: Path, header: list[str], wanted: tuple[str, ...], cells: Iterator[Row], number: int
) -> Iterator[dict[str, str]]:
    twice = [column for column in wanted if header.count(column) > 1]
    if twice:
        raise _error(path, f"has the column `{twice[0]}` twice", "keep one")
    width = len(header)
    for row in cells:
        number += 1
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise _error(
                path, f"has more cells than columns in row {number}", "put cells with commas in quotes"
            )
        # Without a name a column can't be asked for; of two equal names the first counts.
        out: dict[str, str] = {}
        for column, cell in itertools.zip_longest(header, row[:width], fillvalue=""):
            out.setdefault(column, cell.strip())
        yield out


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _error(path, "is not there", "check the name") from None
    except OSError as error:
        raise _error(path, f"can't be read: {(error.strerror or type(error).__name__).lower()}") from None
    except ValueError:  # a NUL in the name
        raise _error(path, "is no file name") from None
    if len(data) > MAX_BYTES:
        raise _error(path, f"is larger than {MAX_BYTES // 1024**2} MB: that is no directory")
    if not data.strip():
        raise _error(path, "is empty")
    return data


def _csv_rows(path: Path, data: bytes) -> Iterator[Row]:
    text = _decoded(path, data)
    first = text.lstrip().split("\n", 1)[0]
    # Excel writes semicolons where the comma is the decimal sign.
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = Problem(
                str(path), f"is not valid CSV: {error}", line=reader.line_num, mend="check the quotes"
            )
            raise InputError((problem,)) from None
        yield row


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")  # Excel on Windows writes the latter
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _error(path, "is not text", "save it as CSV in UTF-8")


def _error(path: Path, message: str, mend: str = "") -> InputError:
    return InputError((Problem(str(path), message, mend=mend),))
