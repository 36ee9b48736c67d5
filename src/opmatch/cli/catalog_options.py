"""Which catalogs to search: the flag, else OPMATCH_CATALOG, else `opmatch catalog use`, else the sample."""

# No `from __future__ import annotations`: the options are declared from these annotations at each start.

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer
from msgspec import Struct

from opmatch.errors import InputError, UsageError

if TYPE_CHECKING:
    from opmatch.catalog.sources import Source
    from opmatch.model.program import Catalog

Chosen = Literal["flag", "environment", "configuration", "sample"]
VARIABLE = "OPMATCH_CATALOG"


class CatalogOptions(Struct, frozen=True, kw_only=True):
    """Where the programs come from, and the day to see them on."""

    catalog: Annotated[
        list[str] | None,
        typer.Option(
            "--catalog",
            "-c",
            metavar="PATH…",
            help="Catalog files or folders, YAML or JSON, merged: --catalog mh.yaml --catalog su.yaml. Else"
            " OPMATCH_CATALOG, else what `opmatch catalog use` set, else the bundled sample.",
        ),
    ] = None
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day to rank for; today, or the sample's own date: --as-of 2026-11-23.",
        ),
    ] = None

    def load(self) -> "Catalog":
        """The chosen catalogs, merged; with a progress bar on a terminal. Raises InputError, UsageError."""
        self.check()
        return load(choose(self.catalog or ()).paths)

    def check(self) -> None:
        """Say what is wrong in a flag before anything long is done. Raises UsageError."""
        self._asked_day()

    def day(self, catalog: "Catalog") -> dt.date:
        """The day to rank for. Raises UsageError for a date that is none."""
        return self._asked_day() or catalog.as_of or dt.date.today()

    def _asked_day(self) -> dt.date | None:
        try:
            return None if self.as_of is None else dt.date.fromisoformat(self.as_of)
        except ValueError:
            raise UsageError(f"--as-of {self.as_of!r} is no date; write it as 2026-11-23") from None


class Choice(NamedTuple):
    """The catalogs in use, and what chose them."""

    paths: tuple[Path, ...]
    by: Chosen


def choose(flags: Sequence[str] = ()) -> Choice:
    """The catalogs to search. Raises UsageError when the configuration can't be read."""
    from opmatch.shipped import sample_catalog

    if flags:
        return Choice(tuple(map(Path, flags)), "flag")
    if named := os.environ.get(VARIABLE):
        return Choice(tuple(Path(part) for part in named.split(os.pathsep) if part), "environment")
    from opmatch.cli.configuration import read_catalogs

    if configured := read_catalogs():
        return Choice(configured, "configuration")
    return Choice((sample_catalog(),), "sample")


def load(paths: Sequence[Path], overlays: "Sequence[Source] | None" = None) -> "Catalog":
    """The catalogs at `paths`, merged, with the user's corrections laid over them, or with `overlays`.

    Raises InputError with every problem found.
    """
    from opmatch import api
    from opmatch.cli.progress import progress
    from opmatch.cli.stdio import write_note

    if overlays is None:
        overlays = own_corrections()
    with progress("Reading programs") as report:
        return api.load_catalog(paths, report, overlays, tell=write_note)


def read(paths: Sequence[Path]) -> "Catalog":
    """The same from the files themselves, with the lines of programs. Raises InputError."""
    from opmatch import api
    from opmatch.cli.progress import progress

    with progress("Reading programs") as report:
        return api.read_catalog(paths, report, own_corrections())


def own_corrections() -> "tuple[Source, ...]":
    """The user's file of corrections, where there is one. Raises InputError when it can't be read."""
    from opmatch.cli.configuration import corrections_file

    file = corrections_file()
    if not file.exists():
        return ()
    from opmatch.catalog.sources import UnreadableError, read_source

    try:
        return (read_source(file),)
    except UnreadableError as error:
        raise InputError((error.problem,)) from None
