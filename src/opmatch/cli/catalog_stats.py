"""`opmatch catalog stats`: what a catalog covers, and how much isn't known."""

from __future__ import annotations

from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.region_options import RegionOptions
from opmatch.cli.report_options import ReportOptions
from opmatch.errors import EXIT_MATCHED


@spread
def stats(
    catalog: CatalogOptions,
    region: RegionOptions,
    output: ReportOptions,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-k", metavar="N", min=0, help="Values shown of each kind; 0 is all: --limit 5."
        ),
    ] = 10,
) -> int:
    """What a catalog covers by level, need, payer, language, group and state, and how much isn't known.

    --format is table, json or csv; these two have every value.
    """
    from opmatch import api
    from opmatch.keeping.stats import stats as count
    from opmatch.render import stats as rendered

    form = output.form("table", "json", "csv")
    loaded = catalog.load()
    counted = count(region.select(loaded.programs, catalog.day(loaded)))
    if form == "json":
        from opmatch.render import json

        output.write(json.render({"schema": json.SCHEMA, "stats": counted}), data=True)
    elif form == "csv":
        output.write(rendered.render_csv(counted, api.load_vocabulary()), data=True)
    else:
        text = rendered.render_table(counted, api.load_vocabulary(), limit, output.layout())
        output.write(text, data=False)
    return EXIT_MATCHED


COMMAND = command(stats, name="stats", example="opmatch catalog stats --state CO")
