"""A judge that asks a memory first, so that programs which are alike are judged once for many requests."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from opmatch.matching.case import Case
from opmatch.matching.criteria import CriterionRule
from opmatch.matching.gates import ProgramGate, WayGate
from opmatch.matching.judge import (
    ALL_GATES,
    Candidate,
    GateFinding,
    Judge,
    Outline,
    Scored,
    points,
    unknown_share,
)
from opmatch.matching.memory import READERS, Facets, Memory, Numbers
from opmatch.matching.verdict import Said, Verdict
from opmatch.matching.view import View
from opmatch.matching.ways import Way, blocks, ways
from opmatch.model.program import Program
from opmatch.model.ranking import State

STATES: tuple[State, ...] = ("met", "unknown", "not_met")


def _untold() -> Said:
    raise AssertionError("a candidate from memory has words only after `in_words`")


class _Gate(NamedTuple):
    """`reader` is the place of what it reads among a program's facets; `table` what is known by facet."""

    findings: dict[State, GateFinding]
    judge: Callable[[Case, Any], Verdict]
    of_way: bool
    reader: int
    table: dict[int, State] | None


class _Criterion(NamedTuple):
    rule: CriterionRule
    share: int
    reader: int
    key: Hashable | None
    table: dict[int, Numbers] | None


class RecallingJudge(Judge):
    """Finds the same as a Judge; its candidates have no words until `in_words` judges them anew."""

    def __init__(self, case: Case, memory: Memory) -> None:
        super().__init__(case)
        memory.begin()
        self._memory = memory
        self._gates = (
            *(self._gate(gate, of_way=False) for gate in self.program_gates),
            *(self._gate(gate, of_way=True) for gate in self.way_gates),
        )
        self._criteria = tuple(map(self._criterion, self.criteria, self.shares))

    def _gate(self, gate: ProgramGate | WayGate, *, of_way: bool) -> _Gate:
        findings = {state: GateFinding(gate.name, Verdict(state, _untold)) for state in STATES}
        key = self._key(gate)
        table = None if key is None else self._memory.states(key)
        return _Gate(findings, gate.judge, of_way, READERS.index(gate.facts), table)

    def _criterion(self, rule: CriterionRule, share: int) -> _Criterion:
        key = self._key(rule)
        table = None if key is None else self._memory.numbers(key)
        return _Criterion(rule, share, READERS.index(rule.facts), key, table)

    def _key(self, rule: ProgramGate | WayGate | CriterionRule) -> Hashable | None:
        asks = rule.asks(self.case)
        return None if asks is None else (rule.name, self.case.request.as_of, asks)

    def candidates(self, program: Program, most_failures: int = ALL_GATES) -> tuple[Candidate, ...]:
        facets = self._memory.facets(program)
        return tuple(
            Candidate.of(way, self._findings(way, _of_block(facets, way), most_failures))
            for way in ways(self.case, program)
        )

    def _findings(self, way: Way, facets: Facets, most_failures: int) -> tuple[GateFinding, ...]:
        found: list[GateFinding] = []
        failures = 0
        for findings, judge, of_way, reader, table in self._gates:
            facet = facets[reader]
            if facet is None or table is None:
                state = judge(self.case, way if of_way else way.program).state
            else:
                known = table.get(facet)
                if known is None:
                    known = judge(self.case, way if of_way else way.program).state
                    self._memory.keep_state(table, facet, known)
                state = known
            found.append(findings[state])
            if state == "not_met":
                failures += 1
                if failures > most_failures:
                    break
        return tuple(found)

    def outline(self, candidate: Candidate) -> Outline:
        way = candidate.way
        facets = self._facets(way)
        score, known = 0, list[float]()
        for one in self._criteria:
            facet = facets[one.reader]
            numbers = None if facet is None or one.table is None else one.table.get(facet)
            if numbers is None:
                numbers = self._judged(one, one.table, facet, way, View())
            score += points(one.share, numbers[0])
            known.append(one.share * numbers[1])
        return Outline(candidate, score, unknown_share(known))

    def points_as_read(self, way: Way, view: View) -> int:
        facets = self._facets(way)
        return sum(points(one.share, self._utility(one, facets, way, view)) for one in self._criteria)

    def swing(self, scored: Scored, key: str) -> int:
        way = scored.way
        facets = self._facets(way)
        best, worst = View(fixed=(key, 1.0)), View(fixed=(key, 0.0))
        return sum(
            points(one.share, self._utility(one, facets, way, best))
            - points(one.share, self._utility(one, facets, way, worst))
            for one, read in zip(self._criteria, scored.read, strict=True)
            if key in read
        )

    def _utility(self, one: _Criterion, facets: Facets, way: Way, view: View) -> float:
        facet = facets[one.reader]
        if facet is None or one.key is None:
            return one.rule.judge(self.case, way, view).utility
        table = self._memory.numbers((one.key, view.mode, view.fixed))
        return (table.get(facet) or self._judged(one, table, facet, way, view))[0]

    def _judged(
        self, one: _Criterion, table: dict[int, Numbers] | None, facet: int | None, way: Way, view: View
    ) -> Numbers:
        judged = one.rule.judge(self.case, way, view)
        numbers = (judged.utility, judged.known)
        if facet is not None and table is not None:
            self._memory.keep_numbers(table, facet, numbers)
        return numbers

    def _facets(self, way: Way) -> Facets:
        return _of_block(self._memory.facets(way.program), way)

    def verdict(self, candidate: Candidate, gate: GateFinding) -> Verdict:
        way = candidate.way
        rule = self._gates[self.gate_names.index(gate.name)]
        return rule.judge(self.case, way if rule.of_way else way.program)

    def in_words(self, candidate: Candidate) -> Candidate:
        way = candidate.way
        program = (GateFinding(gate.name, gate.judge(self.case, way.program)) for gate in self.program_gates)
        own = (GateFinding(gate.name, gate.judge(self.case, way)) for gate in self.way_gates)
        return Candidate.of(way, (*program, *own))


def _of_block(facets: tuple[Facets, ...], way: Way) -> Facets:
    if len(facets) == 1:
        return facets[0]
    return next(own for own, track in zip(facets, blocks(way.program), strict=True) if track is way.track)
