"""Catalog files to one catalog: all problems of all files at once, or all programs in id order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from opmatch.catalog.corrected import unapplied
from opmatch.catalog.one_file import FileReading, read_file
from opmatch.catalog.overlay import Kept, is_overlay, read_overlay
from opmatch.catalog.plain import Progress, collector_paused
from opmatch.catalog.resolve.scope import Scope
from opmatch.catalog.sources import Source, UnreadableError, catalog_files, read_source
from opmatch.errors import InputError, Problem
from opmatch.model.program import Catalog, CatalogInfo, Correction, Program
from opmatch.places.lookup import Places
from opmatch.vocabulary.terms import Vocabulary


class AllRead(Struct, frozen=True, kw_only=True):
    """What all files gave, without a problem; `kept` are the corrections by program id."""

    readings: tuple[FileReading, ...]
    overlays: tuple[Source, ...] = ()
    kept: dict[str, list[Kept]] = {}


Known = Callable[[Source, Mapping[str, Sequence[Kept]]], FileReading | None]
"""What a file gave when it was read before, with these corrections; None where it has to be read."""


def load(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    places: Places,
    progress: Progress | None = None,
    overlays: Sequence[Source] = (),
) -> Catalog:
    """The catalogs at `paths` (YAML or JSON files, or folders of them), merged.

    Files among them that hold corrections are laid over all programs, and so are `overlays`, after these.
    `progress` is called with the bytes read and the bytes in all. Raises InputError with every problem found.
    """
    return merged(read_all(paths, vocabulary, places, progress, overlays))


def read_all(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    places: Places,
    progress: Progress | None = None,
    overlays: Sequence[Source] = (),
    known: Known | None = None,
) -> AllRead:
    """The same, file by file; `known` spares the reading of files that are as they were."""
    with collector_paused():
        return _read_all(paths, Scope(vocabulary, places), progress, overlays, known)


def _read_all(
    paths: Sequence[Path],
    scope: Scope,
    progress: Progress | None,
    overlays: Sequence[Source],
    known: Known | None,
) -> AllRead:
    files, problems = catalog_files(paths)
    if not paths:
        problems.append(Problem("catalog", "none is named", mend="name a file or folder"))
    sources, found = _read(files)
    problems.extend(found)
    named = [source for source in sources if is_overlay(source)]
    catalogs = [source for source in sources if source not in named]
    kept, found = _kept([*named, *overlays])
    problems.extend(found)
    if named and not catalogs and not problems:
        problems.append(Problem(str(named[0].path), "holds corrections alone", mend="name a catalog too"))
    sizes = [len(source.text) for source in catalogs]
    readings = []
    for position, source in enumerate(catalogs):
        done, size, total = sum(sizes[:position]), sizes[position], sum(sizes)
        reading = known(source, kept) if known is not None else None
        if reading is None:
            reading = read_file(source, scope, _part_of(progress, done, size, total), kept)
        readings.append(reading)
        problems.extend(reading.problems)
        if progress is not None:
            progress(done + size, total)
    problems.extend(_repeated(readings))
    if problems:
        raise InputError(tuple(problems))
    return AllRead(readings=tuple(readings), overlays=(*named, *overlays), kept=kept)


def merged(read: AllRead) -> Catalog:
    """One catalog of all that was read."""
    readings = read.readings
    programs = [program for reading in readings for _index, program in reading.programs]
    programs.sort(key=lambda program: program.id)
    return Catalog(
        infos=(*(reading.info for reading in readings), *_overlay_infos(read.overlays, readings)),
        programs=tuple(programs),
        as_of=_sample_day(readings),
        corrections=_all_corrections(read.kept, readings),
        lines={
            program.id: reading.lines[index]
            for reading in readings
            for index, program in reading.programs
            if index in reading.lines
        },
    )


def _read(files: Sequence[Path]) -> tuple[list[Source], list[Problem]]:
    sources, problems = [], []
    for file in files:
        try:
            sources.append(read_source(file))
        except UnreadableError as error:
            problems.append(error.problem)
    return sources, problems


def _kept(overlays: Sequence[Source]) -> tuple[dict[str, list[Kept]], list[Problem]]:
    """The corrections of all overlays by program id; of two for one field, the later alone."""
    by_field: dict[tuple[str, str], Kept] = {}
    problems: list[Problem] = []
    for source in overlays:
        found, wrong = read_overlay(source)
        problems.extend(wrong)
        for one in found:
            by_field.pop((one.entry.program, one.entry.field), None)
            by_field[one.entry.program, one.entry.field] = one
    kept: dict[str, list[Kept]] = {}
    for one in by_field.values():
        kept.setdefault(one.entry.program, []).append(one)
    return kept, problems


def _all_corrections(
    kept: Mapping[str, Sequence[Kept]], readings: Sequence[FileReading]
) -> tuple[Correction, ...]:
    """Every correction with how it stands, in the order of programs and fields."""
    known = {program.id for reading in readings for _index, program in reading.programs}
    applied = [one for reading in readings for one in reading.corrections]
    rest = [unapplied(one) for program, some in kept.items() if program not in known for one in some]
    return tuple(sorted([*applied, *rest], key=lambda one: (one.program, one.field)))


def _overlay_infos(overlays: Sequence[Source], readings: Sequence[FileReading]) -> list[CatalogInfo]:
    """Overlays that changed something: an answer made with them is another one than without."""
    used = {one.file for reading in readings for one in reading.corrections}
    return [
        CatalogInfo(name=source.path.stem, sha256=source.sha256, programs=0, sample=False)
        for source in overlays
        if str(source.path) in used
    ]


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
