"""Near misses of one request, and the smallest changes to it that would admit programs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.gates.timing import more_time
from opmatch.matching.judge import Candidate, Judge
from opmatch.matching.pool import Beyond
from opmatch.matching.summary import summarize
from opmatch.matching.verdict import Relax
from opmatch.matching.words import counted, duration, listing, names
from opmatch.model.program import Program
from opmatch.model.ranking import FailedGate, NearMiss, Relaxation
from opmatch.model.week import Week

KEY_ORDER = ("within", "when", "start_by", "waitlist", "delivery", "must", "levels", "payers")
"""The request keys a relaxation may change, in the order they are told."""


ENOUGH = 3
"""Programs that make a relaxation worth telling beside the one that admits a single program."""


class Missed(Struct, frozen=True):
    """A program out by exactly one gate in one way to attend, and the change that would admit it."""

    program: Program
    candidate: Candidate
    relax: Relax


def missed(judge: Judge, candidates: Iterable[Candidate]) -> tuple[Missed, ...]:
    """One entry per way to attend that fails exactly one gate which can be relaxed."""
    found: list[Missed] = []
    for candidate in candidates:
        failed = candidate.failed
        if len(failed) != 1:
            continue
        verdict = judge.verdict(candidate, failed[0])
        relax = verdict.relax() if verdict.relax else None
        if relax is not None:
            found.append(Missed(candidate.way.program, candidate, relax))
    return tuple(found)


def missed_beyond(
    judge: Judge, beyond: Iterable[Beyond], others: Sequence[Missed], limit: int
) -> list[Missed]:
    """Near misses by distance, the nearest first, as far as an answer could tell them.

    That is until `limit` programs, `others` among them, are missed by less than the next one is, and until
    what going farther would add is settled without it.
    """
    within, found = judge.case.request.within, list[Missed]()
    if within is None:
        return found
    nearest, reached = _Least(max(limit, 1)), _Least(ENOUGH)
    _note(nearest, reached, others)
    for one in beyond:
        move = (one.miles - within) / judge.case.formula.moves["within"]
        if nearest.is_full_below(move) and reached.is_full_below(math.ceil(one.miles)):
            break
        more = missed(judge, judge.candidates(one.program(), most_failures=1))
        found.extend(more)
        _note(nearest, reached, more)
    return found


def _note(nearest: _Least, reached: _Least, some: Sequence[Missed]) -> None:
    nearest.add((one.program.id, one.relax.move) for one in some)
    farther = (one for one in some if one.relax.change.keys() == {"within"})
    reached.add((one.program.id, one.relax.change["within"]) for one in farther)


class _Least:
    """The least values of so many programs, each program's own least."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._of: dict[str, float] = {}
        self._top: list[float] = []

    def add(self, values: Iterable[tuple[str, float]]) -> None:
        changed = False
        for program, value in values:
            if value < self._of.get(program, math.inf):
                self._of[program] = value
                changed = True
        if changed:
            self._top = sorted(self._of.values())[: self._most]

    def is_full_below(self, value: float) -> bool:
        """Whether there are as many programs as wanted with a lesser value."""
        return len(self._top) == self._most and self._top[-1] < value


def near_misses(judge: Judge, found: Iterable[Missed], limit: int) -> tuple[NearMiss, ...]:
    """Each program by its smallest move; the smallest first, then the higher score, then id."""
    nearest: dict[str, tuple[float, int, str, Missed]] = {}
    for one in _smallest_moves(found, limit):
        score = judge.outline(one.candidate).score
        key = (one.relax.move, -score, one.candidate.way.track_id or "", one)
        at = nearest.get(one.program.id)
        if at is None or key[:3] < at[:3]:
            nearest[one.program.id] = key
    order = sorted(nearest.values(), key=lambda entry: (entry[0], entry[1], entry[3].program.id))
    return tuple(_near_miss(judge, one, -minus_score) for _, minus_score, _, one in order[:limit])


def _smallest_moves(found: Iterable[Missed], limit: int) -> list[Missed]:
    """Those that can be among the first `limit` programs by their move alone: only these need a score."""
    least: dict[str, float] = {}
    every = list(found)
    for one in every:
        least[one.program.id] = min(one.relax.move, least.get(one.program.id, one.relax.move))
    if limit <= 0 or not least:
        return []
    most = sorted(least.values())[:limit][-1]
    return [one for one in every if one.relax.move == least[one.program.id] <= most]


