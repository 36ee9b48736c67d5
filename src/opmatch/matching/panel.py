"""Many people asked about the same programs: what they share of their requests is judged once for all."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.criteria import CriterionRule
from opmatch.matching.gates import ProgramGate, WayGate
from opmatch.matching.judge import Judge
from opmatch.matching.near import missed, near_misses
from opmatch.matching.notices import MINOR_UNDER
from opmatch.matching.verdict import Verdict
from opmatch.matching.view import View
from opmatch.matching.ways import Way, ways
from opmatch.model.program import Mode, Program
from opmatch.model.ranking import NearMiss, State, Tier
from opmatch.model.request import Request

Part = Callable[[Case], Hashable]


def _treatment(case: Case) -> Hashable:
    """The needs with the approaches that count for them at the client's age."""
    return tuple((look.need.id, tuple(look.approaches)) for look in case.needs)


def _times(case: Case) -> Hashable:
    request = case.request
    return (request.near, request.when, request.age is not None and request.age < MINOR_UNDER)


def _ids(request: Request, *keys: str) -> Hashable:
    return tuple(tuple(term.id for term in getattr(request, key)) for key in keys)


def _wished(request: Request) -> Hashable:
    language = request.language.id if request.language else None
    return (language, _ids(request, "populations", "approaches", "services", "supports"))


_PROGRAM_PARTS: Final[dict[str, Part]] = {
    "status": lambda _: None,
    "level": lambda c: c.request.levels,
    "need": lambda c: c.request.needs[0].id,
    "exclusions": lambda c: c.request.safety,
}
# Those that hang on where or how old somebody is come after those that many people share.
_SHARED_PARTS: Final[dict[str, Part]] = {
    "payer": lambda c: (_ids(c.request, "payers"), c.state),
    "population": lambda c: _ids(c.request, "populations"),
    "gender": lambda c: c.request.gender,
    "language": lambda c: c.request.language and c.request.language.id,
    "capacity": lambda c: (c.request.start_by, c.request.waitlist),
    "must": lambda c: (c.request.must, _wished(c.request)),
}
_OWN_PARTS: Final[dict[str, Part]] = {
    "age": lambda c: c.request.age,
    "place": lambda c: (c.request.near, c.request.within, c.request.delivery),
    "schedule": _times,
}
_CRITERION_PARTS: Final[dict[str, Part]] = {
    "fit": _treatment,
    "schedule": _times,
    "availability": lambda _: None,
    "travel": lambda c: c.request.near,
    "cost": lambda c: (_ids(c.request, "payers"), c.state),
    "preferences": lambda c: (c.request.delivery, _wished(c.request)),
}
"""What each rule reads of a request; a test holds the answers against the judge, who knows none of this."""
_MOST_KEPT: Final = 2_000_000
"""Findings remembered; beyond, all are forgotten, which costs time and changes nothing."""

WayKey = tuple[int, str | None, Mode]
"""Where the program stands, the track, and the mode: which ways there are hangs on the request."""
States = dict[WayKey, State]


class Admitted(NamedTuple):
    """A way to attend that no gate refuses; `unknown` are gates that have to be asked."""

    way: Way
    tier: Tier
    score: int
    unknown: tuple[str, ...]


class _Rule(NamedTuple):
    """A gate asked about a way to attend, whatever it looks at."""

    judge: Callable[[Case, Way], Verdict]

    @staticmethod
    def of_program(gate: ProgramGate) -> _Rule:
        return _Rule(lambda case, way: gate.judge(case, way.program))


