"""Programs to the pieces of an index: their order, their places, and a set of rows for every finding."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from math import floor

from msgspec.structs import replace

from opmatch.matching.case import Case
from opmatch.matching.formula import Formula
from opmatch.matching.gates import PROGRAM_GATES, WAY_GATES
from opmatch.matching.index import bits
from opmatch.matching.index.axes import EXCLUDED_AXIS, PROGRAM_AXES, WAY_AXES, Axis, Question, place_in
from opmatch.matching.index.sets import AWAY, BANDS_PER_DEGREE, Band, States, name_of
from opmatch.matching.payers import home_state
from opmatch.matching.ways import blocks, way_of, ways
from opmatch.model.program import Point, Populations, Program, Track, Tri
from opmatch.model.request import Place, Request
from opmatch.vocabulary.terms import Vocabulary

_EARLY, _LATE = dt.date(1, 1, 1), dt.date(9999, 12, 31)
_ANYWHERE = Place(text="", point=Point(0.0, 0.0))

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Built:
    """`rows` are the programs in the order of the index; sets are by name, equal to what `reading` asks."""

    rows: tuple[Program, ...]
    bands: tuple[Band, ...]
    points: dict[int, tuple[array[float], array[float]]]
    planes: int
    years: tuple[int, ...]
    states: dict[str, States]
    sets: dict[str, int]


def build(
    programs: Sequence[Program], vocabulary: Vocabulary, formula: Formula, report: Report | None = None
) -> Built:
    """The index of `programs`; `report` is called with steps done and steps in all."""
    rows = tuple(sorted(programs, key=_position))
    planes = max((len(blocks(program)) for program in rows), default=1)
    ask = _Asking(vocabulary, formula)
    states: dict[str, States] = {}
    years: set[int] = set()
    steps = len(PROGRAM_AXES) + (len(WAY_AXES) + 1) * planes + 1
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if report is not None:
            report(done, steps)

    for axis in PROGRAM_AXES:
        _add(states, ask, axis, rows, 0)
        step()
    for axis in (*WAY_AXES, EXCLUDED_AXIS):
        questions = ask.questions(axis, rows)
        if axis.gate == "age":
            years = {int(question.key) for question in questions}
        for plane in range(planes):
            _add(states, ask, axis, rows, plane, questions)
            step()
    sets = _sets(rows, planes, ask)
    step()
    bands, points = _bands(rows)
    return Built(rows, bands, points, planes, tuple(sorted(years)), states, sets)


def _point(program: Program) -> Point | None:
    return program.site.point if program.site is not None else None


def _position(program: Program) -> tuple[int, float, str]:
    point = _point(program)
    if point is None:
        return (1 << 30, 0.0, program.id)
    return (floor(point.latitude * BANDS_PER_DEGREE), point.longitude, program.id)


def _bands(
    rows: Sequence[Program],
) -> tuple[tuple[Band, ...], dict[int, tuple[array[float], array[float]]]]:
    bands: list[Band] = []
    points: dict[int, tuple[array[float], array[float]]] = {}
    for row, program in enumerate(rows):
        point = _point(program)
        if point is None:
            break
        number = floor(point.latitude * BANDS_PER_DEGREE)
        if not bands or bands[-1].number != number:
            bands.append(Band(number, row, row))
            points[number] = (array("d"), array("d"))
        bands[-1] = replace(bands[-1], end=row + 1)
        latitudes, longitudes = points[number]
        latitudes.append(point.latitude)
        longitudes.append(point.longitude)
    return tuple(bands), points


def _sets(rows: Sequence[Program], planes: int, ask: _Asking) -> dict[str, int]:
    """Who has so many blocks, where programs are, where they are licensed, in which modes one may attend."""
    found: dict[str, list[int]] = {"in-person": [], "virtual": [], "perhaps-virtual": []}
    found |= {f"block/{plane}": [] for plane in range(planes)}
    modes: dict[Hashable, tuple[frozenset[str], frozenset[str]]] = {}
    for row, program in enumerate(rows):
        for plane in range(len(blocks(program))):
            found[f"block/{plane}"].append(row)
        site = program.site.state if program.site is not None else ""
        found.setdefault(f"site/{site}", []).append(row)
        found.setdefault(f"home/{home_state(program) or ''}", []).append(row)
        for state in (None,) if program.licensed_states is None else program.licensed_states:
            found.setdefault(f"licensed/{state or ''}", []).append(row)
        kind: tuple[Hashable, ...] = (program.in_person, program.virtual, program.appointments is None)
        kind += tuple((track.in_person, track.virtual) for track in program.tracks)
        if kind not in modes:
            modes[kind] = ask.modes(program)
        anyway, asked = modes[kind]
        if "in-person" in anyway | asked:
            found["in-person"].append(row)
        if "virtual" in anyway:
            found["virtual"].append(row)
        elif "virtual" in asked:
            found["perhaps-virtual"].append(row)
    return {name: bits.of_rows(some, len(rows)) for name, some in found.items()}


@dataclass
class _Facet:
    program: Program
    track: Track | None
    rows: list[int] = field(default_factory=list)


def _facets(axis: Axis, rows: Sequence[Program], plane: int) -> list[_Facet]:
    """The programs by what the axis reads of them in their block of number `plane`."""
    found: dict[Hashable, _Facet] = {}
    for row, program in enumerate(rows):
        track = None
        if plane or program.tracks:
            own = blocks(program)
            if plane >= len(own):
                continue
            track = own[plane]
        facet = axis.facet(program, track)
        one = found.get(facet)
        if one is None:
            one = found[facet] = _Facet(program, track)
        one.rows.append(row)
    return list(found.values())


def _add(
    states: dict[str, States],
    ask: _Asking,
    axis: Axis,
    rows: Sequence[Program],
    plane: int,
    questions: Sequence[Question] | None = None,
) -> None:
    facets = _facets(axis, rows, plane)
    if questions is None:
        questions = list(axis.questions(ask.vocabulary, [(one.program, one.track) for one in facets]))
    sets = [_Rows(one.rows, len(rows)) for one in facets]
    for question in questions:
        by_state: dict[str, list[_Rows]] = {}
        for one, own in zip(facets, sets, strict=True):
            by_state.setdefault(ask(axis.gate, question, one.program, one.track), []).append(own)
        found = {state: _together(some, len(rows)) for state, some in by_state.items()}
        states[name_of(axis.gate, question.key, plane)] = States(
            found.get("met", 0), found.get("unknown", 0), found.get("doubtful", 0)
        )


class _Rows:
    """Some rows as they are cheapest to put together: few as a list, many as bits."""

    def __init__(self, rows: list[int], count: int) -> None:
        self.few = rows if len(rows) * 64 < count else None
        self.bits = 0 if self.few is not None else bits.of_rows(rows, count)


def _together(some: list[_Rows], count: int) -> int:
    found = bits.of_rows((row for one in some if one.few is not None for row in one.few), count)
    for one in some:
        found |= one.bits
    return found


class _Asking:
    """Asks the gates themselves."""

    def __init__(self, vocabulary: Vocabulary, formula: Formula) -> None:
        self.vocabulary = vocabulary
        self._formula = formula
        self._cases: dict[tuple[str, str, str, dt.date], Case] = {}
        self._program_gates = {gate.name: gate.judge for gate in PROGRAM_GATES}
        self._way_gates = {gate.name: gate.judge for gate in WAY_GATES}

    def __call__(self, gate: str, question: Question, program: Program, track: Track | None) -> str:
        state = ""
        if question.home is True:
            state = home_state(program) or ""
        elif question.home is False:
            state = AWAY
        if gate == EXCLUDED_AXIS.gate:
            program, track, gate = _let_in(program), track and _let_in_track(track), "population"
        found = self._judge(gate, question, state, _EARLY, program, track)
        if gate == "payer" and found != self._judge(gate, question, state, _LATE, program, track):
            return "doubtful"
        return found

    def questions(self, axis: Axis, rows: Sequence[Program]) -> list[Question]:
        members = [(program, track) for program in rows for track in blocks(program)]
        return list(axis.questions(self.vocabulary, members))

    def modes(self, program: Program) -> tuple[frozenset[str], frozenset[str]]:
        """The modes one may attend in, with no wish and with the wish for virtual care."""
        plain = self._case(Request(as_of=_EARLY))
        wish = self._case(Request(as_of=_EARLY, delivery="virtual"))
        return frozenset(one.mode for one in ways(plain, program)), frozenset(
            one.mode for one in ways(wish, program)
        )

    def _judge(
        self, gate: str, question: Question, state: str, day: dt.date, program: Program, track: Track | None
    ) -> str:
        key = (gate, question.key, state, day)
        case = self._cases.get(key)
        if case is None:
            near = place_in(state, _ANYWHERE) if state else None
            case = self._case(Request(as_of=day, near=near, **question.request))
            self._cases[key] = case
        if gate in self._program_gates:
            return self._program_gates[gate](case, program).state
        way = way_of(case, program, track, "in-person", Tri.YES, None)
        return self._way_gates[gate](case, way).state

    def _case(self, request: Request) -> Case:
        return Case(request, self.vocabulary, self._formula, lambda theirs, ours: 0)


def _open(groups: Populations) -> Populations:
    return replace(groups, only=(), only_unknown=False)


def _let_in(program: Program) -> Program:
    return replace(program, populations=_open(program.populations))


def _let_in_track(track: Track) -> Track:
    return track if track.populations is None else replace(track, populations=_open(track.populations))


def pieces(built: Built) -> Iterator[tuple[str, int]]:
    """Every set of rows by name."""
    for name, one in built.states.items():
        yield f"met/{name}", one.met
        yield f"unknown/{name}", one.unknown
        yield f"doubtful/{name}", one.doubtful
    for name, some in built.sets.items():
        yield f"set/{name}", some