def _near_miss(judge: Judge, one: Missed, score: int) -> NearMiss:
    gate = one.candidate.failed[0]
    said = judge.verdict(one.candidate, gate).say()
    failed = FailedGate(gate=gate.name, reason=said.reason, wanted=said.wanted, actual=said.actual)
    return NearMiss(program=summarize(one.program), score=score, failed=(failed,), relax=one.relax.change)


def relaxations(judge: Judge, found: Iterable[Missed]) -> tuple[Relaxation, ...]:
    """Per key, the smallest values that admit one and three programs."""
    by_key: dict[str, list[_Wanted]] = {}
    for one in found:
        if len(one.relax.change) == 1:
            by_key.setdefault(next(iter(one.relax.change)), []).append(_Wanted.of(one))
    out: list[Relaxation] = []
    for key in KEY_ORDER:
        wanted = sorted(by_key.get(key, []), key=lambda one: (one.relax.move, one.program.id, str(one.relax)))
        for relax in _smallest(judge.case, wanted):
            admitted = _admitted(relax, wanted)
            text = change_words(judge.case, relax, admitted)
            out.append(Relaxation(change=relax.change, adds=len(admitted), text=text))
    return tuple(out[: judge.case.formula.most_relaxations])


class _Wanted(Struct, frozen=True):
    """A change that would admit one program; `minutes` has a bit for each free minute it asks for."""

    relax: Relax
    program: Program
    minutes: int

    @staticmethod
    def of(one: Missed) -> _Wanted:
        return _Wanted(one.relax, one.program, _bits(one.relax))


def _bits(relax: Relax) -> int:
    return 0 if relax.week is None else relax.week.bits


def _smallest(case: Case, wanted: list[_Wanted]) -> list[Relax]:
    """The smallest change that admits any program, and the smallest that admits three."""
    if not wanted:
        return []
    first = wanted[0].relax
    three = next((one.relax for one in wanted if len(_admitted(one.relax, wanted)) >= ENOUGH), None)
    if three is None and first.week is not None:
        three = _together(case, wanted)
    return [first] if three is None or three.change == first.change else [first, three]


def _together(case: Case, wanted: list[_Wanted]) -> Relax | None:
    """The free time that the first three programs need between them."""
    by_program: dict[str, Week] = {}
    for one in wanted:
        if one.relax.week is not None:
            by_program.setdefault(one.program.id, one.relax.week)
    if len(by_program) < ENOUGH:
        return None
    weeks = list(by_program.values())[:ENOUGH]
    return more_time(case, Week.of(span for week in weeks for span in week.spans))


def _admitted(relax: Relax, wanted: list[_Wanted]) -> dict[str, Program]:
    """The programs that ask for no more than `relax` gives."""
    ((key, most),) = relax.change.items()
    if relax.week is not None:
        free = relax.week.bits
        return {one.program.id: one.program for one in wanted if one.minutes & ~free == 0}
    at_most = key in ("within", "start_by")
    return {
        one.program.id: one.program
        for one in wanted
        if one.relax.change[key] == most or (at_most and one.relax.change[key] <= most)
    }


def change_words(case: Case, relax: Relax, admitted: dict[str, Program]) -> str:
    """One relaxation as a sentence; a single program is named."""
    ((key, value),) = relax.change.items()
    would = f"would add {counted(len(admitted), 'program')}"
    if len(admitted) == 1:
        (program,) = admitted.values()
        would += f": {program.name}{' (fictional)' if program.origin.sample else ''}"
    would += "."
    if key == "within":
        return f"Looking within {value} mi {would}"
    if key == "when":
        assert relax.week is not None
        assert case.request.when is not None
        more = relax.week.minutes - case.request.when.minutes
        return f"{duration(more)} more of free time a week ({'; '.join(value)}) {would}"
    if key == "start_by":
        return f"Starting as late as {value} {would}"
    if key == "waitlist":
        return f"Accepting a place on a waitlist {would}"
    if key == "delivery":
        return f"Allowing both in-person and virtual care {would}"
    if key == "must":
        kept = f", keeping {listing(value)}" if value else ""
        return f"Making the missing must a wish{kept} {would}"
    if key == "levels":
        levels = names(case, "level", value)
        return f"Including {levels} {would} The level of care is for a clinician to decide."
    return f"Paying by {case.vocabulary.label('payer', value[-1]).lower()} {would}"
