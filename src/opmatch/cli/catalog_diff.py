"""`opmatch catalog diff`: what has changed between two catalogs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from opmatch.cli.catalog_options import load
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.report_options import ReportOptions
from opmatch.errors import EXIT_MATCHED


@spread
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The catalog as it was: a file or a folder.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The catalog as it is.")],
    output: ReportOptions,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            "-k",
            metavar="N",
            min=0,
            help="Programs of each kind in Markdown; 0 is all: --limit 50.",
        ),
    ] = 0,
) -> int:
    """What has changed from OLD to NEW: programs added, closed, moved, and changed field by field.

    Programs are matched by id, else by name and place. Corrections kept by `catalog correct` are left out.
    --format is markdown or json.
    """
    from opmatch import api
    from opmatch.keeping.diff import diff as compare
    from opmatch.render import diff as rendered

    form = output.form("markdown", "json")
    before, after = load([old], ()), load([new], ())
    found = compare(tuple(before.programs), tuple(after.programs))
    if form == "json":
        from opmatch.render import json

        answer = {"schema": json.SCHEMA, "old": before.infos, "new": after.infos} | rendered.data(found)
        output.write(json.render(answer), data=True)
    else:
        output.write(rendered.render_markdown(found, api.load_vocabulary(), limit), data=True)
    return EXIT_MATCHED


COMMAND = command(
    diff, name="diff", example="opmatch catalog diff 2026-10.yaml 2026-11.yaml --out changes.md"
)
