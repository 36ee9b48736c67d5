"""One catalog file from text to programs, with every problem of it located."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import msgspec
from msgspec import Struct

from opmatch.catalog.corrected import correct
from opmatch.catalog.events import read_yaml
from opmatch.catalog.flaw import Flaw, FlawedError, path_text, shown
from opmatch.catalog.flaw import Path as FlawPath
from opmatch.catalog.json_text import read_json
from opmatch.catalog.lines import lines_of
from opmatch.catalog.overlay import Kept
from opmatch.catalog.plain import Progress
from opmatch.catalog.problems import convert, flaws_of
from opmatch.catalog.resolve.program import resolve
from opmatch.catalog.resolve.scope import Scope, one_line
from opmatch.catalog.sources import Source
from opmatch.catalog.written import FORMAT_VERSION, CatalogEntry, CatalogFile, ProgramEntry
from opmatch.errors import Problem
from opmatch.model.program import CatalogInfo, Correction, Origin, Program

_VERSION_MEND: Final = f"write opmatch: {FORMAT_VERSION} at its top"
_PLACEHOLDERS: Final[dict[str, Any]] = {"id": "x", "name": "x", "field": ["mental-health"], "level": "op"}

_NOTHING_KEPT: Final[Mapping[str, Sequence[Kept]]] = MappingProxyType({})


class FileReading(Struct, frozen=True, kw_only=True):
    """What one file gave: its programs with their places in the list, or problems."""

    source: Source
    info: CatalogInfo
    as_of: dt.date | None = None
    programs: tuple[tuple[int, Program], ...] = ()
    lines: dict[int, int] = {}  # of programs, by place in the list; empty for JSON
    problems: tuple[Problem, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def line(self, index: int) -> int | None:
        """The line of the program at `index` of the list, as far as it can be told."""
        if index in self.lines:
            return self.lines[index]
        path = ("programs", index)
        return lines_of(self.source.text, [path]).get(path)


def read_file(
    source: Source,
    scope: Scope,
    progress: Progress | None = None,
    kept: Mapping[str, Sequence[Kept]] = _NOTHING_KEPT,
) -> FileReading:
    """All that `source` says. What is wrong is in `problems`; then the programs may be incomplete.

    `kept` are the corrections to lay over its programs, by program id.
    """
    name = source.path.stem
    nothing = CatalogInfo(name=name, sha256=source.sha256, programs=0, sample=False)
    try:
        document = read_json(source.text) if source.is_json else read_yaml(source.text, progress)
    except FlawedError as error:
        return FileReading(source=source, info=nothing, problems=_located(source, None, error.flaws))
    whole = _flaw_of_whole(document.data)
    if whole is not None:
        flaws = [*document.flaws, whole]
        return FileReading(source=source, info=nothing, problems=_located(source, document.data, flaws))
    head, flaws = _head({key: value for key, value in document.data.items() if key != "programs"})
    origin, sample = _origin(head, source, scope), head.sample is True
    flaws.extend(scope.take_flaws())
    programs = []
    corrections: list[Correction] = []
    corrected_wrongly: list[Problem] = []
    for index, data in enumerate(document.data["programs"]):
        at = ("programs", index)
        program, found = _program(data, origin, at, scope)
        flaws.extend(found)
        if program is not None and program.id in kept:
            resolved = partial(_program, origin=origin, at=at, scope=scope)
            fixed = correct(data, program, kept[program.id], resolved, at)
            program = fixed.program
            corrections.extend(fixed.corrections)
            corrected_wrongly.extend(fixed.problems)
        if program is not None:
            programs.append((index, program))
    known = {
        flaw.path for flaw in document.flaws
    }  # what is wrong with the text spoils the value: say it once
    every = [*document.flaws, *(flaw for flaw in flaws if not _is_under(flaw.path, known))]
    return FileReading(
        source=source,
        info=CatalogInfo(name=origin.name, sha256=source.sha256, programs=len(programs), sample=sample),
        as_of=origin.as_of,
        programs=tuple(programs),
        lines=dict(document.lines),
        problems=(*(_located(source, document.data, every) if every else ()), *corrected_wrongly),
        corrections=tuple(corrections),
    )


def _flaw_of_whole(data: Any) -> Flaw | None:
    """Why this is no catalog at all, if it isn't: then nothing else about it is worth saying."""
    if data is None:
        return Flaw((), "is empty", "a catalog starts with opmatch: 1")
    if not isinstance(data, dict):
        return Flaw((), "is not a catalog", _VERSION_MEND)
    if "opmatch" not in data:
        return Flaw((), "is not a catalog: the key opmatch is missing", _VERSION_MEND)
    version = data["opmatch"]
    if isinstance(version, bool) or str(version) != str(FORMAT_VERSION):
        message = f"is {shown(str(version))!r}, a version this opmatch doesn't read"
        return Flaw(("opmatch",), message, f"it reads version {FORMAT_VERSION}")
    programs = data.get("programs")
    if programs is None or programs == []:
        return Flaw(
            ("programs",) if "programs" in data else (), "has no programs", "list them under programs"
        )
    if not isinstance(programs, list):
        return Flaw(("programs",), "is not a list", "start each program with a dash")
    return None


