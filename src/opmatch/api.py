"""opmatch in Python: load a catalog, understand a request, rank. The command line uses nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from opmatch import __version__
from opmatch.errors import UsageError
from opmatch.model.program import Catalog, Program
from opmatch.model.ranking import Match, Notice, Ranking, SafetyStop
from opmatch.model.request import Request

if TYPE_CHECKING:
    from opmatch.catalog.sources import Source
    from opmatch.intake.readers import Readers
    from opmatch.intake.words import RequestWords
    from opmatch.matching.case import Case
    from opmatch.matching.formula import Formula
    from opmatch.matching.memory import Memory
    from opmatch.model.placement import Placement
    from opmatch.places.lookup import Places
    from opmatch.placing.people import Asker
    from opmatch.vocabulary.read import Reading
    from opmatch.vocabulary.terms import Crisis, Vocabulary

SCHEMA = 1
DEFAULT_LIMIT = 3
NEAR_ENOUGH = 65.0
"""Of 100, in rapidfuzz's measure; under it a suggested id would only puzzle."""
Progress = Callable[[int, int], None]
"""(done, of all) in bytes read."""


@cache
def load_vocabulary() -> Vocabulary:
    from opmatch.vocabulary.load import load

    return load()


def load_crisis() -> Crisis:
    """Crisis lines alone: one small file, for the command that can't wait."""
    from opmatch.vocabulary.load import load_crisis as load

    return load()


@cache
def load_places() -> Places:
    from opmatch.places.lookup import Places

    return Places()


@cache
def load_formula() -> Formula:
    from opmatch.kept import kept_yaml
    from opmatch.matching.formula import Formula

    return kept_yaml("matching/formula.yaml", Formula)


def load_catalog(
    paths: Sequence[Path],
    progress: Progress | None = None,
    overlays: Sequence[Source] = (),
    tell: Callable[[str], None] | None = None,
) -> Catalog:
    """The programs of YAML or JSON catalogs, files or folders, merged; `overlays` hold corrections to them.

    What was read is kept in the user's cache folder with an index, and read from there until it changes;
    where nothing can be kept, `tell` is told in a line. Raises InputError with every problem found.
    """
    from opmatch.compiled.load import Means, Wanted, load

    means = Means(load_vocabulary, load_places, load_formula)
    return load(Wanted(tuple(paths), tuple(overlays)), means, progress, tell)


def read_catalog(
    paths: Sequence[Path], progress: Progress | None = None, overlays: Sequence[Source] = ()
) -> Catalog:
    """The same from the files themselves, whatever is kept of them, with the lines of programs.

    Raises InputError with every problem found.
    """
    from opmatch.catalog.load import load

    return load(paths, load_vocabulary(), load_places(), progress, overlays)


def understand(words: RequestWords | Mapping[str, Any], as_of: dt.date) -> tuple[Request, tuple[Notice, ...]]:
    """A request as typed, resolved; the notices say what was taken for what.

    `words` are the keys of request files with their values; `as_of` is the day to rank for. Texts read
    lately are remembered, so that requests which share a place or a need share the work. Raises UsageError
    with every value that can't be understood.
    """
    from opmatch.intake.understand import apply_change
    from opmatch.intake.understand import understand as resolve
    from opmatch.intake.words import RequestWords

    if not isinstance(words, RequestWords):
        words = apply_change(RequestWords(), words)
    return resolve(words, load_vocabulary(), load_places(), as_of, _readers())


