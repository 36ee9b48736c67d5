"""The findings of the gates for one request, put together from those for each value asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from opmatch.matching.case import Case
from opmatch.matching.index.reading import Index
from opmatch.matching.index.sets import ABROAD, EXCLUDED, HOME, OTHER, States
from opmatch.matching.payers import STATE_PAYERS

Finder = Callable[[Case, Index, int], States]


def any_of(found: Iterable[States]) -> States:
    """The most favourable of several findings."""
    met = unknown = doubtful = 0
    for one in found:
        met |= one.met
        unknown |= one.unknown
        doubtful |= one.doubtful
    return States(met, unknown & ~met, doubtful)


def all_of(found: Iterable[States]) -> States:
    """The least favourable of several findings."""
    first, *rest = found
    met, open_, doubtful = first.met, first.met | first.unknown, first.doubtful
    for one in rest:
        met &= one.met
        open_ &= one.met | one.unknown
        doubtful |= one.doubtful
    return States(met, open_ & ~met, doubtful)


def _status(case: Case, index: Index, plane: int) -> States:
    return index.states("status", "", plane)


def _level(case: Case, index: Index, plane: int) -> States:
    return any_of(index.states("level", level, plane) for level in case.request.levels)


def _need(case: Case, index: Index, plane: int) -> States:
    return index.states("need", case.request.needs[0].id, plane)


def _exclusions(case: Case, index: Index, plane: int) -> States:
    return all_of(index.states("exclusions", flag, plane) for flag in case.request.safety or ())


def _age(case: Case, index: Index, plane: int) -> States:
    assert case.request.age is not None
    return index.states("age", index.year(case.request.age), plane)


def _gender(case: Case, index: Index, plane: int) -> States:
    assert case.request.gender is not None
    return index.states("gender", case.request.gender, plane)


def _population(case: Case, index: Index, plane: int) -> States:
    nobody = index.states("population", "", plane)
    asked = sorted(case.population_ids)
    if not asked:
        return nobody
    each = [index.states("population", one, plane) for one in asked]
    if len(each) == 1:
        return each[0]
    # One group that is let out by name is enough; one of those it is only for is enough, too.
    let_in = all_of(index.states(EXCLUDED, one, plane) for one in asked)
    some = any_of((nobody, *each))
    return States(some.met & let_in.met, some.unknown & let_in.met, some.doubtful | let_in.doubtful)


def _language(case: Case, index: Index, plane: int) -> States:
    assert case.request.language is not None
    return index.states("language", case.request.language.id, plane)


def _payer(case: Case, index: Index, plane: int) -> States:
    return any_of(one_payer(case, index, payer, plane) for payer in case.payer_ids)


def one_payer(case: Case, index: Index, payer: str, plane: int) -> States:
    """The payer gate as if this payer alone had been asked."""
    if payer in STATE_PAYERS and case.state:
        home = index.set(f"home/{case.state}")
        here = index.states("payer", f"{payer} {HOME}", plane)
        there = index.states("payer", f"{payer} {ABROAD}", plane)
        return States(
            (here.met & home) | (there.met & ~home),
            (here.unknown & home) | (there.unknown & ~home),
            (here.doubtful & home) | (there.doubtful & ~home),
        )
    head, _, plan = payer.partition(":")
    known = index.bits(f"met/payer/{plane}/{payer}") is not None
    # Nobody lists a plan that isn't known: all such plans stand alike.
    return index.states("payer", payer if known or not plan else f"{head}:{OTHER}", plane)


FINDERS: dict[str, Finder] = {
    "status": _status,
    "level": _level,
    "need": _need,
    "exclusions": _exclusions,
    "age": _age,
    "gender": _gender,
    "population": _population,
    "payer": _payer,
    "language": _language,
}
