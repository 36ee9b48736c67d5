"""Which needs, payers and levels a catalog serves in which places, may serve, or can't: the gates' own word.

Every cell says what the gates of `find` say for one request (a need, a payer, a level, a place), counted over
the programs that anybody may enter. Programs limited to a group nobody named, and those of which that has to
be asked, are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final

from msgspec import structs

from opmatch.keeping.gap_areas import Area, concerns, request_for, where
from opmatch.keeping.gap_cells import Cell, Gaps, Open
from opmatch.matching.case import Case
from opmatch.matching.gates import PROGRAM_GATES, WAY_GATES
from opmatch.matching.ways import Way, ways
from opmatch.model.program import LEVELS, Level, Program
from opmatch.model.ranking import State
from opmatch.model.request import Request, Understood

Progress = Callable[[int, int], None]
CaseOf = Callable[[Request], Case]
STANDINGS: Final[dict[State, int]] = {"not_met": 0, "unknown": 1, "met": 2}
_PROGRAM_GATES: Final = {gate.name: gate for gate in PROGRAM_GATES}
_WAY_GATES: Final = {gate.name: gate for gate in WAY_GATES}
_APART: Final = ("population", "place", "payer")
_PROGRESS_EVERY: Final = 128  # programs


def gaps(
    programs: Sequence[Program],
    areas: Sequence[Area],
    request: Request,
    case_of: CaseOf,
    progress: Progress | None = None,
) -> Gaps:
    """The report for the needs, payers and levels of `request`; its other wishes hold for every cell."""
    levels = request.levels or LEVELS
    plain = structs.replace(request, needs=(), payers=(), levels=())
    entries: list[Open] = []
    cells: list[Cell] = []
    by_area = [(area, [one for one in programs if concerns(area, one)]) for area in areas]
    total, done = sum(len(found) for _, found in by_area), 0
    for area, found in by_area:
        asked = _Asked(area, plain, request.needs, request.payers, case_of)
        counts = {level: _Count(len(request.needs), len(request.payers)) for level in levels}
        for program in found:
            if progress is not None and done % _PROGRESS_EVERY == 0:
                progress(done, total)
            done += 1
            if program.level in counts:
                _judge(asked, program, counts[program.level])
        for level, count in counts.items():
            entries.append(count.entry(area.name, level))
            cells.extend(count.cells(area.name, level, request.needs, request.payers))
    return Gaps(
        places=tuple(area.name for area in areas),
        levels=tuple(levels),
        needs=request.needs,
        payers=request.payers,
        entries=tuple(entries),
        cells=tuple(cells),
    )


class _Count:
    """Counts of one level in one place, as they grow."""

    def __init__(self, needs: int, payers: int) -> None:
        self.programs = self.closed = self.ask_who = 0
        self.of = [[[0, 0, 0] for _ in range(payers)] for _ in range(needs)]

    def entry(self, place: str, level: Level) -> Open:
        return Open(
            place=place, level=level, programs=self.programs, closed=self.closed, ask_who=self.ask_who
        )

    def cells(
        self, place: str, level: Level, needs: Sequence[Understood], payers: Sequence[Understood]
    ) -> Iterable[Cell]:
        for need, row in zip(needs, self.of, strict=True):
            for payer, (cannot, may, served) in zip(payers, row, strict=True):
                yield Cell(
                    place=place,
                    level=level,
                    need=need.id,
                    payer=payer.id,
                    served=served,
                    may=may,
                    cannot=cannot,
                )


def _judge(asked: _Asked, program: Program, count: _Count) -> None:
    """Add one program to the counts of its level."""
    cases = asked.cases(program)
    if _PROGRAM_GATES["status"].judge(cases.base, program).state != "met":
        return
    reachable = [
        way
        for way in ways(cases.base, program)
        if not cases.place_asked or _WAY_GATES["place"].judge(cases.base, way).state != "not_met"
    ]
    if not reachable:
        return
    count.programs += 1
    entry = [_WAY_GATES["population"].judge(cases.base, way).state for way in reachable]
    open_ways = [way for way, state in zip(reachable, entry, strict=True) if state == "met"]
    if not open_ways:
        count.ask_who += "unknown" in entry
        count.closed += "unknown" not in entry
        return
    rest = [(way, cases.rest(way)) for way in open_ways]
    by_payer = [
        max(min(state, STANDINGS[_WAY_GATES["payer"].judge(case, way).state]) for way, state in rest)
        for case in cases.payers
    ]
    for case, row in zip(cases.needs, count.of, strict=True):
        need = STANDINGS[_PROGRAM_GATES["need"].judge(case, program).state]
        for payer, cell in zip(by_payer, row, strict=True):
            cell[min(need, payer)] += 1


class _Cases:
    """One request in all its variants: as it is, with each need, with each payer."""

    def __init__(
        self, base: Request, needs: Sequence[Understood], payers: Sequence[Understood], case_of: CaseOf
    ) -> None:
        self._request, self._needs, self._payers, self._case_of = base, needs, payers, case_of
        self.base = case_of(base)
        self.place_asked = _WAY_GATES["place"].asked(base)
        self._rest = [gate for gate in WAY_GATES if gate.name not in _APART and gate.asked(base)]

    @cached_property
    def needs(self) -> tuple[Case, ...]:
        return tuple(self._case_of(structs.replace(self._request, needs=(one,))) for one in self._needs)

    @cached_property
    def payers(self) -> tuple[Case, ...]:
        return tuple(self._case_of(structs.replace(self._request, payers=(one,))) for one in self._payers)

    def rest(self, way: Way) -> int:
        """The worst of the gates that hold for every cell, the place among them."""
        gates = [*self._rest, *([_WAY_GATES["place"]] if self.place_asked else [])]
        return min((STANDINGS[gate.judge(self.base, way).state] for gate in gates), default=STANDINGS["met"])


class _Asked:
    """What is asked of a program for one place, which for a state depends on where the program is."""

    def __init__(
        self,
        area: Area,
        plain: Request,
        needs: Sequence[Understood],
        payers: Sequence[Understood],
        case_of: CaseOf,
    ) -> None:
        self._area, self._plain, self._case_of = area, plain, case_of
        self._needs, self._payers = needs, payers
        self._known: dict[str, _Cases] = {}

    def cases(self, program: Program) -> _Cases:
        lies = where(self._area, program)
        if lies not in self._known:
            request = request_for(self._area, self._plain, lies)
            self._known[lies] = _Cases(request, self._needs, self._payers, self._case_of)
        return self._known[lies]
