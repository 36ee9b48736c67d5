"""`opmatch catalog gaps`: which needs, payers and levels are served where."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.progress import progress
from opmatch.cli.region_options import RegionOptions
from opmatch.cli.report_options import ReportOptions
from opmatch.errors import EXIT_MATCHED

if TYPE_CHECKING:
    from opmatch.keeping.gap_areas import Area
    from opmatch.model.program import Program

PAYERS = ("medicaid", "medicare", "private", "tricare", "self_pay", "sliding_scale")


@spread
def gaps(
    catalog: CatalogOptions,
    region: RegionOptions,
    output: ReportOptions,
    need: Annotated[
        list[str] | None,
        typer.Option(
            "--need",
            "-n",
            metavar="TEXT…",
            help="Needs to report; every broad one unless given: --need opioid.",
        ),
    ] = None,
    payer: Annotated[
        list[str] | None,
        typer.Option(
            "--payer",
            metavar="TEXT…",
            help=f"Payers to report; {', '.join(PAYERS)} unless given: --payer va.",
        ),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option("--level", metavar="LEVEL…", help="Levels; all unless given: --level iop."),
    ] = None,
    age: Annotated[
        int | None, typer.Option("--age", metavar="N", help="Who takes this age: --age 15.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TEXT", help="Who gives care in it: --language es.")
    ] = None,
    population: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="TEXT…",
            help="For members of a group, whose programs then count: --for veterans.",
        ),
    ] = None,
    waitlist: Annotated[
        bool, typer.Option("--waitlist", help="A place on a waitlist counts as served.")
    ] = False,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-k", metavar="N", min=0, help="Gaps named across places; 0 is all: --limit 30."
        ),
    ] = 10,
) -> int:
    """Which needs × payers × levels are served in which places, may be served, or can't.

    The gates of `find` decide, once for every cell. Programs closed to the public are counted apart. Places
    are the states of the catalog's sites, or those given with --state, or what --near and --within reach.

    --format is table, csv or json; these two have every cell.
    """
    from opmatch import api
    from opmatch.intake.words import RequestWords
    from opmatch.keeping import gaps as report
    from opmatch.render import gaps as rendered

    form = output.form("table", "csv", "json")
    loaded = catalog.load()
    day = catalog.day(loaded)
    words = RequestWords(
        needs=tuple(need or _broad_needs()),
        payers=tuple(payer or PAYERS),
        levels=tuple(level or ()),
        age=age,
        language=language,
        populations=tuple(population or ()),
        waitlist=waitlist,
    )
    request, _ = api.understand(words, day)
    programs = tuple(loaded.programs)
    areas = _areas(region, day, programs)
    with progress("Asking the gates") as tell:
        found = report.gaps(programs, areas, request, api.case_of, tell)
    if form == "csv":
        output.write(rendered.render_csv(found), data=True)
    elif form == "json":
        from opmatch.render import json

        answer = {"schema": json.SCHEMA, "as_of": day, "catalogs": loaded.infos, "gaps": found}
        output.write(json.render(answer), data=True)
    else:
        output.write(rendered.render_table(found, limit, output.layout()), data=False)
    return EXIT_MATCHED


def _broad_needs() -> tuple[str, ...]:
    """Needs that are part of no broader one, and those with a treatment of their own that comes first."""
    from opmatch import api

    needs = api.load_vocabulary().needs
    return tuple(need.id for need in needs if need.parent is None or need.first_line)


def _areas(region: RegionOptions, day: dt.date, programs: tuple[Program, ...]) -> tuple[Area, ...]:
    from opmatch.keeping.gap_areas import Area, areas_of

    states, place = region.states(), region.place(day)
    if place is not None:
        near, within = place
        return (Area(name=f"{near.text}, {within:g} mi around", near=near, within=within),)
    if states:
        return tuple(Area(name=state, state=state) for state in states)
    return areas_of(programs)


COMMAND = command(
    gaps, name="gaps", example="opmatch catalog gaps --state CO --need opioid --need ptsd --payer medicaid"
)
