"""`opmatch compare`: several programs side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.output_options import OutputOptions
from opmatch.cli.request_options import RequestOptions
from opmatch.cli.stop import answer_stop
from opmatch.errors import EXIT_MATCHED


@spread
def compare(
    programs: Annotated[list[str], typer.Argument(metavar="PROGRAM…", help="Ids, as `find` prints them.")],
    request: RequestOptions,
    catalog: CatalogOptions,
    output: OutputOptions,
) -> int:
    """Several programs side by side; with a request, also how each fits it.

    Exits 0 whether or not they fit, 3 when safety comes first.
    """
    from opmatch import api

    form = output.form("table", "json")
    words = request.words() if request.given else None
    loaded = catalog.load()
    as_of = catalog.day(loaded)
    found = [api.find_program(loaded, program) for program in dict.fromkeys(programs)]
    asked, noticed = api.understand(words, as_of) if words is not None else (None, ())
    notices = api.catalog_notices(loaded, as_of) if asked is None else api.notices(loaded, asked, noticed)
    if asked is not None and (stop := api.safety_stop(asked)) is not None:
        data = (
            {"request": api.request_words(asked), "programs": [], "matches": []} if form == "json" else None
        )
        return answer_stop(stop, notices, output, data)
    matches = [api.explain(loaded, asked, program.id) for program in found] if asked is not None else []
    if form == "json":
        from opmatch.render import json
        from opmatch.render.program_data import program_data

        answer = {
            "schema": json.SCHEMA,
            "request": None if asked is None else api.request_words(asked),
            "programs": [program_data(program, as_of) for program in found],
            "matches": matches,
        }
        output.write(json.render(answer), data=True)
        return EXIT_MATCHED
    from opmatch.render import compare as rendered

    text = rendered.render(found, matches, api.load_vocabulary(), as_of, notices, output.layout())
    output.write(text, data=False)
    return EXIT_MATCHED


COMMAND = command(
    compare,
    name="compare",
    example="opmatch compare lakeshore-trauma-iop harbor-day --need ptsd --near 60610",
)
