"""`opmatch needs`: how words, phrases and ICD-10-CM codes are understood."""

from __future__ import annotations

from typing import Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.output_options import OutputOptions
from opmatch.cli.stop import answer_stop
from opmatch.errors import EXIT_MATCHED, EXIT_NOTHING, UsageError


@spread
def needs(
    catalogs: CatalogOptions,
    output: OutputOptions,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help='A word, a phrase or a code: "panic attacks".')
    ] = None,
) -> int:
    """How words, phrases and ICD-10-CM codes are understood; without TEXT, every need and who lists it.

    What is typed at --need is understood in the same way. Exit codes: 0 understood or nearly, 1 not at
    all, 3 the words say that safety comes first.
    """
    from opmatch import api
    from opmatch.render import json
    from opmatch.render import needs as rendered

    form = output.form("table", "json")
    if text is not None and not text.strip():
        raise UsageError("there is nothing to understand; give a word, a phrase or a code")
    vocabulary, closing = api.load_vocabulary(), api.closing_notices()
    if text is None:
        counts = api.programs_per_need(catalogs.load())
        if form == "json":
            output.write(
                json.render({"schema": json.SCHEMA, "needs": vocabulary.needs, "programs": counts}), data=True
            )
        else:
            output.write(rendered.render_tree(vocabulary, counts, closing, output.layout()), data=False)
        return EXIT_MATCHED
    reading = api.read_need(text)
    data = rendered.reading_data(reading)
    if (stop := api.stop_for(reading)) is not None:
        return answer_stop(stop, closing, output, data if form == "json" else None)
    if form == "json":
        output.write(json.render({"schema": json.SCHEMA, **data}), data=True)
    else:
        output.write(rendered.render_reading(reading, closing, output.layout()), data=False)
    return EXIT_MATCHED if reading.candidates or reading.declined else EXIT_NOTHING


COMMAND = command(needs, name="needs", example='opmatch needs "panic attacks"')
