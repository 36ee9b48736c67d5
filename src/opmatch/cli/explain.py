"""`opmatch explain`: every gate and every point of one program for one request."""

from __future__ import annotations

from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.output_options import OutputOptions
from opmatch.cli.request_options import RequestOptions
from opmatch.cli.stdio import write_note
from opmatch.cli.stop import answer_stop
from opmatch.errors import EXIT_MATCHED


@spread
def explain(
    program: Annotated[str, typer.Argument(metavar="PROGRAM", help="The program's id, as `find` prints it.")],
    request: RequestOptions,
    catalog: CatalogOptions,
    output: OutputOptions,
) -> int:
    """Every condition and every point of one program for one request: why, why not, what would flip it.

    Exits 0 whether or not the program fits, 3 when safety comes first.
    """
    from opmatch import api

    form = output.form("table", "json")
    words = request.words()
    programs = catalog.load()
    asked, noticed = api.understand(words, catalog.day(programs))
    api.find_program(programs, program)
    notices = api.notices(programs, asked, noticed)
    if (stop := api.safety_stop(asked)) is not None:
        data = {"request": api.request_words(asked), "match": None} if form == "json" else None
        return answer_stop(stop, notices, output, data)
    match = api.explain(programs, asked, program)
    if form == "json":
        from opmatch.render import json

        answer = {"schema": json.SCHEMA, "request": api.request_words(asked), "match": match}
        output.write(json.render(answer), data=True)
        for notice in notices:
            write_note(notice.text)
        return EXIT_MATCHED
    from opmatch.render import explain as rendered

    output.write(rendered.render(match, notices, output.layout()), data=False)
    return EXIT_MATCHED


COMMAND = command(
    explain,
    name="explain",
    example="opmatch explain lakeshore-trauma-iop --need ptsd --near 60610 --payer medicaid",
)