class Panel:
    """The same answers as a judge for each person gives, for people of one day.

    Fastest where people of one place are asked about one after the other.
    """

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = programs
        self._standing: dict[Hashable, tuple[State, ...]] = {}
        self._states: dict[Hashable, States] = {}
        self._utilities: dict[Hashable, dict[WayKey, int]] = {}
        self._through: dict[Hashable, list[tuple[WayKey, tuple[str, ...]]]] = {}
        self._keys: dict[Hashable, dict[int, list[WayKey]]] = {}
        self._ways: dict[WayKey, Way] = {}
        self._ways_of: set[int] = set()
        self._ways_for: Hashable = None
        self._kept = 0

    def admitted(self, case: Case) -> Iterator[Admitted]:
        """Every way to attend every program that isn't refused, in the order of the programs."""
        judge = Judge(case)
        self._begin(case)
        gates = self._gates(judge, _OWN_PARTS)
        criteria = [
            (rule, self._utilities.setdefault((rule.name, _CRITERION_PARTS[rule.name](case)), {}), of)
            for rule, of in zip(judge.criteria, judge.shares, strict=True)
        ]
        left_out = case.request.except_ids
        for key, unknown in self._through_shared(judge):
            if left_out and self.programs[key[0]].id in left_out:
                continue
            asked = self._asked(case, key, gates)
            if asked is None:
                continue
            unknown += asked
            score = sum(
                (of * self._utility(case, key, rule, kept) + 5_000) // 10_000 for rule, kept, of in criteria
            )
            yield Admitted(self._way(case, key), "confirm" if unknown else "eligible", score, unknown)

    def nearest_miss(self, case: Case) -> NearMiss | None:
        """The first near miss that a ranking of these programs would tell, None where there is none."""
        judge = Judge(case)
        self._begin(case)
        nearest: tuple[float, dict[int, None]] = (math.inf, {})
        for key, rule in self._nearly(judge):
            relax = rule.judge(case, self._way(case, key)).relax
            found = relax() if relax else None
            if found is not None and found.move < nearest[0]:
                nearest = (found.move, {key[0]: None})
            elif found is not None and found.move == nearest[0]:
                nearest[1][key[0]] = None
        programs = [self.programs[at] for at in nearest[1]]
        misses = [one for program in programs for one in missed(judge.candidates(program, most_failures=1))]
        return next(iter(near_misses(judge, misses, 1)), None)

    def _nearly(self, judge: Judge) -> Iterator[tuple[WayKey, _Rule]]:
        """The ways that one gate alone refuses, with that gate, of programs all ways of which are refused."""
        case = judge.case
        columns = [self._column(judge, place) for place in range(len(judge.program_gates))]
        gates = [*self._gates(judge, _SHARED_PARTS), *self._gates(judge, _OWN_PARTS)]
        keys = self._keys.setdefault((case.request.delivery, case.state), {})
        for at, program in enumerate(self.programs):
            refused: list[_Rule] = [
                _Rule.of_program(gate)
                for gate, column in zip(judge.program_gates, columns, strict=True)
                if column[at] == "not_met"
            ]
            if len(refused) > 1 or program.id in case.request.except_ids:
                continue
            if at not in keys:
                keys[at] = self._make_ways(case, at)
            nearly: list[tuple[WayKey, _Rule]] = []
            for key in keys[at]:
                by = list(refused)
                for gate, kept in gates:
                    if self._state(case, key, gate, kept) == "not_met":
                        by.append(_Rule(gate.judge))
                        if len(by) > 1:
                            break
                if not by:
                    break
                if len(by) == 1:
                    nearly.append((key, by[0]))
            else:
                yield from nearly

    def _begin(self, case: Case) -> None:
        ways_for = (case.request.near, case.request.delivery)
        if ways_for != self._ways_for:
            self._ways, self._ways_of, self._ways_for = {}, set(), ways_for
        if self._kept > _MOST_KEPT:
            self._states, self._utilities, self._through, self._kept = {}, {}, {}, 0

    def _gates(self, judge: Judge, parts: dict[str, Part]) -> list[tuple[WayGate, States]]:
        asked = {gate.name: gate for gate in judge.way_gates}
        return [
            (asked[name], self._states.setdefault((name, part(judge.case)), {}))
            for name, part in parts.items()
            if name in asked
        ]

    def _through_shared(self, judge: Judge) -> list[tuple[WayKey, tuple[str, ...]]]:
        """The ways that come through all gates many people share, with those of them that must be asked."""
        case = judge.case
        parts = [(gate.name, _PROGRAM_PARTS[gate.name](case)) for gate in judge.program_gates]
        asked = {gate.name for gate in judge.way_gates}
        parts += [(name, part(case)) for name, part in _SHARED_PARTS.items() if name in asked]
        # Which ways there are hangs on these two.
        whole = (case.request.delivery, case.state, tuple(parts))
        if whole not in self._through:
            self._through[whole] = list(self._ask_shared(judge))
            self._kept += len(self._through[whole])
        return self._through[whole]

    def _ask_shared(self, judge: Judge) -> Iterator[tuple[WayKey, tuple[str, ...]]]:
        names = [gate.name for gate in judge.program_gates]
        columns = [self._column(judge, place) for place in range(len(names))]
        gates = self._gates(judge, _SHARED_PARTS)
        for at in range(len(self.programs)):
            states = [column[at] for column in columns]
            if "not_met" in states:
                continue
            own = tuple(name for name, state in zip(names, states, strict=True) if state == "unknown")
            for key in self._make_ways(judge.case, at):
                asked = self._asked(judge.case, key, gates)
                if asked is not None:
                    yield key, own + asked

    def _column(self, judge: Judge, place: int) -> tuple[State, ...]:
        """What one gate about programs as a whole finds of each of them."""
        gate, case = judge.program_gates[place], judge.case
        key = (gate.name, _PROGRAM_PARTS[gate.name](case))
        if key not in self._standing:
            self._standing[key] = tuple(gate.judge(case, program).state for program in self.programs)
        return self._standing[key]

    def _make_ways(self, case: Case, at: int) -> list[WayKey]:
        made = {(at, way.track_id, way.mode): way for way in ways(case, self.programs[at])}
        self._ways |= made
        self._ways_of.add(at)
        return list(made)

    def _way(self, case: Case, key: WayKey) -> Way:
        if key[0] not in self._ways_of:
            self._make_ways(case, key[0])
        return self._ways[key]

    def _asked(self, case: Case, key: WayKey, gates: list[tuple[WayGate, States]]) -> tuple[str, ...] | None:
        """The gates that leave something to ask; None where one of them refuses."""
        unknown: tuple[str, ...] = ()
        for gate, kept in gates:
            state = self._state(case, key, gate, kept)
            if state == "not_met":
                return None
            if state == "unknown":
                unknown += (gate.name,)
        return unknown

    def _state(self, case: Case, key: WayKey, gate: WayGate, kept: States) -> State:
        state = kept.get(key)
        if state is None:
            state = kept[key] = gate.judge(case, self._way(case, key)).state
            self._kept += 1
        return state

    def _utility(self, case: Case, key: WayKey, rule: CriterionRule, kept: dict[WayKey, int]) -> int:
        """In ten-thousandths, as points are made of it."""
        found = kept.get(key)
        if found is None:
            found = kept[key] = round(rule.judge(case, self._way(case, key), View()).utility * 10_000)
            self._kept += 1
        return found
