"""`opmatch catalog stale`: what to verify first."""

from __future__ import annotations

from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.progress import progress
from opmatch.cli.region_options import RegionOptions
from opmatch.cli.report_options import ReportOptions
from opmatch.errors import EXIT_MATCHED


@spread
def stale(
    catalog: CatalogOptions,
    region: RegionOptions,
    output: ReportOptions,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-k", metavar="N", min=0, help="Programs, or numbers to call; 0 is all: --limit 50."
        ),
    ] = 20,
    listed: Annotated[
        bool, typer.Option("--listed", help="Only what is listed and old, not what was never listed.")
    ] = False,
) -> int:
    """What to verify first: what the answers can move in a ranking, times how old the facts are.

    --format is table, csv (a row a fact), json, or sheet: Markdown to call from, each number once.
    """
    from opmatch import api
    from opmatch.keeping.stale import worklist
    from opmatch.model.request import Request
    from opmatch.render import stale as rendered

    form = output.form("table", "csv", "json", "sheet")
    loaded = catalog.load()
    day = catalog.day(loaded)
    programs = region.select(loaded.programs, day)
    with progress("Weighing facts") as report:
        items = worklist(api.case_of(Request(as_of=day)), programs, listed_only=listed, progress=report)
    first = items[: limit or None]
    if form == "csv":
        output.write(rendered.render_csv(first), data=True)
    elif form == "json":
        from opmatch.render import json

        answer = {
            "schema": json.SCHEMA,
            "as_of": day,
            "programs": len(items),
            "worklist": rendered.data(first),
        }
        output.write(json.render(answer), data=True)
    elif form == "sheet":
        from opmatch.keeping.calls import calls

        every = calls(items)
        text = rendered.render_sheet(every[: limit or None], len(every), api.load_vocabulary())
        output.write(text, data=True)
    else:
        output.write(rendered.render_table(first, len(items), output.layout()), data=False)
    return EXIT_MATCHED


COMMAND = command(
    stale,
    name="stale",
    example="opmatch catalog stale --near 60610 --within 10mi --format sheet --out calls.md",
)
