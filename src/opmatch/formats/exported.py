"""What an exporter is given: programs as they were loaded, and what holds for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from opmatch.catalog.as_written import Written, as_written, known
from opmatch.errors import UsageError
from opmatch.formats.imported import Progress
from opmatch.model.program import Catalog, Program

_PROGRESS_EVERY = 64  # programs


class Content(Struct, frozen=True, kw_only=True):
    """The programs to export, in id order. `sample`: they are made up, all of them."""

    name: str
    sample: bool
    as_of: dt.date | None
    programs: Sequence[Program]
    progress: Progress | None = None

    @property
    def header(self) -> Written:
        """What the catalog format says of a catalog as a whole."""
        return known(name=self.name, sample=self.sample or None, as_of=self.as_of)

    def each(self) -> Iterator[Program]:
        """The programs one by one, with progress told."""
        total = len(self.programs)
        for done, program in enumerate(self.programs):
            if self.progress is not None and done % _PROGRESS_EVERY == 0:
                self.progress(done, total)
            yield program
        if self.progress is not None:
            self.progress(total, total)

    def written(self) -> Iterator[Written]:
        """The programs one by one in the words of the catalog format."""
        return map(as_written, self.each())


def content(catalog: Catalog, progress: Progress | None = None) -> Content:
    """What to export of the catalogs loaded.

    Of several catalogs the earliest day counts, and none where one of them has none: no fact may look fresher
    than it is. Raises UsageError where fictional and real programs are loaded together, for a partner could
    not be sure to keep them apart, and where there is no program.
    """
    origins = list(dict.fromkeys(program.origin for program in catalog.programs))
    if not origins:
        raise UsageError("the catalog holds no program to export")
    fictional = {origin.sample for origin in origins}
    if len(fictional) > 1:
        names = ", ".join(sorted({origin.name for origin in origins if origin.sample}))
        raise UsageError(f"{names} is fictional and other catalogs aren't; export them apart, with --catalog")
    days = [origin.as_of for origin in origins]
    known_days = [day for day in days if day is not None]
    return Content(
        name=", ".join(dict.fromkeys(origin.name for origin in origins))[:500].rstrip(),
        sample=fictional == {True},
        as_of=min(known_days) if len(known_days) == len(days) else None,
        programs=catalog.programs,
        progress=progress,
    )
