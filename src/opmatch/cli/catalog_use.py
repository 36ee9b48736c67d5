"""`opmatch catalog use`: choose the catalogs to search when none is named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from opmatch.cli.catalog_options import VARIABLE, Choice, choose, load
from opmatch.cli.counting import programs
from opmatch.cli.lazy import command
from opmatch.cli.stdio import write_note, write_text
from opmatch.errors import UsageError

_CHOSEN_BY = {
    "flag": "--catalog",
    "environment": VARIABLE,
    "configuration": "opmatch catalog use",
    "sample": "nothing else; this is the bundled sample, and it is fictional",
}


def use(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Catalog files or folders.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Go back to the bundled sample.")] = False,
) -> int:
    """Choose the catalogs to search when neither --catalog nor OPMATCH_CATALOG names one.

    They are read first, so that a broken one is never set. Without PATH: says what is in use.
    """
    from opmatch.cli.configuration import write_catalogs

    if paths and sample:
        raise UsageError("give PATH or --sample, not both")
    if not paths and not sample:
        return _tell(choose())
    count = f"{programs(len(load(paths).programs))}; " if paths else ""
    file = write_catalogs(paths or ())
    write_note(f"{count}kept in {file}")
    return _tell(choose())


def _tell(choice: Choice) -> int:
    for path in choice.paths:
        write_text(f"{path}\n")
    write_note(f"in use because of {_CHOSEN_BY[choice.by]}")
    return 0


COMMAND = command(use, name="use", example="opmatch catalog use mental-health.yaml substance-use.yaml")
