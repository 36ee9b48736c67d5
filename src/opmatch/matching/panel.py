"""Many people asked about the same programs: what they share of their requests is judged once for all."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from typing import Final, NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.criteria import CriterionRule
from opmatch.matching.gates import WayGate
from opmatch.matching.judge import Judge
from opmatch.matching.near import missed, near_misses
from opmatch.matching.parts import CRITERION_PARTS, OWN_PARTS, PROGRAM_PARTS, SHARED_PARTS, Part
from opmatch.matching.verdict import Relax, Verdict
from opmatch.matching.view import View
from opmatch.matching.ways import Way, ways
from opmatch.model.program import Mode, Program
from opmatch.model.ranking import NearMiss, State, Tier

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


class _ShortOf(NamedTuple):
    """Ways with nothing against them so far, by program; and those in need of a change, smallest first."""

    once: list[tuple[int, list[WayKey]]]
    twice: list[tuple[WayKey, Relax]]


class _Nearest:
    """The smallest move known to let a program in, and the programs it is known of."""

    def __init__(self) -> None:
        self.move = math.inf
        self.programs: dict[int, None] = {}

    def take(self, at: int, change: Relax) -> None:
        if change.move < self.move:
            self.move, self.programs = change.move, {}
        if change.move == self.move:
            self.programs[at] = None


def _change(verdict: Verdict) -> Relax | None:
    return verdict.relax() if verdict.relax else None


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
        self._short: dict[Hashable, _ShortOf] = {}
        self._ways: dict[WayKey, Way] = {}
        self._ways_of: set[int] = set()
        self._ways_for: Hashable = None
        self._kept = 0

    def admitted(self, case: Case) -> Iterator[Admitted]:
        """Every way to attend every program that isn't refused, in the order of the programs."""
        judge = Judge(case)
        self._begin(case)
        gates = self._gates(judge, OWN_PARTS)
        criteria = [
            (rule, self._utilities.setdefault((rule.name, CRITERION_PARTS[rule.name](case)), {}), of)
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
        own = self._gates(judge, OWN_PARTS)
        nearest, attended = _Nearest(), set[int]()
        once, twice = self._short_of(judge)
        for at, keys in once:
            # What hangs on place and time costs most, so it is asked last and of few.
            found = [self._refusals(case, key, own, None, nearest) for key in keys]
            if () in found:
                attended.add(at)
                continue
            for refusals in found:
                if refusals and self.programs[at].id not in case.request.except_ids:
                    nearest.take(at, refusals[0])
        for key, change in twice:
            if change.move > nearest.move:
                break
            if key[0] in attended or self.programs[key[0]].id in case.request.except_ids:
                continue
            if self._refusals(case, key, own, change, nearest):
                nearest.take(key[0], change)
        programs = [self.programs[at] for at in nearest.programs]
        misses = [
            one for program in programs for one in missed(judge, judge.candidates(program, most_failures=1))
        ]
        return next(iter(near_misses(judge, misses, 1)), None)

    def _short_of(self, judge: Judge) -> _ShortOf:
        """Ways by what the gates many people share say of them: nothing against, or one that may give way."""
        whole = self._shared(judge)
        if whole not in self._short:
            self._short[whole] = self._ask_short_of(judge)
            self._kept += len(self._short[whole].twice)
        return self._short[whole]

    def _ask_short_of(self, judge: Judge) -> _ShortOf:
        case, shared = judge.case, self._gates(judge, SHARED_PARTS)
        once: list[tuple[int, list[WayKey]]] = []
        twice: list[tuple[WayKey, Relax]] = []
        for at, change in self._changeable(judge):
            through: list[WayKey] = []
            for key in self._make_ways(case, at):
                refusals = self._refusals(case, key, shared, change, _Nearest())
                if refusals:
                    twice.append((key, refusals[0]))
                elif refusals is not None:
                    through.append(key)
            if through:
                once.append((at, through))
        twice.sort(key=lambda one: one[1].move)
        return _ShortOf(once, twice)

    def _changeable(self, judge: Judge) -> Iterator[tuple[int, Relax | None]]:
        """Programs that no gate refuses as a whole, or a single one that gives way to a change."""
        case = judge.case
        columns = [self._column(judge, place) for place in range(len(judge.program_gates))]
        for at, program in enumerate(self.programs):
            refused = [
                gate
                for gate, column in zip(judge.program_gates, columns, strict=True)
                if column[at] == "not_met"
            ]
            if len(refused) > 1:
                continue
            if not refused:
                yield at, None
            elif change := _change(refused[0].judge(case, program)):
                yield at, change

    def _refusals(
        self,
        case: Case,
        key: WayKey,
        gates: list[tuple[WayGate, States]],
        change: Relax | None,
        nearest: _Nearest,
    ) -> tuple[Relax, ...] | None:
        """The change that would let this way in (`change` where one is needed already); empty: none is.

        None where more than one gate refuses it, or no change as near as the nearest known would do.
        """
        for gate, kept in gates:
            if self._state(case, key, gate, kept) == "not_met":
                if change is not None:
                    return None
                change = _change(gate.judge(case, self._way(case, key)))
                if change is None or change.move > nearest.move:
                    return None
        return () if change is None else (change,)

    def _begin(self, case: Case) -> None:
        ways_for = (case.request.near, case.request.delivery)
        if ways_for != self._ways_for:
            self._ways, self._ways_of, self._ways_for = {}, set(), ways_for
        if self._kept > _MOST_KEPT:
            self._states, self._utilities, self._kept = {}, {}, 0
            self._through, self._short = {}, {}

    def _gates(self, judge: Judge, parts: dict[str, Part]) -> list[tuple[WayGate, States]]:
        asked = {gate.name: gate for gate in judge.way_gates}
        return [
            (asked[name], self._states.setdefault((name, part(judge.case)), {}))
            for name, part in parts.items()
            if name in asked
        ]

    def _through_shared(self, judge: Judge) -> list[tuple[WayKey, tuple[str, ...]]]:
        """The ways that come through all gates many people share, with those of them that must be asked."""
        whole = self._shared(judge)
        if whole not in self._through:
            self._through[whole] = list(self._ask_shared(judge))
            self._kept += len(self._through[whole])
        return self._through[whole]

    def _shared(self, judge: Judge) -> Hashable:
        """All that the gates many people share read of a request."""
        case = judge.case
        parts = [(gate.name, PROGRAM_PARTS[gate.name](case)) for gate in judge.program_gates]
        asked = {gate.name for gate in judge.way_gates}
        parts += [(name, part(case)) for name, part in SHARED_PARTS.items() if name in asked]
        # Which ways there are hangs on these two.
        return (case.request.delivery, case.state, tuple(parts))

    def _ask_shared(self, judge: Judge) -> Iterator[tuple[WayKey, tuple[str, ...]]]:
        names = [gate.name for gate in judge.program_gates]
        columns = [self._column(judge, place) for place in range(len(names))]
        gates = self._gates(judge, SHARED_PARTS)
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
        key = (gate.name, PROGRAM_PARTS[gate.name](case))
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
