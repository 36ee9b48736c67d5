"""Many people asked about the same programs: what hangs on part of a request is judged once for all who share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.criteria import CriterionRule
from opmatch.matching.gates import WayGate
from opmatch.matching.judge import Judge
from opmatch.matching.view import View
from opmatch.matching.ways import Way, ways
from opmatch.model.program import Program
from opmatch.model.ranking import State, Tier
from opmatch.model.request import Request

Part = Callable[[Request], Hashable]


def _ids(request: Request, *keys: str) -> Hashable:
    return tuple(tuple(term.id for term in getattr(request, key)) for key in keys)


def _wished(request: Request) -> Hashable:
    language = request.language.id if request.language else None
    return (language, _ids(request, "populations", "approaches", "services", "supports"))


def _state(request: Request) -> Hashable:
    return request.near.state if request.near else ""


_PROGRAM_PARTS: Final[dict[str, Part]] = {
    "status": lambda _: None,
    "level": lambda r: r.levels,
    "need": lambda r: r.needs[0].id,
    "exclusions": lambda r: r.safety,
}
# In the order they are asked here: what most people share comes first, what costs most last.
_WAY_PARTS: Final[dict[str, Part]] = {
    "payer": lambda r: (_ids(r, "payers"), _state(r)),
    "age": lambda r: r.age,
    "population": lambda r: _ids(r, "populations"),
    "gender": lambda r: r.gender,
    "language": lambda r: r.language and r.language.id,
    "capacity": lambda r: (r.start_by, r.waitlist),
    "must": lambda r: (r.must, _wished(r)),
    "place": lambda r: (r.near, r.within, r.delivery),
    "schedule": lambda r: (r.near, r.when, r.age),
}
_CRITERION_PARTS: Final[dict[str, Part]] = {
    "fit": lambda r: (_ids(r, "needs", "approaches"), r.age),
    "schedule": lambda r: (r.near, r.when, r.age),
    "availability": lambda _: None,
    "travel": lambda r: r.near,
    "cost": lambda r: (_ids(r, "payers"), _state(r)),
    "preferences": lambda r: (r.delivery, _wished(r)),
}
"""What each rule reads of a request; a test holds every answer against the judge, who knows nothing of this."""
_ORDER: Final = tuple(_WAY_PARTS)
_MOST_KEPT: Final = 2_000_000
"""Findings remembered; beyond, all are forgotten, which costs time and changes nothing."""

WayKey = tuple[int, str | None, str]
"""Where the program stands, the track, and the mode: which ways there are hangs on the request."""


class Admitted(NamedTuple):
    """A way to attend that no gate refuses, of the program at `at`; `unknown` are gates that have to be asked."""

    at: int
    way: Way
    tier: Tier
    score: int
    unknown: tuple[str, ...]


class Panel:
    """The same answers as a judge for each person gives, for people of one day whose cases share a formula."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = programs
        self._standing: dict[Hashable, tuple[State, ...]] = {}
        self._states: dict[Hashable, dict[WayKey, State]] = {}
        self._utilities: dict[Hashable, dict[WayKey, int]] = {}
        self._ways: dict[int, tuple[Way, ...]] = {}
        self._ways_for: Hashable = None
        self._kept = 0

    def admitted(self, case: Case) -> Iterator[Admitted]:
        """Every way to attend every program that isn't refused, in the order of the programs."""
        request, judge = case.request, Judge(case)
        self._begin(request)
        gates = [
            (gate, self._states.setdefault((gate.name, _WAY_PARTS[gate.name](request)), {}))
            for gate in sorted(judge.way_gates, key=lambda one: _ORDER.index(one.name))
        ]
        criteria = [
            (rule, self._utilities.setdefault((rule.name, _CRITERION_PARTS[rule.name](request)), {}), of)
            for rule, of in zip(judge.criteria, judge.shares, strict=True)
        ]
        named = [gate.name for gate in judge.program_gates]
        columns = [self._column(judge, place) for place in range(len(named))]
        for at, program in enumerate(self.programs):
            states = [column[at] for column in columns]
            if "not_met" in states or program.id in request.except_ids:
                continue
            own = tuple(name for name, state in zip(named, states, strict=True) if state == "unknown")
            for way in self._ways_of(case, at, program):
                key = (at, way.track_id, way.mode)
                asked = self._asked(case, way, key, gates)
                if asked is None:
                    continue
                unknown = own + asked
                score = sum(
                    (of * self._utility(case, way, key, rule, kept) + 5_000) // 10_000
                    for rule, kept, of in criteria
                )
                yield Admitted(at, way, "confirm" if unknown else "eligible", score, unknown)

    def _begin(self, request: Request) -> None:
        ways_for = (request.near, request.delivery)
        if ways_for != self._ways_for:
            self._ways, self._ways_for = {}, ways_for
        if self._kept > _MOST_KEPT:
            self._states, self._utilities, self._kept = {}, {}, 0

    def _column(self, judge: Judge, place: int) -> tuple[State, ...]:
        """What one gate about programs as a whole finds of each of them."""
        gate, case = judge.program_gates[place], judge.case
        key = (gate.name, _PROGRAM_PARTS[gate.name](case.request))
        if key not in self._standing:
            self._standing[key] = tuple(gate.judge(case, program).state for program in self.programs)
        return self._standing[key]

    def _ways_of(self, case: Case, at: int, program: Program) -> tuple[Way, ...]:
        found = self._ways.get(at)
        if found is None:
            found = self._ways[at] = ways(case, program)
        return found

    def _asked(
        self, case: Case, way: Way, key: WayKey, gates: list[tuple[WayGate, dict[WayKey, State]]]
    ) -> tuple[str, ...] | None:
        """The gates that leave something to ask; None where one of them refuses."""
        unknown: tuple[str, ...] = ()
        for gate, kept in gates:
            state = kept.get(key)
            if state is None:
                state = kept[key] = gate.judge(case, way).state
                self._kept += 1
            if state == "not_met":
                return None
            if state == "unknown":
                unknown = (*unknown, gate.name)
        return unknown

    def _utility(
        self, case: Case, way: Way, key: WayKey, rule: CriterionRule, kept: dict[WayKey, int]
    ) -> int:
        """In ten-thousandths, as points are made of it."""
        found = kept.get(key)
        if found is None:
            found = kept[key] = round(rule.judge(case, way, View()).utility * 10_000)
            self._kept += 1
        return found
