"""Excel workbooks as text cells, after a look at what they would unpack to."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from opmatch.errors import InputError, Problem, UsageError

MAX_UNPACKED_BYTES: Final = 256 * 1024 * 1024  # the largest directory published unpacks to 12 MB
_PART: Final = "[content_types].xml"  # every workbook has it
_MAX_AREA: Final = 8_000_000  # by a bound that gives the largest directory published 650,000
_MAX_TEXT: Final = 1024**3  # characters in all cells together, were each as long as the longest shared text

# A reference such as r="XFD1048576": the reader makes room for the whole rectangle up to it.
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_CELL: Final = re.compile(rb"<(?:\w+:)?c[\s>/]")
_ROW: Final = re.compile(rb"<(?:\w+:)?row[\s>/]")
_SHARED: Final = re.compile(rb"<(?:\w+:)?si[\s>/]")


def is_workbook(path: Path) -> bool:
    """Whether the zip at `path` is a workbook, or a broken one that is named as such."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower() == _PART for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return path.suffix.lower() != ".zip"


def sheets(data: bytes, file: str) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Name and rows of each worksheet, in the workbook's order.

    Raises InputError for what is no workbook, is broken, is locked or would unpack to an absurd size;
    UsageError when the optional reader isn't installed.
    """
    try:
        import python_calamine as calamine
    except ImportError:
        raise UsageError(
            "reading Excel workbooks needs an extra: pip install 'opmatch[xlsx]', or give the table as CSV"
        ) from None
    _refuse_bombs(data, file)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            yield name, (list(map(_text, row)) for row in sheet.to_python(skip_empty_area=False))
    except calamine.PasswordError:
        raise _error(file, "is locked with a password", "save it without one") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise _error(file, f"is not an Excel workbook that can be read: {_line(error)}", _MEND) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own bugs, raised outside Exception
            raise
        raise _error(file, "is not an Excel workbook that can be read", _MEND) from None


_MEND: Final = "save it again as .xlsx, or as .csv"


def _refuse_bombs(data: bytes, file: str) -> None:
    too_large = _error(file, "unpacks to an absurd size", "give the published file")
    left = MAX_UNPACKED_BYTES
    cells = longest = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                # Declared sizes may lie, so count what comes out; zipfile finds a lie by the checksum.
                with archive.open(member) as stream:
                    part = stream.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise too_large
                name = member.filename.lower()
                if "worksheets/" in name:
                    cells += len(_CELL.findall(part))
                    if _area(part) > _MAX_AREA:
                        raise too_large
                elif name.endswith("sharedstrings.xml"):
                    starts = [found.start() for found in _SHARED.finditer(part)]
                    ends = [*starts[1:], len(part)]
                    longest = max((end - start for start, end in zip(starts, ends, strict=True)), default=0)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _error(file, f"is not an Excel workbook that can be read: {_line(error)}", _MEND) from None
    if cells * longest > _MAX_TEXT:
        raise too_large


def _area(sheet: bytes) -> int:
    """The most cells that the rectangle of a sheet can have, by its references and by counting."""
    # Far more digits or letters than a reference has would only take long to read.
    references = {(letters[:6].upper(), digits[:12]) for letters, digits in _REFERENCE.findall(sheet)}
    column = max((_column(letters) for letters in {letters for letters, _ in references}), default=0)
    row = max((int(digits) for digits in {digits for _, digits in references}), default=0)
    # Cells and rows without a reference come after the last one.
    rows = _ROW.split(sheet)
    return (column + max(len(_CELL.findall(cells)) for cells in rows)) * (row + len(rows))


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column


def _text(cell: Any) -> str:
    # A number has lost what it looked like: 36310.0 was 36310.
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _error(file: str, message: str, mend: str = "") -> InputError:
    return InputError((Problem(file, message, mend=mend),))
