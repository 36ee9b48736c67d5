"""Which needs, payers and levels a catalog serves in which places, may serve, or can't: the gates' own word.

Every cell says what the gates of `find` say for one request (a need, a payer, a level, a place), counted over
the programs that anybody may enter. Programs limited to a group nobody named, and those of which that has to
be asked, are counted apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct, structs

from opmatch.matching.case import Case
from opmatch.matching.gates import PROGRAM_GATES, WAY_GATES
from opmatch.matching.ways import Way, ways
from opmatch.model.program import LEVELS, Level, Point, Program, Tri
from opmatch.model.ranking import State
from opmatch.model.request import Place, Request, Understood

Progress = Callable[[int, int], None]
CaseOf = Callable[[Request], Case]
STANDINGS: Final[dict[State, int]] = {"not_met": 0, "unknown": 1, "met": 2}
_ANYWHERE_MILES: Final = 25_000.0  # farther than any two places are
_CENTRE: Final = Point(39.8, -98.6)  # of the United States; who asks for a state asks for no distance
_PROGRAM_GATES: Final = {gate.name: gate for gate in PROGRAM_GATES}
_WAY_GATES: Final = {gate.name: gate for gate in WAY_GATES}
_APART: Final = ("population", "place", "payer")
_PROGRESS_EVERY: Final = 128  # programs


class Cell(Struct, frozen=True, kw_only=True):
    """Programs of one level in one place: by the gates eligible, good if confirmed, or out."""

    place: str
    level: Level
    need: str
    payer: str
    served: int
    may: int
    cannot: int


class Open(Struct, frozen=True, kw_only=True):
    """Active programs of a level that can be reached in a place; `closed` and `ask_who` are in no cell."""

    place: str
    level: Level
    programs: int
    closed: int
    ask_who: int


class Gaps(Struct, frozen=True, kw_only=True):
    """Cells in the order of places, levels, needs and payers."""

    places: tuple[str, ...]
    levels: tuple[Level, ...]
    needs: tuple[Understood, ...]
    payers: tuple[Understood, ...]
    entries: tuple[Open, ...]
    cells: tuple[Cell, ...]


class Area(Struct, frozen=True, kw_only=True):
    """A place to report on: a state where `state` is given, else what is within reach of `near`."""

    name: str
    state: str = ""
    near: Place | None = None
    within: float | None = None


def areas_of(programs: Iterable[Program]) -> tuple[Area, ...]:
    """The states in which sites are."""
    states = {one.site.state for one in programs if one.site is not None and one.site.state}
    return tuple(Area(name=state, state=state) for state in sorted(states))


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
    by_area = [(area, [one for one in programs if _concerns(area, one)]) for area in areas]
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


def _concerns(area: Area, program: Program) -> bool:
    """Whether the gates need to be asked at all: a state's own programs, and virtual ones licensed there."""
    if not area.state:
        return True
    if program.site is not None and program.site.state == area.state:
        return True
    return program.virtual is not Tri.NO and area.state in (program.licensed_states or ())


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
        self._area, self._plain, self._needs, self._payers, self._case_of = (
            area,
            plain,
            needs,
            payers,
            case_of,
        )
        self._known: dict[str, _Cases] = {}

    def cases(self, program: Program) -> _Cases:
        where = self._where(program)
        if where not in self._known:
            request = request_for(self._area, self._plain, where)
            self._known[where] = _Cases(request, self._needs, self._payers, self._case_of)
        return self._known[where]

    def _where(self, program: Program) -> str:
        return where(self._area, program)


def where(area: Area, program: Program) -> str:
    """How a program lies to a place: "near" it, in the state ("here", or "unlocated"), or "elsewhere"."""
    if not area.state:
        return "near"
    site = program.site
    if site is None or site.state != area.state:
        return "elsewhere"
    return "here" if site.point is not None else "unlocated"


def request_for(area: Area, plain: Request, where: str) -> Request:
    """The request a client of that place makes. Across a state no distance counts; from elsewhere only
    virtual care does; a site of the state that can't be located is in it all the same."""
    if where == "near":
        return structs.replace(plain, near=area.near, within=area.within)
    if where == "unlocated":
        return plain
    place = Place(text=area.state, point=_CENTRE, state=area.state)
    request = structs.replace(plain, near=place, within=_ANYWHERE_MILES)
    return request if where == "here" else structs.replace(request, delivery="virtual")


def unserved(report: Gaps) -> Mapping[tuple[Level, str, str], tuple[str, ...]]:
    """(level, need, payer) to the places where nobody serves it for sure."""
    found: dict[tuple[Level, str, str], list[str]] = {}
    for cell in report.cells:
        if cell.served == 0:
            found.setdefault((cell.level, cell.need, cell.payer), []).append(cell.place)
    return {key: tuple(places) for key, places in found.items()}
