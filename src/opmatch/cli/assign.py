"""`opmatch assign`: many people, limited seats, the best placement overall."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.output_options import OutputOptions
from opmatch.cli.stdio import write_data, write_note
from opmatch.cli.stop import tell
from opmatch.errors import EXIT_BAD_INPUT, EXIT_MATCHED, EXIT_NOTHING, EXIT_SAFETY_STOP, UsageError

if TYPE_CHECKING:
    from opmatch.model.placement import Placement
    from opmatch.model.program import Catalog


@spread
def assign(
    catalog: CatalogOptions,
    output: OutputOptions,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|-",
            help="The people, as a file for opmatch batch with a column `priority`; - is standard input.",
            show_default=False,
        ),
    ] = None,
    allow_confirm: Annotated[
        bool,
        typer.Option(
            "--allow-confirm",
            help="Place people also where something must be confirmed first; sure fits are preferred.",
        ),
    ] = False,
    with_request: Annotated[
        bool,
        typer.Option(
            "--with-request",
            help="Write the requests into the answers too, with the reasons and questions that quote them.",
        ),
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0, not 1, where somebody waits.")] = (
        False
    ),
    template: Annotated[
        bool, typer.Option("--template", help="Write an empty sheet of people, with help for each column.")
    ] = False,
) -> int:
    """Place many people in the open seats of tracks: most people, the urgent first, then the best fit.

    A proposal: a person approves it, and nothing is sent. Seats are what tracks list as open, fewer the older
    the listing is. Nobody is placed against a condition, nor where safety comes first.

    --format is table, json or csv. Exit codes: 3 where safety stopped somebody, else 4 where a row is
    invalid, else 1 where somebody waits. Needs SciPy: pip install 'opmatch[assign]'.
    """
    if template:
        return _template(output)
    form = output.form("table", "json", "csv")
    source = _source(file, output)
    catalog.check()
    from opmatch import api
    from opmatch.batch.source import open_requests
    from opmatch.cli.assign_people import read_people
    from opmatch.cli.progress import progress
    from opmatch.placing.solve import check_solver

    check_solver()
    opened = open_requests(source, sys.stdin.buffer)
    programs = _load(catalog)
    day = catalog.day(programs)
    people = read_people(opened, day, with_request=with_request)
    with progress("Placing people") as report:
        placement = api.assign(
            programs,
            people,
            day,
            allow_confirm=allow_confirm,
            with_request=with_request,
            progress=report,
        )
    _write(placement, form, output)
    return _exit_code(placement, exit_zero=exit_zero)


def _template(output: OutputOptions) -> int:
    from opmatch.cli.assign_people import template

    if output.out is None:
        write_data(template())
        return EXIT_MATCHED
    from opmatch.cli.files import write_private

    write_private(Path(output.out), template())
    write_note(f"wrote {output.out}")
    return EXIT_MATCHED


def _source(file: str | None, output: OutputOptions) -> str:
    if file is None:
        raise UsageError("name a file of people, or - for standard input; see opmatch assign --help")
    if output.out is not None and file != "-" and os.path.realpath(file) == os.path.realpath(output.out):
        raise UsageError(f"the people and --out are the same file, {file}")
    return file


def _load(options: CatalogOptions) -> Catalog:
    """The programs; fictional ones only where somebody named them."""
    from opmatch.cli.catalog_options import choose, load

    chosen = choose(options.catalog or ())
    if chosen.by == "sample":
        raise UsageError(
            "no catalog is chosen, and nobody is placed in the bundled sample, which is fictional: name a"
            f" catalog with --catalog (the sample itself is {chosen.paths[0]})"
        )
    return load(chosen.paths)


def _write(placement: Placement, form: str, output: OutputOptions) -> None:
    from opmatch.render import placement as rendered

    if form == "json":
        from opmatch.render import json

        output.write(json.render(placement), data=True)
    elif form == "csv":
        output.write(rendered.render_csv(placement), data=True)
    else:
        from opmatch.render import placement_table

        output.write(placement_table.render(placement, output.layout()), data=False)
    if form != "table":
        write_note(rendered.summary(placement))
    if form == "csv":
        for notice in placement.notices:
            write_note(notice.text)
    stops = {one.safety_stop.flag: one.safety_stop for one in placement.assignments if one.safety_stop}
    for stop in stops.values():
        tell(stop)
    stopped = [one.ref or f"row {one.row}" for one in placement.assignments if one.safety_stop]
    if stopped:
        write_note(f"not placed, safety comes first: {', '.join(stopped)}")


def _exit_code(placement: Placement, *, exit_zero: bool) -> int:
    """Safety first, then what has to be mended, then who waits."""
    if placement.stopped:
        return EXIT_SAFETY_STOP
    if placement.invalid:
        return EXIT_BAD_INPUT
    return EXIT_NOTHING if placement.waiting and not exit_zero else EXIT_MATCHED


COMMAND = command(
    assign,
    name="assign",
    example="opmatch assign people.csv --catalog directory.yaml --format csv --out placement.csv",
)