def rank(
    catalog: Catalog,
    request: Request,
    notices: Sequence[Notice] = (),
    limit: int = DEFAULT_LIMIT,
    memory: Memory | None = None,
) -> Ranking:
    """The programs of a catalog for one request; `limit` counts places per level and tier.

    A `memory` shared by requests over one catalog makes them faster, and changes no answer.
    """
    from opmatch.intake.understand import request_as_words
    from opmatch.matching.rank import Ranked, rank_programs
    from opmatch.matching.safety import safety_stop

    case = _case(request)
    stop = safety_stop(request, case.vocabulary)
    found = Ranked(len(catalog.programs)) if stop else rank_programs(case, catalog.programs, limit, memory)
    return Ranking(
        schema=SCHEMA,
        opmatch=__version__,
        formula=case.formula.version,
        as_of=request.as_of,
        catalogs=catalog.infos,
        request=request_as_words(request),
        notices=_notices(case, catalog, tuple(notices), stopped=stop is not None),
        considered=found.considered,
        eligible=found.eligible,
        confirm=found.confirm,
        funnel=found.funnel,
        matches=found.matches,
        near_misses=found.near_misses,
        relaxations=found.relaxations,
        safety_stop=stop,
    )


def rank_many(
    catalog: Catalog,
    requests: Iterable[tuple[Request, Sequence[Notice]]],
    limit: int = DEFAULT_LIMIT,
    memory: Memory | None = None,
) -> Iterator[Ranking]:
    """The same for many requests, each with its notices as `understand` gives them, in their order.

    What is found is remembered from one to the next; give a `memory` to go on with it in further calls.
    Answers come one by one as they are asked for, so neither requests nor answers need fit into memory.
    """
    from opmatch.matching.memory import Memory

    memory = Memory() if memory is None else memory
    for request, notices in requests:
        yield rank(catalog, request, notices, limit, memory)


def assign(
    catalog: Catalog,
    people: Sequence[Asker],
    as_of: dt.date,
    *,
    allow_confirm: bool = False,
    with_request: bool = False,
    progress: Progress | None = None,
) -> Placement:
    """The best placement of people who compete for the seats that tracks list as open.

    Raises UsageError where SciPy (the extra `assign`) is missing, and for more people than can be placed
    exactly at once.
    """
    from msgspec.structs import replace

    from opmatch.model.placement import Placement
    from opmatch.placing.notices import notices_for
    from opmatch.placing.place import Terms, place
    from opmatch.placing.solve import check_solver

    check_solver()
    terms = Terms(case_of=_case, stop_of=safety_stop, allow_confirm=allow_confirm, with_request=with_request)
    today = _case(Request(as_of=as_of))
    found = place(people, catalog.programs, today, terms, progress)
    answers = found.assignments
    if with_request:
        answers = tuple(
            replace(one, request=None if who.request is None else request_words(who.request))
            for one, who in zip(answers, people, strict=True)
        )
    results = [one.result for one in answers]
    counted = [group.counted for group in found.groups if group.counted]
    return Placement(
        schema=SCHEMA,
        opmatch=__version__,
        formula=today.formula.version,
        as_of=as_of,
        catalogs=catalog.infos,
        notices=notices_for(catalog.programs, people, found.assignments, today, terms),
        allow_confirm=allow_confirm,
        people=len(people),
        waiting=results.count("waiting"),
        stopped=results.count("stopped"),
        invalid=results.count("invalid"),
        tracks=len(counted),
        seats=sum(counted),
        totals=found.totals,
        first_come=found.first_come,
        assignments=answers,
        one_more_seat=found.one_more_seat,
    )


def explain(catalog: Catalog, request: Request, program_id: str) -> Match:
    """Every gate and point of one program. Raises UsageError for an id the catalog doesn't have."""
    from opmatch.matching.rank import explain_program

    return explain_program(_case(request), find_program(catalog, program_id))


def case_of(request: Request) -> Case:
    """A request made ready for judging, for reports that ask the gates themselves."""
    return _case(request)


def find_program(catalog: Catalog, program_id: str) -> Program:
    """The program with this id. Raises UsageError with the nearest ids."""
    from opmatch.matching.pool import by_id

    found = by_id(catalog.programs, program_id)
    if found is not None:
        return found
    from rapidfuzz import fuzz, process

    # Who doesn't know the id types the name.
    known = {program.id: f"{program.id} {program.name}".replace("-", " ") for program in catalog.programs}
    typed = program_id.replace("-", " ")
    near = process.extract(
        typed, known, scorer=fuzz.token_ratio, processor=str.lower, limit=3, score_cutoff=NEAR_ENOUGH
    )
    hint = f"; did you mean {', '.join(match[2] for match in near)}?" if near else ""
    raise UsageError(f"no program with the id {program_id!r} in the catalog{hint}")


