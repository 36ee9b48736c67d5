"""A judge that asks a memory first, so that programs which are alike are judged once for many requests."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.gates import ProgramGate, WayGate
from opmatch.matching.judge import (
    ALL_GATES,
    Candidate,
    GateFinding,
    Judge,
    Outline,
    Scored,
    unknown_share,
)
from opmatch.matching.memory import Facets, Key, Memory
from opmatch.matching.recalled import Recalled, RecallingCriteria
from opmatch.matching.told import READERS
from opmatch.matching.verdict import Said, Verdict
from opmatch.matching.view import End, View
from opmatch.matching.ways import Way, blocks, ways
from opmatch.model.program import Program
from opmatch.model.ranking import State, Tier

STATES: tuple[State, ...] = ("met", "unknown", "not_met")


def _untold() -> Said:
    raise AssertionError("a candidate from memory has words only after `in_words`")


_ELIGIBLE: Tier = "eligible"
_WORDLESS: dict[State, Verdict] = {state: Verdict(state, _untold) for state in STATES}


class _Gate(NamedTuple):
    """`reader` is the place of what it reads among a program's facets, None where it is judged each time."""

    findings: dict[State, GateFinding]
    judge: Callable[[Case, Any], Verdict]
    of_program: bool
    reader: int | None
    of_way: Callable[[Way], Hashable] | None
    states: dict[Key, State]
    verdicts: dict[Key, Verdict]


class RecallingJudge(Judge):
    """Finds the same as a Judge; its candidates have no words until `in_words` recalls them."""

    def __init__(self, case: Case, memory: Memory) -> None:
        super().__init__(case)
        memory.begin()
        self._memory = memory
        self._gates = (
            *(self._gate(gate, None) for gate in self.program_gates),
            *(self._gate(gate, gate.of_way) for gate in self.way_gates),
        )
        self._recalling = RecallingCriteria(case, self.criteria, self.shares, memory)

    def _gate(self, gate: ProgramGate | WayGate, of_way: Callable[[Way], Hashable] | None) -> _Gate:
        asks = (gate.name, self.case.request.as_of, gate.asks(self.case))
        return _Gate(
            {state: GateFinding(gate.name, verdict) for state, verdict in _WORDLESS.items()},
            gate.judge,
            isinstance(gate, ProgramGate),
            None if gate.facts is None else READERS.index(gate.facts),
            of_way,
            self._memory.states(asks),
            self._memory.verdicts(asks),
        )

    def candidates(self, program: Program, most_failures: int = ALL_GATES) -> tuple[Candidate, ...]:
        facets = self._memory.facets(program)
        return tuple(
            self._candidate(way, _of_block(facets, way), most_failures) for way in ways(self.case, program)
        )

    def _candidate(self, way: Way, facets: Facets, most_failures: int) -> Candidate:
        case, found, failures, tier = self.case, list[GateFinding](), 0, _ELIGIBLE
        for findings, judge, of_program, reader, of_way, states, _ in self._gates:
            if reader is None:
                state = judge(case, way.program if of_program else way).state
            else:
                key: Key = facets[reader]
                if key is None:
                    key = self._memory.read(facets, reader, way.program, way.track)
                if of_way is not None:
                    key = (key, of_way(way))
                known = states.get(key)
                if known is None:
                    known = judge(case, way.program if of_program else way).state
                    self._memory.keep(states, key, known)
                state = known
            found.append(findings[state])
            if state == "unknown":
                tier = "confirm"
            elif state == "not_met":
                failures += 1
                if failures > most_failures:
                    break
        return Candidate(way, tuple(found), "out" if failures else tier)

    def outline(self, candidate: Candidate) -> Outline:
        way = candidate.way
        score, known = self._recalling.score(self._facets(way), way)
        return Outline(candidate, score, unknown_share(known))

    def in_full(self, one: Outline) -> Scored:
        way, view, ends = one.way, View(), list[int]()
        founds = self._recalling.founds(self._facets(way), way)
        for some in founds:
            for found in some:
                view.keys.extend(found.keys)
                for ask in found.asks:
                    view.asks.setdefault(ask.key, ask)
            ends.append(len(view.keys))
        judged = self._recalling.judged(founds)
        return Recalled(self.in_words(one.candidate), judged, self.shares, view, tuple(ends), founds)

    def points_at(self, scored: Scored, end: End) -> int:
        return self._recalling.points_at(scored, end)

    def swing(self, scored: Scored, key: str) -> int:
        return self._recalling.swing(scored, key)

    def _facets(self, way: Way) -> Facets:
        return _of_block(self._memory.facets(way.program), way)

    def verdict(self, candidate: Candidate, gate: GateFinding) -> Verdict:
        way = candidate.way
        return self._told(self._gates[self.gate_names.index(gate.name)], self._facets(way), way)

    def in_words(self, candidate: Candidate) -> Candidate:
        way = candidate.way
        facets = self._facets(way)
        told = (self._told(gate, facets, way) for gate in self._gates)
        return Candidate.of(way, tuple(map(GateFinding, self.gate_names, told)))

    def _told(self, gate: _Gate, facets: Facets, way: Way) -> Verdict:
        judged = way.program if gate.of_program else way
        if gate.reader is None:
            return gate.judge(self.case, judged)
        facet = facets[gate.reader]
        if facet is None:
            facet = self._memory.read(facets, gate.reader, way.program, way.track)
        key: Key = facet if gate.of_way is None else (facet, gate.of_way(way))
        known = gate.verdicts.get(key)
        if known is None:
            known = self._memory.keep(gate.verdicts, key, gate.judge(self.case, judged).settled())
        return known


def _of_block(facets: tuple[Facets, ...], way: Way) -> Facets:
    if len(facets) == 1:
        return facets[0]
    return next(own for own, track in zip(facets, blocks(way.program), strict=True) if track is way.track)
