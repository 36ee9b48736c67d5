"""Catalog files to one catalog: all problems of all files at once, or all programs in id order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from opmatch.catalog.one_file import FileReading, read_file
from opmatch.catalog.plain import Progress, collector_paused
from opmatch.catalog.resolve.scope import Scope
from opmatch.catalog.sources import UnreadableError, catalog_files, read_source, size_of
from opmatch.errors import InputError, Problem
from opmatch.model.program import Catalog, Program
from opmatch.places.lookup import Places
from opmatch.vocabulary.terms import Vocabulary


def load(
    paths: Sequence[Path], vocabulary: Vocabulary, places: Places, progress: Progress | None = None
) -> Catalog:
    """The catalogs at `paths` (YAML or JSON files, or folders of them), merged.

    `progress` is called with the bytes read and the bytes in all. Raises InputError with every problem found.
    """
    with collector_paused():
        return _load(paths, Scope(vocabulary, places), progress)


def _load(paths: Sequence[Path], scope: Scope, progress: Progress | None) -> Catalog:
    files, problems = catalog_files(paths)
    if not paths:
        problems.append(Problem("catalog", "none is named", mend="name a file or folder"))
    sizes = [size_of(file) for file in files]
    readings = []
    for position, file in enumerate(files):
        done, size, total = sum(sizes[:position]), sizes[position], sum(sizes)
        try:
            source = read_source(file)
        except UnreadableError as error:
            problems.append(error.problem)
            continue
        reading = read_file(source, scope, _part_of(progress, done, size, total))
        readings.append(reading)
        problems.extend(reading.problems)
        if progress is not None:
            progress(done + size, total)
    problems.extend(_repeated(readings))
    if problems:
        raise InputError(tuple(problems))
    programs = [program for reading in readings for _index, program in reading.programs]
    programs.sort(key=lambda program: program.id)
    return Catalog(
        infos=tuple(reading.info for reading in readings),
        programs=tuple(programs),
        as_of=_sample_day(readings),
    )


def _part_of(progress: Progress | None, done: int, size: int, total: int) -> Progress | None:
    """The progress of one file as that of all; a file counts in characters, which it turns to bytes."""
    if progress is None:
        return None
    report = progress
    return lambda read, characters: report(done + size * read // max(characters, 1), total)


def _repeated(readings: Sequence[FileReading]) -> list[Problem]:
    """A problem for each program whose id another one has already, naming both places."""
    first: dict[str, tuple[FileReading, int, Program]] = {}
    problems = []
    for reading in readings:
        for index, program in reading.programs:
            other, other_index, kept = first.setdefault(program.id, (reading, index, program))
            if kept is not program:
                place = f"{other.source.path}:{other.line(other_index) or '?'}"
                problems.append(
                    Problem(
                        str(reading.source.path),
                        f"is also the id of the program at {place}",
                        reading.line(index),
                        program.id,
                        "id",
                        "give one of them another id",
                    )
                )
    return problems


def _sample_day(readings: Sequence[FileReading]) -> dt.date | None:
    """The day of the newest sample, where nothing but samples is loaded: their results must not age."""
    days = [reading.as_of for reading in readings if reading.as_of is not None]
    return max(days) if days and all(reading.info.sample for reading in readings) else None