def request_words(request: Request) -> dict[str, Any]:
    """The request as answers repeat it: as understood, in the keys of request files."""
    from opmatch.intake.understand import request_as_words

    return request_as_words(request)


def safety_stop(request: Request) -> SafetyStop | None:
    """What comes before any program for this request, or None."""
    from opmatch.matching.safety import safety_stop as stop

    return stop(request, load_vocabulary())


def notices(catalog: Catalog, request: Request, given: Sequence[Notice] = ()) -> tuple[Notice, ...]:
    """What is said beside an answer about single programs, in reading order, crisis lines last."""
    stopped = safety_stop(request) is not None
    return _notices(_case(request), catalog, tuple(given), stopped=stopped)


def catalog_notices(catalog: Catalog, as_of: dt.date) -> tuple[Notice, ...]:
    """The same where there is no request: whether the catalog is fictional or stale, and crisis lines."""
    from opmatch.matching import notices as told
    from opmatch.matching.safety import crisis_notice

    case = _case(Request(as_of=as_of))
    return (
        *told.sample_notice(catalog.programs),
        *told.stale_notices(case, catalog.programs),
        crisis_notice(case.vocabulary.crisis),
    )


def closing_notices() -> tuple[Notice, ...]:
    """What closes an answer that has no catalog."""
    from opmatch.matching.safety import crisis_notice

    return (crisis_notice(load_crisis()),)


def read_need(text: str) -> Reading:
    """How a word, a phrase or an ICD-10-CM code is understood as a need."""
    from opmatch.vocabulary.read import read

    return read(load_vocabulary(), "need", text)


def programs_per_need(catalog: Catalog) -> dict[str, int]:
    """How many active programs list each need, or a narrower one, in the order of the vocabulary."""
    from opmatch.matching.listed import programs_per_need as count

    return count(catalog.programs, load_vocabulary())


def hears_danger(text: str) -> bool:
    """Whether free text reads as danger, now or in thoughts."""
    return _readers().alarm(text) is not None


def help_line() -> str:
    """Where to turn first in a crisis."""
    return load_crisis().lines[0].text


def stop_for(reading: Reading) -> SafetyStop | None:
    """What comes before any program where the words read as danger now, or None."""
    return stop_text("imminent-risk") if reading.alarm == "stop" else None


def stop_text(flag: str) -> SafetyStop:
    """What is said where this flag stops a ranking."""
    text = next(text for text in load_crisis().stops if text.id == flag)
    return SafetyStop(flag=flag, title=text.title, text=text.text)


def catalog_schema() -> str:
    """The JSON Schema of the catalog format, as text."""
    from opmatch.catalog.schema import schema_text

    return schema_text(load_vocabulary())


@cache
def _readers() -> Readers:
    from opmatch.intake.readers import plain_readers, remembering

    return remembering(plain_readers(load_vocabulary(), load_places()))


def _case(request: Request) -> Case:
    from opmatch.matching.case import Case
    from opmatch.places.zones import minutes_ahead

    return Case(
        request,
        load_vocabulary(),
        load_formula(),
        lambda theirs, ours: minutes_ahead(theirs, ours, request.as_of),
    )


def _notices(case: Case, catalog: Catalog, given: tuple[Notice, ...], *, stopped: bool) -> tuple[Notice, ...]:
    """In reading order; help in a crisis closes every answer."""
    from opmatch.matching import notices as told
    from opmatch.matching.safety import crisis_notice, safety_notices

    closing = crisis_notice(case.vocabulary.crisis)
    if stopped:
        return (*given, closing)
    return (
        *told.sample_notice(catalog.programs),
        *told.stale_notices(case, catalog.programs),
        *(notice for notice in given if notice.kind == "crisis"),
        *safety_notices(case.request, case.vocabulary),
        *(notice for notice in given if notice.kind != "crisis"),
        *told.request_notices(case),
        closing,
    )