def _head(data: dict[str, Any]) -> tuple[CatalogEntry, list[Flaw]]:
    written = {**data, "programs": []}
    try:
        return convert(written, CatalogFile).catalog or CatalogEntry(), []
    except msgspec.ValidationError:
        return CatalogEntry(), flaws_of(written, CatalogFile, ())


def _origin(head: CatalogEntry, source: Source, scope: Scope) -> Origin:
    at = ("catalog", "expresses")
    over = head.expresses
    return Origin(
        name=one_line(head.name) or source.path.stem,
        path=str(source.path),
        sample=head.sample is True,
        as_of=scope.day(head.as_of, ("catalog", "as_of")),
        payers_over=(scope.terms("payer", over.payers, (*at, "payers")) or None) if over else None,
        genders_over=(scope.terms("gender", over.genders, (*at, "genders")) or None) if over else None,
    )


def _program(
    data: Any, origin: Origin, at: FlawPath, scope: Scope
) -> tuple[Program | None, tuple[Flaw, ...]]:
    try:
        entry = convert(data, ProgramEntry)
    except msgspec.ValidationError:
        flaws = tuple(flaws_of(data, ProgramEntry, at))
        return None, flaws + _more_flaws(data, flaws, origin, at, scope)
    return resolve(entry, origin, at, scope)


def _more_flaws(
    data: Any, flaws: tuple[Flaw, ...], origin: Origin, at: FlawPath, scope: Scope
) -> tuple[Flaw, ...]:
    """What is wrong with the well-formed keys of a program that has others: all at once is kinder."""
    if not isinstance(data, dict):
        return ()
    broken = {flaw.path[len(at)] for flaw in flaws if len(flaw.path) > len(at)}
    rest = {**_PLACEHOLDERS, **{key: value for key, value in data.items() if key not in broken}}
    try:
        entry = convert(rest, ProgramEntry)
    except msgspec.ValidationError:
        return ()
    return resolve(entry, origin, at, scope)[1]


def _is_under(path: FlawPath, known: set[FlawPath]) -> bool:
    return any(path[:length] in known for length in range(1, len(path) + 1))


def _located(source: Source, data: Any, flaws: list[Flaw] | tuple[Flaw, ...]) -> tuple[Problem, ...]:
    """The flaws as problems in the order of the file."""
    lines = lines_of(source.text, {flaw.path for flaw in flaws if flaw.line is None and flaw.path})
    problems = []
    for flaw in flaws:
        record, path = _record(data, flaw.path)
        line = flaw.line or lines.get(flaw.path)
        problems.append(Problem(str(source.path), flaw.message, line, record, path_text(path), flaw.mend))
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _record(data: Any, path: FlawPath) -> tuple[str | None, FlawPath]:
    """The id of the program a path lies in, and the path within it; without an id, the whole path."""
    match path:
        case ("programs", int(index), *rest) if isinstance(data, dict):
            programs = data.get("programs")
            program = programs[index] if isinstance(programs, list) and index < len(programs) else None
            id_ = program.get("id") if isinstance(program, dict) else None
            if isinstance(id_, str) and id_:
                return shown(id_), tuple(rest)
    return None, path
