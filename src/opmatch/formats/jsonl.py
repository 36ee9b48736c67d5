"""A catalog as JSON Lines: the catalog itself on the first line, then each program in the catalog format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from opmatch.catalog.written import FORMAT_VERSION, CatalogEntry
from opmatch.errors import InputError, Problem
from opmatch.formats.checked import why_not
from opmatch.formats.doubts import Doubts, Report, Tally
from opmatch.formats.exported import Content
from opmatch.formats.imported import Progress, Streamed, Summary, Written
from opmatch.formats.open_file import OpenFile, open_file
from opmatch.formats.plain_text import clean

SOURCE: Final = "jsonl"
NOT_A_PROGRAM: Final = "not a program in the catalog format"
TWICE: Final = "the id of a program before it"
_MAX_BYTES: Final = 64 * 1024**3
_LONGEST_LINE: Final = 8 * 1024 * 1024  # characters
_PROGRESS_EVERY: Final = 256  # lines
_MEND: Final = "give a file that `opmatch catalog export jsonl` wrote"


class _First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line."""

    opmatch: int
    catalog: CatalogEntry


def write_jsonl(content: Content, path: Path) -> None:
    """The catalog a line, then a program a line."""
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        file.write(encode({"opmatch": FORMAT_VERSION, "catalog": content.header}) + b"\n")
        for program in content.written():
            file.write(encode(program) + b"\n")


def is_jsonl(first_line: bytes) -> bool:
    """Whether a file that starts with this line is a catalog as JSON Lines."""
    try:
        return bool(msgspec.json.decode(first_line, type=_First))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def import_jsonl(
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    as_of: dt.date | None = None,
    report: Report | None = None,
) -> Streamed:
    """The programs of one file, in their order; memory doesn't grow with them, but for their ids.

    A line that isn't a program is left out and told. Raises InputError for a file that can't be read or has
    no first line of a catalog, and for several files: each is a catalog of its own.
    """
    if len(paths) != 1:
        problem = Problem(str(paths[1]), "is a second catalog", mend="import each by itself")
        raise InputError((problem,))
    path = paths[0]
    file = open_file(path, _MAX_BYTES)
    header = _header(path, file)
    if as_of is not None:
        header["as_of"] = as_of
    tally = Tally(report)

    def summary() -> Summary:
        return tally.summary(((str(path), SOURCE, tally.read),))

    return Streamed(header=header, programs=_programs(path, file, tally, progress), summary=summary)


def _header(path: Path, file: OpenFile) -> Written:
    with file.text() as lines:
        line = lines.readline(_LONGEST_LINE)
    try:
        first = msgspec.json.decode(line, type=_First)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        message = f"has no first line of a catalog: {clean(str(error))}"
        raise InputError((Problem(str(path), message, line=1, mend=_MEND),)) from None
    if first.opmatch != FORMAT_VERSION:
        message = f"is of version {first.opmatch} of the catalog format"
        raise InputError((Problem(str(path), message, line=1, mend="use a newer opmatch"),))
    return {key: value for key, value in _plain(first.catalog).items() if value is not None}


def _programs(path: Path, file: OpenFile, tally: Tally, progress: Progress | None) -> Iterator[Written]:
    ids: set[str] = set()
    with file.text() as lines:
        lines.readline(_LONGEST_LINE)
        row = 0
        while line := lines.readline(_LONGEST_LINE):
            row += 1
            if progress is not None and row % _PROGRESS_EVERY == 0:
                progress(file.done(), file.size)
            if not line.strip():
                continue
            try:
                plain = msgspec.json.decode(line)
                problem = why_not(plain)
            except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
                problem = str(error)
            if problem:
                tally.skip(str(path), str(row), "", NOT_A_PROGRAM, f"{clean(problem, 120)}: {line[:200]}")
                continue
            id_ = plain["id"]
            if id_ in ids:
                tally.skip(str(path), str(row), clean(plain["name"]), TWICE, id_)
                continue
            ids.add(id_)
            tally.take(str(path), str(row), clean(plain["name"]), [plain], Doubts())
            yield plain
    if progress is not None:
        progress(file.size, file.size)


def _plain(entry: CatalogEntry) -> Any:
    return msgspec.to_builtins(entry, builtin_types=(dt.date,))
