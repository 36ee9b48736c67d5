"""`opmatch catalog import samhsa`: the National Directories as a catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.counting import programs
from opmatch.cli.lazy import command
from opmatch.cli.progress import progress
from opmatch.cli.stdio import write_note

if TYPE_CHECKING:
    from opmatch.formats.imported import Summary


def samhsa(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="The published XLSX, or CSV with its columns.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="CATALOG", help="The catalog to write: -o catalog.yaml.")
    ],
) -> int:
    """Turn SAMHSA's National Directory of mental health or substance use facilities into a catalog.

    Several files make one catalog. A facility becomes a program for each outpatient level it lists; what
    the directory doesn't say stays unknown.
    """
    from opmatch.catalog.write import write
    from opmatch.formats.samhsa import import_samhsa

    with progress("Reading facilities") as report:
        imported = import_samhsa(files, report)
    with progress("Writing programs") as report:
        write(out, imported.header, imported.programs, report)
    write_note(_closing(imported.summary, out))
    return 0


def _closing(summary: Summary, out: Path) -> str:
    """What was read and what became of it, on a few lines."""
    levels = ", ".join(f"{count:,} {level}" for level, count in summary.imported.items())
    lines = [f"read {records:,} records of {file} ({source})" for file, source, records in summary.files]
    records = f"{summary.records_imported:,} of {summary.read:,} records"
    lines.append(f"imported {records} as {programs(summary.programs)}: {levels}")
    lines += [f"skipped {count:,}: {reason}" for reason, count in summary.skipped.items()]
    if summary.unknown_codes:
        codes = ", ".join(f"{code} ({count:,})" for code, count in summary.unknown_codes.items())
        lines.append(f"unknown codes, left out: {codes}")
    lines.append(f"wrote {out}; search it with -c, or always: opmatch catalog use {out}")
    return "\n".join(lines)


COMMAND = command(
    samhsa, name="samhsa", example="opmatch catalog import samhsa directory.xlsx -o catalog.yaml"
)
