"""`opmatch catalog cache`: what is kept of catalogs to search them faster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from opmatch.cli.catalog_options import own_corrections
from opmatch.cli.counting import programs
from opmatch.cli.lazy import command
from opmatch.cli.output_options import parse_form
from opmatch.cli.stdio import write_data, write_note, write_text
from opmatch.errors import EXIT_MATCHED, UsageError

if TYPE_CHECKING:
    from opmatch.compiled.listing import Compiled

_MB = 1e6


def cache(
    clear: Annotated[
        bool, typer.Option("--clear", help="Remove it all; it is made again when needed.")
    ] = False,
    format: Annotated[  # noqa: A002 (the option's own name)
        str | None, typer.Option("--format", "-f", metavar="FORMAT", help="text or json: --format json.")
    ] = None,
) -> int:
    """What is kept of catalogs to search them faster: where, of which, how large, and whether it is current.

    A catalog is compiled when it is first searched, and again when it has changed. OPMATCH_CACHE_DIR names
    another folder; off keeps nothing.
    """
    from opmatch import cachefolder
    from opmatch.compiled import listing

    form = parse_form(format, ("text", "json"))
    folder = cachefolder.folder()
    if clear:
        try:
            write_note(f"{_size(listing.clear())} removed from {folder}")
        except OSError as error:
            raise UsageError(f"{folder} can't be cleared: {error.strerror}") from None
        return EXIT_MATCHED
    found = listing.compiled_catalogs(own_corrections())
    if form == "json":
        from opmatch.render import json

        place = None if folder is None else str(folder)
        write_data(json.render({"schema": json.SCHEMA, "folder": place, "catalogs": found}))
    else:
        write_text("nothing is kept: OPMATCH_CACHE_DIR is off\n" if folder is None else f"{folder}\n")
        write_text("".join(_line(one) for one in found))
    return EXIT_MATCHED


def _line(one: Compiled) -> str:
    if not one.catalogs:
        return f"  {_size(one.bytes)}, can't be read and will be made again: {one.file}\n"
    state = "current" if one.current else "changed since, will be made again"
    return f"  {', '.join(one.catalogs)}: {programs(one.programs)}, {_size(one.bytes)}, {state}\n"


def _size(count: int) -> str:
    return f"{count / _MB:.1f} MB"


COMMAND = command(cache, name="cache", example="opmatch catalog cache --clear")
