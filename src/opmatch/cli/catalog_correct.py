"""`opmatch catalog correct`: keep what was found to be so, over whatever a catalog says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.catalog_options import choose, load
from opmatch.cli.configuration import corrections_file
from opmatch.cli.correction_words import day_of, field_path, parsed, who_found
from opmatch.cli.corrections_kept import entries_of, keep, overlays
from opmatch.cli.files import write_private
from opmatch.cli.held import held
from opmatch.cli.lazy import command
from opmatch.cli.nearest import did_you_mean
from opmatch.cli.output_options import parse_form
from opmatch.cli.stdio import terminal, write_data, write_note, write_text
from opmatch.errors import EXIT_MATCHED, UsageError

if TYPE_CHECKING:
    from opmatch.model.program import Catalog, Correction


def correct(
    program: Annotated[
        str | None, typer.Argument(metavar="[PROGRAM]", help="The program's id, as `find` prints it.")
    ] = None,
    field: Annotated[
        str | None,
        typer.Argument(
            metavar="[FIELD]",
            help="A key of the program, or a path: intake.phone, availability.wait_days,"
            " tracks.evening.seats_open, payers.medicaid.accepting.",
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]",
            help="What is so, written as in a catalog: 312-867-4420, false, 'medicaid, private',"
            " '{status: waitlist, wait_days: 12}'.",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="HOW", help="How it was found out: --by phone, web, visit.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="When, today unless said: --date 2026-11-20.")
    ] = None,
    who: Annotated[
        str | None,
        typer.Option("--who", metavar="NAME", help="Who, the user's login unless said: --who ana."),
    ] = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="In place of VALUE: what the catalog says isn't known to be so.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the correction of FIELD back.")] = False,
    list_all: Annotated[
        bool, typer.Option("--list", help="Tell every correction kept, and whether its source caught up.")
    ] = False,
    overlay: Annotated[
        Path | None,
        typer.Option(
            "--overlay",
            metavar="FILE",
            help="Keep them in this file, which is then named beside the catalog (-c programs.yaml -c FILE);"
            " else OPMATCH_CORRECTIONS, else a file of the user's own that is always applied.",
        ),
    ] = None,
    catalog: Annotated[
        list[str] | None,
        typer.Option(
            "--catalog", "-c", metavar="PATH…", help="Catalogs to correct; those in use unless given."
        ),
    ] = None,
    format: Annotated[  # noqa: A002 (the option's own name)
        str | None, typer.Option("--format", "-f", metavar="FORMAT", help="With --list: table or json.")
    ] = None,
) -> int:
    """Keep what was found to be so about a program: who found it out, when and how.

    Corrections live in a file of their own and are laid over any catalog when it is read, so they stay when
    a directory is imported anew. The field counts as confirmed on that day. `show` tells them apart.
    """
    form = parse_form(format, ("table", "json"))
    paths = choose(catalog or ()).paths
    file = overlay or corrections_file()
    if list_all:
        if program or field or value or remove or unknown:
            raise UsageError("--list takes no PROGRAM, FIELD or VALUE")
        return _list(load(paths, overlays(file)), form)
    if program is None or field is None:
        raise UsageError("name PROGRAM, FIELD and VALUE, or ask for --list")
    if remove:
        if value is not None or unknown:
            raise UsageError("--remove takes no VALUE")
        return _remove(file, program, field)
    if (value is None) == (not unknown):
        raise UsageError("give VALUE, or --unknown in its place")
    if not by or not by.strip():
        raise UsageError("say how it was found out: --by phone, web or visit")
    day = day_of(date)
    name = field_path(field)
    from opmatch.catalog.overlay import new_entry

    told = None if unknown else parsed(name, value or "")
    entry = new_entry(program, name, told, by=by.strip(), date=day, who=who_found(who))
    with held(file):
        one = keep(file, entry, paths)
    write_text(f"{_said(one)}\nkept in {file}\n")
    if overlay is not None:
        write_note(f"name it beside the catalog to apply it: -c {file}")
    return EXIT_MATCHED


def _remove(file: Path, program: str, field: str) -> int:
    from opmatch.catalog import overlay

    name = field_path(field)
    with held(file):
        entries = entries_of(file)
        left = overlay.without_correction(entries, program, name)
        if len(left) == len(entries):
            known = [f"{entry.program} {entry.field}" for entry in entries]
            hint = did_you_mean(f"{program} {name}", known)
            raise UsageError(f"no correction of {name} of {program!r} is kept in {file}{hint}")
        write_private(file, overlay.overlay_text(left))
    write_text(f"{program}: {name} is again as the catalog has it\n")
    return EXIT_MATCHED


def _list(catalog: Catalog, form: str) -> int:
    fictional = frozenset(program.id for program in catalog.programs if program.origin.sample)
    if form == "json":
        from opmatch.render import json

        write_data(json.render({"schema": json.SCHEMA, "corrections": catalog.corrections}))
    else:
        from opmatch.render.corrections import render

        write_text(render(catalog.corrections, fictional, terminal()))
    return EXIT_MATCHED


def _said(one: Correction) -> str:
    now = one.value or "not known"
    if one.standing == "caught-up":
        return (
            f"{one.program}: {one.field} is {now}, as the catalog says; confirmed by {one.by} on {one.date}"
        )
    return f"{one.program}: {one.field} is now {now}; the catalog says {one.source or 'nothing'}"


COMMAND = command(
    correct,
    name="correct",
    example="opmatch catalog correct lakeshore-trauma-iop availability.wait_days 5 --by phone",
)
