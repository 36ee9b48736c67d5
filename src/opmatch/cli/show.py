"""`opmatch show`: one program's facts with their age and source."""

from __future__ import annotations

from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.output_options import OutputOptions
from opmatch.errors import EXIT_MATCHED


@spread
def show(
    program: Annotated[str, typer.Argument(metavar="PROGRAM", help="The program's id, as `find` prints it.")],
    catalog: CatalogOptions,
    output: OutputOptions,
) -> int:
    """One program's facts, with their age and source; what isn't listed is said to be so."""
    from opmatch import api

    form = output.form("table", "json")
    programs = catalog.load()
    found, as_of = api.find_program(programs, program), catalog.day(programs)
    if form == "json":
        from opmatch.render import json
        from opmatch.render.program_data import program_data

        answer = {"schema": json.SCHEMA, "program": program_data(found, as_of)}
        output.write(json.render(answer), data=True)
        return EXIT_MATCHED
    from opmatch.render import show as rendered

    vocabulary = api.load_vocabulary()
    notices = api.catalog_notices(programs, as_of)
    output.write(rendered.render(found, vocabulary, as_of, notices, output.layout()), data=False)
    return EXIT_MATCHED


COMMAND = command(show, name="show", example="opmatch show lakeshore-trauma-iop")
