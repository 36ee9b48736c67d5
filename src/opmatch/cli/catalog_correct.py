"""`opmatch catalog correct`: keep what was found to be so, over whatever a catalog says."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from opmatch.cli.catalog_options import choose, load
from opmatch.cli.configuration import corrections_file
from opmatch.cli.files import write_private
from opmatch.cli.held import held
from opmatch.cli.lazy import command
from opmatch.cli.nearest import did_you_mean
from opmatch.cli.output_options import parse_form
from opmatch.cli.stdio import terminal, write_data, write_note, write_text
from opmatch.errors import EXIT_MATCHED, InputError, UsageError

if TYPE_CHECKING:
    from opmatch.catalog.overlay import CorrectionEntry
    from opmatch.catalog.sources import Source
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
        return _list(load(paths, _overlays(file)), form)
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
    day = _day(date)
    name = field_path(field)
    from opmatch.catalog.overlay import new_entry

    told = None if unknown else parsed(name, value or "")
    entry = new_entry(program, name, told, by=by.strip(), date=day, who=_who(who))
    with held(file):
        one = _keep(file, entry, paths)
    write_text(f"{_said(one)}\nkept in {file}\n")
    if overlay is not None:
        write_note(f"name it beside the catalog to apply it: -c {file}")
    return EXIT_MATCHED


def field_path(field: str) -> str:
    """A field by its full path. Raises UsageError for what a program doesn't have or nobody may correct."""
    from opmatch.catalog.amend import ALIASES, CORRECTABLE, steps_of

    steps = steps_of(field)
    if not steps or steps[0] not in CORRECTABLE:
        hint = did_you_mean(steps[0], (*CORRECTABLE, *ALIASES)) if steps else ""
        raise UsageError(f"no field {field!r} to correct{hint}; fields are {', '.join(CORRECTABLE)}")
    return ".".join(steps)


def parsed(field: str, text: str) -> Any:
    """A value as a catalog would have it written there. Raises UsageError."""
    from opmatch.catalog.amend import LISTS
    from opmatch.catalog.events import read_yaml
    from opmatch.catalog.flaw import FlawedError
    from opmatch.catalog.plain import UNWANTED

    bare = text.strip()
    if not bare:
        raise UsageError("VALUE is blank; for what isn't known, say --unknown")
    if UNWANTED.search(bare):
        raise UsageError("VALUE holds a control character")
    if bare.startswith(("[", "{")):
        try:
            document = read_yaml(bare)
        except FlawedError as error:
            raise UsageError(f"VALUE {error.flaws[0].message}") from None
        if document.flaws:
            raise UsageError(f"VALUE {document.flaws[0].message}")
        return document.data
    if bare in ("true", "false"):
        return bare == "true"
    if field in LISTS or (field.partition(".")[0] in ("needs", "populations") and bare != "unknown"):
        return [part.strip() for part in bare.split(",") if part.strip()]
    return bare


def _day(text: str | None) -> dt.date:
    today = dt.date.today()
    try:
        day = today if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date {text!r} is no date; write it as 2026-11-20") from None
    if day > today:
        raise UsageError(f"--date {day} is yet to come")
    return day


def _who(text: str | None) -> str:
    if text is not None:
        return " ".join(text.split())
    return os.environ.get("USER") or os.environ.get("LOGNAME") or os.environ.get("USERNAME") or ""


def _keep(file: Path, entry: CorrectionEntry, paths: tuple[Path, ...]) -> Correction:
    """Write the file with `entry` in it, once a catalog has been read with it. Raises UsageError."""
    import msgspec

    from opmatch import api
    from opmatch.catalog import overlay

    text = overlay.overlay_text(overlay.with_correction(_entries(file), entry))
    try:
        catalog = load(paths, (_source(file, text),))
    except InputError as error:
        ours = [one for one in error.problems if one.file == str(file) and one.record == entry.program]
        if not ours:
            raise
        raise UsageError("\n".join(f"{one.message}; {one.mend}".rstrip("; ") for one in ours)) from None
    api.find_program(catalog, entry.program)
    one = next(c for c in catalog.corrections if (c.program, c.field) == (entry.program, entry.field))
    if one.standing == "no-place":
        raise UsageError(f"{entry.program} has nothing at {entry.field}; see: opmatch show {entry.program}")
    entry = msgspec.structs.replace(entry, was=one.source or None)
    write_private(file, overlay.overlay_text(overlay.with_correction(_entries(file), entry)))
    if api.find_program(catalog, entry.program).origin.sample and entry.field.startswith("intake"):
        return msgspec.structs.replace(one, value="(fictional)", source="(fictional)")
    return one


def _remove(file: Path, program: str, field: str) -> int:
    from opmatch.catalog import overlay

    name = field_path(field)
    with held(file):
        entries = _entries(file)
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


def _overlays(file: Path) -> tuple[Source, ...]:
    from opmatch.catalog.sources import UnreadableError, read_source

    try:
        return (read_source(file),) if file.exists() else ()
    except UnreadableError as error:
        raise InputError((error.problem,)) from None


def _entries(file: Path) -> list[CorrectionEntry]:
    """What the file has now; nothing where there is none. Raises InputError where it is no such file."""
    from opmatch.catalog.overlay import read_overlay

    entries: list[CorrectionEntry] = []
    for source in _overlays(file):
        kept, problems = read_overlay(source)
        if problems:
            raise InputError(problems)
        entries += [one.entry for one in kept]
    return entries


def _source(file: Path, text: str) -> Source:
    import hashlib

    from opmatch.catalog.sources import Source

    return Source(file, text, hashlib.sha256(text.encode()).hexdigest())


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
