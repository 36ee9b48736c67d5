"""`opmatch find`: rank programs for one request."""

from __future__ import annotations

import contextlib
from importlib import import_module
from typing import TYPE_CHECKING

from opmatch.cli.catalog_options import CatalogOptions
from opmatch.cli.lazy import command
from opmatch.cli.option_groups import spread
from opmatch.cli.output_options import FindOutputOptions
from opmatch.cli.request_options import RequestOptions
from opmatch.cli.stdio import write_note
from opmatch.cli.stop import tell
from opmatch.errors import EXIT_MATCHED, EXIT_NOTHING, EXIT_SAFETY_STOP, InputError, UsageError
from opmatch.model.program import Catalog
from opmatch.model.ranking import Ranking

if TYPE_CHECKING:
    from opmatch.intake.words import RequestWords

_FOR_PEOPLE = ("table", "markdown")
_FOR_PROGRAMS = ("json", "jsonl", "csv")


@spread
def find(request: RequestOptions, catalog: CatalogOptions, output: FindOutputOptions) -> int:
    """Rank programs for one request: what fits, what fits if confirmed, what just misses and why.

    With no request at all, programs are ranked by availability. Exit codes: 0 something fits or may fit,
    1 nothing, 2 usage, 3 safety stop, 4 a file that is invalid.
    """
    from opmatch import api

    form = output.form("table", "json", "jsonl", "csv", "markdown")
    words = request.words()
    programs = _programs(catalog, words)
    asked, notices = api.understand(words, catalog.day(programs))
    ranking = api.rank(programs, asked, notices=notices, limit=output.limit)
    output.write(_text(ranking, form, output), data=form != "table")
    _tell(ranking, form)
    if ranking.safety_stop is not None:
        return EXIT_SAFETY_STOP
    matched = ranking.eligible + ranking.confirm > 0
    return EXIT_MATCHED if matched or output.exit_zero else EXIT_NOTHING


def _programs(catalog: CatalogOptions, words: RequestWords) -> Catalog:
    """The programs to rank; none where they can't be read and words of danger come before all programs."""
    from opmatch import api

    try:
        return catalog.load()
    except InputError:
        # Nobody in danger is told to mend a catalog first.
        nothing = Catalog(infos=(), programs=())
        with contextlib.suppress(UsageError):
            asked, _notices = api.understand(words, catalog.day(nothing))
            if api.safety_stop(asked) is not None:
                return nothing
        raise


def _text(ranking: Ranking, form: str, output: FindOutputOptions) -> str:
    renderer = import_module(f"opmatch.render.{form}")
    text: str = renderer.render(ranking, output.layout()) if form == "table" else renderer.render(ranking)
    return text


def _tell(ranking: Ranking, form: str) -> None:
    """On stderr: why nothing was ranked, and what rows of data have no place for."""
    if ranking.safety_stop is not None:
        tell(ranking.safety_stop)
    if form in ("jsonl", "csv"):
        for notice in ranking.notices:
            write_note(notice.text)


COMMAND = command(
    find,
    name="find",
    example='opmatch find --need ptsd --level iop --near 60610 --within 15 --when "mon-fri 17:30-21:00"'
    " --payer medicaid",
)
