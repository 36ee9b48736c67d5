"""`opmatch catalog export`: a catalog in the formats that partners read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.catalog_options import choose, load
from opmatch.cli.counting import programs
from opmatch.cli.lazy import command
from opmatch.cli.nearest import did_you_mean
from opmatch.cli.progress import progress
from opmatch.cli.stdio import write_note
from opmatch.errors import EXIT_MATCHED, UsageError

if TYPE_CHECKING:
    from opmatch.formats.exported import Content
    from opmatch.formats.exporters import ExportKind


def export(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="hsds, hsds-csv, fhir, csv, jsonl or sqlite.")],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write: -o services.json.")
    ],
    catalog: Annotated[
        list[str] | None,
        typer.Option(
            "--catalog",
            "-c",
            metavar="PATH…",
            help="Catalog files or folders, as for find: --catalog mh.yaml.",
        ),
    ] = None,
) -> int:
    """Write a catalog, with your corrections in it, in a format that others read.

    hsds: the Human Services Data Specification 3.1, JSON. hsds-csv: the same as a zip of its tables. fhir: a
    FHIR R4 Bundle of Organization, Location and HealthcareService. csv: the sheet that `catalog import csv`
    reads. jsonl: everything, a program a line. sqlite: a database, for Datasette and the like.

    What isn't known stays unsaid. A confidential site goes out as the catalog holds it: its state and a
    coarse cell of the map. A fictional catalog says so, without phone numbers.
    """
    from opmatch.formats import exported
    from opmatch.formats.exporters import export as write

    asked = _kind(kind)
    paths = choose(catalog or ()).paths
    if out.resolve() in {path.resolve() for path in paths}:
        raise UsageError(f"--out names the catalog to export, {out}")
    loaded = load(paths)
    with progress("Writing programs") as update:
        content = exported.content(loaded, update)
        write(content, asked, out)
    write_note(_closing(content, asked, out))
    return EXIT_MATCHED


def _kind(text: str) -> ExportKind:
    from opmatch.formats.exporters import EXPORT_KINDS

    for kind in EXPORT_KINDS:
        if text == kind:
            return kind
    raise UsageError(f"no export is called {text!r}{did_you_mean(text, EXPORT_KINDS)}; there are {_listed()}")


def _listed() -> str:
    from opmatch.formats.exporters import EXPORT_KINDS

    return ", ".join(EXPORT_KINDS)


def _closing(content: Content, kind: ExportKind, out: Path) -> str:
    lines = [f"wrote {out}: {programs(len(content.programs))} of {content.name} as {kind}"]
    hidden = sum(program.site is not None and program.site.confidential for program in content.programs)
    if hidden:
        lines.append(f"{hidden:,} confidential: state and a coarse cell of the map only")
    if content.sample:
        lines.append("fictional: the programs are marked as such, their phone numbers left out")
    if kind == "csv" and content.as_of is not None:
        lines.append(f"the sheet can't say its day: import it with --as-of {content.as_of}")
    return "\n".join(lines)


COMMAND = command(
    export,
    name="export",
    example="opmatch catalog export hsds -o services.json\n"
    "  opmatch catalog export sqlite -o programs.db --catalog mh.yaml",
)
