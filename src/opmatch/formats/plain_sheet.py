"""opmatch's own sheet, CSV or workbook, as a catalog; a CSV is never in memory as a whole."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from opmatch.errors import InputError, Problem
from opmatch.formats.doubts import Doubts, Report, Tally
from opmatch.formats.file_dates import day_of
from opmatch.formats.imported import Progress, Streamed, Summary, Written
from opmatch.formats.plain_cells import an_id
from opmatch.formats.plain_columns import REQUIRED, column_name, columns
from opmatch.formats.plain_row import SOURCE, Cells, essentials, is_fictional, program, why_skipped
from opmatch.formats.plain_text import clean, five_digits
from opmatch.formats.record_ids import slug
from opmatch.formats.sheet import header_of, records
from opmatch.formats.stream_ids import StreamIds
from opmatch.model.cell_text import unguarded

RAGGED: Final = "more cells than columns"
AMONG_REAL: Final = "fictional, among programs that are not"

Numbered = tuple[Path, int, Cells | None]


def import_plain(
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    as_of: dt.date | None = None,
    report: Report | None = None,
) -> Streamed:
    """The rows of `paths` as programs, in their order, read twice: once for the ids, once to be written.

    `as_of` is the day of the sheet; left out, the files' names tell it. Raises InputError for files that
    can't be read, lack a required column or hold no program; UsageError where reading workbooks isn't
    installed.
    """
    ids = StreamIds()
    remarks: list[str] = []
    for path in paths:
        remarks.extend(_strange(path))
    made_up = 0
    for _path, _row, cells in _rows(paths, _part(progress, 0)):
        if cells is not None and not why_skipped(cells):
            ids.see(_wanted(cells)[0])
            made_up += is_fictional(cells)
    if not len(ids):
        message = "has the columns but no row with name, field and level"
        raise InputError(tuple(Problem(str(path), message, mend="fill in a row") for path in paths))
    ids.sort()
    tally = Tally(report)
    counts = {str(path): 0 for path in paths}
    day = as_of or day_of(paths)
    sample = made_up == len(ids)
    header: Written = {"name": _name(paths), "sample": sample, **({"as_of": day} if day else {})}

    def summary() -> Summary:
        files = tuple((file, SOURCE, count) for file, count in counts.items())
        return tally.summary(files, tuple(remarks))

    return Streamed(
        header=header,
        programs=_programs(_rows(paths, _part(progress, 1)), ids, tally, counts, sample=sample),
        summary=summary,
    )


def _programs(
    rows: Iterator[Numbered], ids: StreamIds, tally: Tally, counts: dict[str, int], *, sample: bool
) -> Iterator[Written]:
    for path, row, cells in rows:
        counts[str(path)] += 1
        name = "" if cells is None else clean(cells.get("name", ""))
        if cells is None or (reason := why_skipped(cells)):
            tally.skip(str(path), str(row), name, RAGGED if cells is None else reason)
            continue
        if is_fictional(cells) and not sample:
            tally.skip(str(path), str(row), name, AMONG_REAL)
            continue
        doubts = Doubts()
        wanted, by_hand = _wanted(cells)
        if (stated := cells.get("id", "")) and not by_hand:
            doubts.add("id", stated, "not lower-case letters, digits and hyphens")
        given = ids.take(wanted, "\0".join(f"{key}\0{cells[key]}" for key in sorted(cells)), by_hand=by_hand)
        if by_hand and given != wanted:
            doubts.add("id", wanted, f"another row has it; this one is {given}")
        made: Written = {"id": given, **program(cells, row, doubts)}
        tally.take(str(path), str(row), name, [made], doubts)
        yield made


def _rows(paths: Sequence[Path], progress: Progress | None) -> Iterator[Numbered]:
    for number, path in enumerate(paths):
        header, found = records(path, REQUIRED, _of_several(progress, number, len(paths)))
        names = {column: column_name(column) for column in header}
        for row, cells in found:
            yield (
                path,
                row,
                None
                if cells is None
                else {names[key]: unguarded(cell) for key, cell in cells.items() if key},
            )


def _wanted(cells: Cells) -> tuple[str, bool]:
    """The id a row wants, and whether a person wrote it."""
    stated = cells.get("id", "")
    if stated and an_id(stated, lambda _part, _why: None):
        return stated, True
    name, _fields, level = essentials(cells)
    return "-".join(filter(None, (slug(name) or "program", five_digits(cells.get("zip", "")), level))), False


def _strange(path: Path) -> list[str]:
    """A remark for each column that isn't one of the sheet's."""
    known = [column.column for column in columns()]
    header = header_of(path, REQUIRED)
    out = []
    for name in dict.fromkeys(column_name(column) for column in header if column):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
            hint = f"; did you mean {near[0]}?" if near else ""
            out.append(f"{path} has a column `{clean(name, 60)}` that isn't read, kept as notes{hint}")
    return out


def _name(paths: Sequence[Path]) -> str:
    return ", ".join(clean(path.stem, 60) for path in paths[:3]) or "Sheet"


def _part(progress: Progress | None, part: int) -> Progress | None:
    """The progress of one of two readings as that of both."""
    if progress is None:
        return None
    report = progress
    return lambda done, total: report(part * total + done, 2 * total)


def _of_several(progress: Progress | None, number: int, count: int) -> Progress | None:
    if progress is None:
        return None
    report = progress
    return lambda done, total: report(number * total + done, count * total)
