"""What a catalog covers, and how much of it is not known: counts of programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

from opmatch.model.program import LEVELS, Program, Tri

NO_STATE: Final = "not known"


class Stats(Struct, frozen=True, kw_only=True):
    """Counts of programs. `by` is dimension → value → programs that list it, the most first.

    A program may list several values of a dimension, or none. `unknown` is field → programs of which it isn't
    known, out of `asked` (a licence matters only where care may be virtual).
    """

    programs: int
    by: dict[str, dict[str, int]]
    unknown: dict[str, int]
    asked: dict[str, int]


class Dimension(Struct, frozen=True):
    """A name, and the values one program lists; `values` in their order where they have one."""

    name: str
    listed: Callable[[Program], Iterable[str]]
    values: tuple[str, ...] = ()


class Blank(Struct, frozen=True):
    """A field, whether it is known of a program, and whether it matters there."""

    field: str
    known: Callable[[Program], bool]
    matters: Callable[[Program], bool] = lambda _: True


def _needs(program: Program) -> Iterable[str]:
    return (*program.needs.specializes, *program.needs.treats, *program.needs.only)


def _languages(program: Program) -> Iterable[str]:
    tracks = [one for track in program.tracks for one in track.languages or ()]
    return [one.id for one in (*program.languages, *tracks)]


def _populations(program: Program) -> Iterable[str]:
    people = program.populations
    return (*people.specializes, *people.welcomes, *people.only)


def _state(program: Program) -> Iterable[str]:
    return (program.site.state if program.site is not None and program.site.state else NO_STATE,)


def _delivery(program: Program) -> Iterable[str]:
    return [
        f"{mode}, {said}" if said is Tri.UNKNOWN else mode
        for mode, said in (("in person", program.in_person), ("virtual", program.virtual))
        if said is not Tri.NO
    ]


DIMENSIONS: Final[tuple[Dimension, ...]] = (
    Dimension("level", lambda p: (p.level,), LEVELS),
    Dimension("field", lambda p: p.fields),
    Dimension("status", lambda p: (p.status,)),
    Dimension("delivery", _delivery),
    Dimension("need", _needs),
    Dimension("payer", lambda p: [one.id for one in p.payers or ()]),
    Dimension("language", _languages),
    Dimension("population", _populations),
    Dimension("only for", lambda p: p.populations.only),
    Dimension("approach", lambda p: [one.id for one in p.approaches if one.offered is Tri.YES]),
    Dimension("service", lambda p: p.services),
    Dimension("state", _state),
)


def _seats(program: Program) -> bool:
    return any(track.seats_open is not None for track in program.tracks)


def _may_be_virtual(program: Program) -> bool:
    return program.virtual is not Tri.NO


def _has_site(program: Program) -> bool:
    return program.in_person is not Tri.NO


BLANKS: Final[tuple[Blank, ...]] = (
    Blank("needs", lambda p: any(True for _ in _needs(p))),
    Blank("approaches", lambda p: bool(p.approaches)),
    Blank("services", lambda p: bool(p.services)),
    Blank("ages", lambda p: p.ages is not None),
    Blank("genders", lambda p: p.genders is not None),
    Blank("who may enter", lambda p: not p.populations.only_unknown),
    Blank("exclusions", lambda p: p.exclusions is not None),
    Blank("payers", lambda p: p.payers is not None),
    Blank("payers.accepting", lambda p: any(one.accepting is not Tri.UNKNOWN for one in p.payers or ())),
    Blank("fees", lambda p: p.fees.visit is not None or p.fees.sliding_scale_from is not None),
    Blank("languages", lambda p: any(True for _ in _languages(p)) or p.interpreters is not Tri.UNKNOWN),
    Blank("supports", lambda p: bool(p.supports)),
    Blank("session times", lambda p: bool(p.tracks) or p.appointments is not None),
    Blank("any hours", lambda p: bool(p.tracks or p.appointments is not None or p.office_hours is not None)),
    Blank(
        "availability",
        lambda p: _seats(p) or p.availability.status is not None or p.availability.wait_days is not None,
    ),
    Blank("delivery.in_person", lambda p: p.in_person is not Tri.UNKNOWN),
    Blank("delivery.virtual", lambda p: p.virtual is not Tri.UNKNOWN),
    Blank("licensed_states", lambda p: p.licensed_states is not None, _may_be_virtual),
    Blank("place", lambda p: p.site is not None and p.site.point is not None, _has_site),
    Blank("phone", lambda p: bool(p.intake.phone)),
    Blank("url", lambda p: bool(p.intake.url)),
    Blank("a date", lambda p: bool(p.verified.date or p.verified.fields or p.origin.as_of)),
)


def stats(programs: Sequence[Program]) -> Stats:
    """Counts over all of `programs`, each once a value."""
    by: dict[str, dict[str, int]] = {}
    for dimension in DIMENSIONS:
        counts = Counter(value for program in programs for value in set(dimension.listed(program)))
        if dimension.values:
            by[dimension.name] = {value: counts[value] for value in dimension.values}
        else:
            by[dimension.name] = dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    asked = {one.field: sum(map(one.matters, programs)) for one in BLANKS}
    unknown = {
        one.field: sum(one.matters(program) and not one.known(program) for program in programs)
        for one in BLANKS
    }
    return Stats(programs=len(programs), by=by, unknown=unknown, asked=asked)
