"""A judge that asks a memory first, so that programs which are alike are judged once for many requests."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from msgspec.structs import replace

from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case
from opmatch.matching.criteria import CriterionRule
from opmatch.matching.found import Found
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
from opmatch.matching.memory import Facets, Key, Memory
from opmatch.matching.told import READERS
from opmatch.matching.verdict import Said, Verdict
from opmatch.matching.view import End, Judged, View
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


class _Aspect(NamedTuple):
    aspect: Aspect
    reader: int
    of_way: Callable[[Way], Hashable] | None
    found: dict[Key, Found]
    alike: dict[Hashable, Found]


class _Criterion(NamedTuple):
    """`only` is the aspect where there is one alone; `together` is what was made of what they found."""

    rule: CriterionRule
    share: int
    aspects: tuple[_Aspect, ...]
    only: _Aspect | None
    together: dict[tuple[Found, ...], Judged]


class Recalled(Scored, frozen=True):
    """`founds` are what each aspect of each criterion found."""

    founds: tuple[tuple[Found, ...], ...]


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
        self._criteria = tuple(map(self._criterion, self.criteria, self.shares))

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

    def _criterion(self, rule: CriterionRule, share: int) -> _Criterion:
        aspects = rule.aspects(self.case)
        some = tuple(self._aspect(rule, one) for one in aspects)
        asks = (rule.name, self.case.request.as_of, tuple(one.asks for one in aspects))
        return _Criterion(rule, share, some, some[0] if len(some) == 1 else None, self._memory.together(asks))

    def _aspect(self, rule: CriterionRule, one: Aspect) -> _Aspect:
        asks = (rule.name, self.case.request.as_of, one.asks)
        reader = READERS.index(one.facts)
        return _Aspect(one, reader, one.of_way, self._memory.found(asks), self._memory.alike(asks))

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
        facets = self._facets(way)
        score, known = 0, list[float]()
        for criterion in self._criteria:
            share, one = criterion.share, criterion.only
            judged: Found | Judged
            if one is not None:
                facet = facets[one.reader]
                judged = (one.found.get(facet) if one.of_way is None else None) or self._found(
                    one, facets, way
                )
            else:
                judged = self._together(
                    criterion, tuple([self._found(one, facets, way) for one in criterion.aspects])
                )
            score += points(share, judged.utility)
            known.append(share * judged.known)
        return Outline(candidate, score, unknown_share(known))

    def _together(self, criterion: _Criterion, found: tuple[Found, ...]) -> Judged:
        known = criterion.together.get(found)
        if known is None:
            judged = criterion.rule.together(self.case, [one.judged for one in found])
            judged = replace(judged, words=judged.reason)
            known = self._memory.keep(criterion.together, found, judged)
        return known

    def _found(self, one: _Aspect, facets: Facets, way: Way) -> Found:
        key: Key = facets[one.reader]
        if key is None:
            key = self._memory.read(facets, one.reader, way.program, way.track)
        if one.of_way is not None:
            key = (key, one.of_way(way))
        found = one.found.get(key)
        if found is None:
            aspect = one.aspect
            if aspect.narrow is None:
                found = Found(aspect.judge, self.case, way)
            else:
                narrow = aspect.narrow(self.case, way)
                found = one.alike.get(narrow)
                if found is None:
                    found = self._memory.keep(one.alike, narrow, Found(aspect.judge, self.case, way))
            self._memory.keep(one.found, key, found)
        return found

    def in_full(self, one: Outline | Scored) -> Scored:
        if isinstance(one, Scored):
            return one
        way, view, ends = one.way, View(), list[int]()
        facets = self._facets(way)
        founds = tuple(
            tuple(self._found(aspect, facets, way) for aspect in criterion.aspects)
            for criterion in self._criteria
        )
        for some in founds:
            for found in some:
                view.keys.extend(found.keys)
                for ask in found.asks:
                    view.asks.setdefault(ask.key, ask)
            ends.append(len(view.keys))
        judged = tuple(map(self._together, self._criteria, founds))
        return Recalled(self.in_words(one.candidate), judged, self.shares, view, tuple(ends), founds)

    def points_at(self, scored: Scored, end: End) -> int:
        assert isinstance(scored, Recalled)
        case, way, sum_ = self.case, scored.way, 0
        for criterion, founds in zip(self._criteria, scored.founds, strict=True):
            found = [
                one.at(end, of.aspect.judge, case, way)
                for of, one in zip(criterion.aspects, founds, strict=True)
            ]
            sum_ += points(criterion.share, self._utility(criterion, found))
        return sum_

    def swing(self, scored: Scored, key: str) -> int:
        assert isinstance(scored, Recalled)
        case, way, swing = self.case, scored.way, 0
        for criterion, founds in zip(self._criteria, scored.founds, strict=True):
            if not any(key in one.keys for one in founds):
                continue
            both = zip(criterion.aspects, founds, strict=True)
            found = [one.fixed(key, of.aspect.judge, case, way) for of, one in both]
            best = self._utility(criterion, [high for _, high in found])
            worst = self._utility(criterion, [low for low, _ in found])
            swing += points(criterion.share, best) - points(criterion.share, worst)
        return swing

    def _utility(self, criterion: _Criterion, found: list[float]) -> float:
        return found[0] if len(found) == 1 else criterion.rule.utility(self.case, found)

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
