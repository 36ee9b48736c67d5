"""`opmatch catalog check`: read catalogs and report every problem and every doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions, choose, load
from opmatch.cli.counting import programs
from opmatch.cli.lazy import command
from opmatch.cli.output_options import parse_form
from opmatch.cli.stdio import write_data, write_text
from opmatch.errors import EXIT_MATCHED, EXIT_NOTHING
from opmatch.render.plain import plain


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Catalog files or folders; those in use unless given."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="The day ages are counted to; today: --as-of 2026-11-23."
        ),
    ] = None,
    format: Annotated[  # noqa: A002 (the option's own name)
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="text or json: --format json."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 when anything is doubtful.")] = False,
) -> int:
    """Read catalogs and report every problem, and what is doubtful though well formed.

    Exit codes: 0 they can be used, 1 something is doubtful and --strict was given, 4 they can't be used.
    """
    from opmatch import api
    from opmatch.catalog.check import check as findings_of
    from opmatch.catalog.locate import located

    form = parse_form(format, ("text", "json"))
    catalog = load(paths or choose().paths)
    day = CatalogOptions(as_of=as_of).day(catalog)
    findings = located(findings_of(catalog, api.load_vocabulary(), api.load_places(), day))
    if form == "json":
        from opmatch.render import json

        answer = {"schema": json.SCHEMA, "catalogs": catalog.infos, "findings": findings}
        write_data(json.render(answer))
    else:
        lines = [plain(str(finding)) for finding in findings]
        doubts = f"{len(findings):,} doubtful" if findings else "nothing doubtful"
        lines.append(f"{programs(len(catalog.programs))} can be used; {doubts}")
        write_text("\n".join(lines) + "\n")
    return EXIT_NOTHING if findings and strict else EXIT_MATCHED


COMMAND = command(check, name="check", example="opmatch catalog check programs.yaml")
