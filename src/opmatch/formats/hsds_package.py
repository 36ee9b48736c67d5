"""Data packages of the Human Services Data Specification: tables (CSV, workbooks), their folder, or a zip."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from opmatch.errors import InputError, Problem
from opmatch.formats.hsds_tables import NAMES, Tables, table_name
from opmatch.formats.open_file import OpenFile, open_file
from opmatch.formats.sheet import MAX_BYTES, ZIP_MAGIC, Row, csv_rows
from opmatch.formats.workbook import is_workbook, sheets
from opmatch.model.cell_text import unguarded

MAX_UNPACKED_BYTES: Final = 1024**3  # all tables together
_MOST_MEMBERS: Final = 10_000
_MEND: Final = "give the published package, or its folder"

Ragged = list[tuple[str, str]]
"""File and row of rows with more cells than their header has columns."""


def read_package(paths: Sequence[Path], ragged: Ragged) -> Tables:
    """The tables of folders, zips, CSV files and workbooks together; nothing is unpacked to disk.

    Raises InputError for what can't be read, unpacks to an absurd size or holds no table that is known.
    """
    tables: Tables = {}
    for path in paths:
        for named, file in _files(path):
            for name, rows in _tables_in(named, file):
                tables.setdefault(name, []).extend(_rows(str(file.path), rows, ragged))
    if "service" not in tables:
        message = "holds no table `services.csv`"
        raise InputError(tuple(Problem(str(path), message, mend=_MEND) for path in paths))
    return tables


def _files(path: Path) -> Iterator[tuple[str, OpenFile]]:
    if path.is_dir():
        for file in sorted(path.iterdir()):
            # Exporters write a file of no bytes for a table of no rows.
            if (name := table_name(file.name)) and file.is_file() and file.stat().st_size:
                yield name, open_file(file, MAX_UNPACKED_BYTES)
    elif zipfile.is_zipfile(path) and is_workbook(path):
        yield table_name(path.name), open_file(path, MAX_BYTES)
    elif zipfile.is_zipfile(path):
        yield from _members(path)
    elif name := table_name(path.name):
        yield name, open_file(path, MAX_UNPACKED_BYTES)
    else:
        open_file(path, MAX_UNPACKED_BYTES)  # says so where it isn't there
        raise _error(path, "is no data package and no table of one")


def _members(path: Path) -> Iterator[tuple[str, OpenFile]]:
    left = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise _error(path, f"holds more than {_MOST_MEMBERS:,} files")
            for member in sorted(members, key=lambda one: one.filename):
                name = table_name(member.filename)
                if not name or member.is_dir() or _hidden(member.filename):
                    continue
                # Declared sizes may lie, so count what comes out.
                with archive.open(member) as stream:
                    data = stream.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise _error(path, "unpacks to an absurd size")
                if data.strip():
                    yield name, OpenFile(Path(f"{path}:{member.filename}"), len(data), data)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        words = " ".join(str(error).split())[:120] or type(error).__name__
        raise _error(path, f"is not a zip that can be read: {words}") from None


def _hidden(name: str) -> bool:
    parts = (part for part in name.replace("\\", "/").split("/") if part not in (".", ".."))
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def holds_services(path: Path) -> bool:
    """Whether the file at `path` is a workbook with a sheet of services."""
    if not (zipfile.is_zipfile(path) and is_workbook(path)):
        return False
    return any(name == "service" for name, _rows in _tables_in("", open_file(path, MAX_BYTES)))


def _tables_in(named: str, file: OpenFile) -> Iterator[tuple[str, Iterator[Row]]]:
    """The tables of a file: one of that name, or in a workbook each sheet that is named for a table."""
    if not file.start().startswith(ZIP_MAGIC):
        yield named, csv_rows(file.path, file)
        return
    for sheet, rows in sheets(file.everything(), str(file.path)):
        if name := NAMES.get(sheet.strip().lower(), named):
            yield name, rows


def _rows(file: str, rows: Iterator[Row], ragged: Ragged) -> Iterator[dict[str, Any]]:
    header = [cell.strip().lower() for cell in next(rows, ())]
    for number, row in enumerate(rows, start=1):
        if any(cell.strip() for cell in row[len(header) :]):
            ragged.append((file, str(number)))
            continue
        cells = (unguarded(cell.strip()) for cell in row)
        yield {key: value for key, value in zip(header, cells, strict=False) if value and value != "null"}


def _error(path: Path, message: str) -> InputError:
    return InputError((Problem(str(path), message, mend=_MEND),))
