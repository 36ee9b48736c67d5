"""`opmatch catalog import`: published directories and sheets as a catalog."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.counting import programs
from opmatch.cli.import_report import report_to
from opmatch.cli.lazy import command
from opmatch.cli.nearest import did_you_mean
from opmatch.cli.progress import progress
from opmatch.cli.stdio import write_note
from opmatch.errors import UsageError

if TYPE_CHECKING:
    from opmatch.formats.detect import Kind
    from opmatch.formats.imported import Summary

_NAMED = 12  # fields told of in the summary


def import_(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="[KIND] FILE...",
            help="The files, all of one kind. KIND (samhsa, ownpath, findtreatment, hsds, csv, jsonl) is told"
            " by what is in them where it is left out.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="CATALOG", help="The catalog to write: -o catalog.yaml.")
    ],
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="A CSV of every record and value that was left out, and why: --report left-out.csv.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day the data is from; else the file's name tells it, if it does.",
        ),
    ] = None,
) -> int:
    """Turn published directories, or a sheet of your own, into a catalog.

    samhsa: the National Directories of mental health and substance use facilities, XLSX or CSV. ownpath:
    Colorado's licensed providers, CSV. findtreatment: answers of the FindTreatment.gov locator, JSON. hsds:
    the Human Services Data Specification, JSON, CSV tables, their folder or zip. csv: the sheet that
    `opmatch catalog template` writes, CSV or XLSX. jsonl: what `opmatch catalog export jsonl` wrote.

    Only outpatient mental-health and substance-use programs are taken. What can't be understood is kept as a
    note on the program and counted; what the source doesn't say stays unknown.
    """
    from opmatch.catalog.write import write
    from opmatch.formats.imported import Streamed
    from opmatch.formats.importers import import_files

    kind, files = _split(given)
    day = _day(as_of)
    if report is not None and report.resolve() == out.resolve():
        raise UsageError("--report and --out name the same file")
    if out.resolve() in {file.resolve() for file in files}:
        raise UsageError(f"--out names the file to import, {out}")
    with report_to(report) as tell:
        with progress("Reading records") as update:
            imported = import_files(files, kind, update, as_of=day, report=tell)
            if isinstance(imported, Streamed):
                write(out, imported.header, imported.programs)
        if isinstance(imported, Streamed):
            summary = imported.summary()
        else:
            with progress("Writing programs") as update:
                write(out, imported.header, imported.programs, update)
            summary = imported.summary
    write_note(_closing(summary, out, report))
    return 0


def _split(given: list[str]) -> tuple[Kind | None, list[Path]]:
    """The kind, if one is named first, and the files. A file of a kind's name alone is a file."""
    from opmatch.formats.detect import KINDS

    for kind in KINDS:
        if given[0] == kind and (len(given) > 1 or not Path(kind).exists()):
            if len(given) == 1:
                raise UsageError(f"name the files to import after {kind}")
            return kind, [Path(name) for name in given[1:]]
    first = given[0]
    if len(given) > 1 and not Path(first).exists() and (hint := did_you_mean(first, KINDS)):
        raise UsageError(f"there is no file {first}, and no kind of that name{hint}")
    return None, [Path(name) for name in given]


def _day(text: str | None) -> dt.date | None:
    from opmatch.formats.file_dates import read_day

    if text is None:
        return None
    day = read_day(text)
    if day is None:
        raise UsageError(f"--as-of {text!r} is no date; write it as 2026-11-23")
    return day


def _closing(summary: Summary, out: Path, report: Path | None) -> str:
    """What was read and what became of it, on a few lines."""
    levels = ", ".join(f"{count:,} {level}" for level, count in summary.imported.items())
    lines = [f"read {records:,} records of {file} ({source})" for file, source, records in summary.files]
    records = f"{summary.records_imported:,} of {summary.read:,} records"
    lines.append(f"imported {records} as {programs(summary.programs)}: {levels}")
    lines += [f"skipped {count:,}: {why}" for why, count in summary.skipped.items()]
    if summary.unknown_codes:
        codes = ", ".join(f"{code} ({count:,})" for code, count in summary.unknown_codes.items())
        lines.append(f"unknown codes, left out: {codes}")
    if summary.unclear:
        fields = [f"{field} ({count:,})" for field, count in summary.unclear.items()]
        more = f" and {len(fields) - _NAMED} more" if len(fields) > _NAMED else ""
        lines.append(f"not understood, kept as notes: {', '.join(fields[:_NAMED])}{more}")
        if report is None:
            lines.append("see each of them with --report FILE")
    lines += summary.remarks
    if report is not None:
        lines.append(f"wrote {report}, what was left out and why")
    lines.append(f"wrote {out}; search it with -c, or always: opmatch catalog use {out}")
    return "\n".join(lines)


COMMAND = command(
    import_,
    name="import",
    example="opmatch catalog import samhsa directory.xlsx -o catalog.yaml\n"
    "  opmatch catalog import programs.csv -o catalog.yaml --report left-out.csv",
)
