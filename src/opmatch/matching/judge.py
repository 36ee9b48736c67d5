"""One program for one request: its best way to attend, gates first, then points."""

from __future__ import annotations

import math
from functools import cached_property

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.criteria import CRITERIA, CriterionRule, JudgeWay
from opmatch.matching.gates import PROGRAM_GATES, WAY_GATES
from opmatch.matching.verdict import Verdict
from opmatch.matching.view import Ask, End, Judged, Numbers, View
from opmatch.matching.ways import Way, ways
from opmatch.model.program import Program
from opmatch.model.ranking import Tier

ALL_GATES = len(PROGRAM_GATES) + len(WAY_GATES)
TIER_ORDER: dict[Tier, int] = {"eligible": 0, "confirm": 1, "out": 2}


class GateFinding(Struct, frozen=True, gc=False):
    name: str
    verdict: Verdict


class Candidate(Struct, frozen=True, gc=False):
    """One way to attend with the finding of every gate that was asked."""

    way: Way
    gates: tuple[GateFinding, ...]
    tier: Tier

    @property
    def failed(self) -> tuple[GateFinding, ...]:
        return tuple(gate for gate in self.gates if gate.verdict.state == "not_met")

    @staticmethod
    def of(way: Way, gates: tuple[GateFinding, ...]) -> Candidate:
        states = [gate.verdict.state for gate in gates]
        return Candidate(
            way, gates, "out" if "not_met" in states else "confirm" if "unknown" in states else "eligible"
        )


class Judge:
    """Judges programs against one case: which gates and criteria were asked is settled once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.program_gates = tuple(gate for gate in PROGRAM_GATES if gate.asked(case.request))
        self.way_gates = tuple(gate for gate in WAY_GATES if gate.asked(case.request))
        self.gate_names = (
            *(gate.name for gate in self.program_gates),
            *(gate.name for gate in self.way_gates),
        )
        self.criteria = tuple(rule for rule in CRITERIA if rule.asked(case.request))
        self.shares = shares(case, self.criteria)

    @cached_property
    def _judges(self) -> tuple[JudgeWay, ...]:
        return tuple(rule.judge_for(self.case) for rule in self.criteria)

    def candidates(self, program: Program, most_failures: int = ALL_GATES) -> tuple[Candidate, ...]:
        """Every way to attend with its gates; past `most_failures` failed ones a way is judged no further."""
        case = self.case
        own: list[GateFinding] = []
        failures = 0
        for gate in self.program_gates:
            verdict = gate.judge(case, program)
            own.append(GateFinding(gate.name, verdict))
            if verdict.state == "not_met":
                failures += 1
                if failures > most_failures:
                    break
        return tuple(
            Candidate.of(way, self._way_findings(way, own, failures, most_failures))
            for way in ways(case, program)
        )

    def _way_findings(
        self, way: Way, own: list[GateFinding], failures: int, most_failures: int
    ) -> tuple[GateFinding, ...]:
        found, case = list(own), self.case
        if failures > most_failures:
            return tuple(found)
        for gate in self.way_gates:
            verdict = gate.judge(case, way)
            found.append(GateFinding(gate.name, verdict))
            if verdict.state == "not_met":
                failures += 1
                if failures > most_failures:
                    break
        return tuple(found)

    def best(self, candidates: tuple[Candidate, ...]) -> Outline:
        """The way the program is shown by: tier, then score, then in person, then track id."""
        if len(candidates) == 1:  # as nearly always
            return self.outline(candidates[0])
        top = min(TIER_ORDER[one.tier] for one in candidates)
        found = [self.outline(one) for one in candidates if TIER_ORDER[one.tier] == top]
        return min(found, key=lambda s: (-s.score, s.way.mode != "in-person", s.way.track_id or ""))

    def outline(self, candidate: Candidate) -> Outline:
        """What puts the candidate into its place."""
        way, view = candidate.way, Numbers()
        score, known = 0, list[float]()
        for judge, of in zip(self._judges, self.shares, strict=True):
            judged = judge(way, view)
            score += points(of, judged.utility)
            known.append(of * judged.known)
        return Outline(candidate, score, unknown_share(known))

    def verdict(self, candidate: Candidate, gate: GateFinding) -> Verdict:
        """One finding of a candidate, with its words."""
        return gate.verdict

    def in_words(self, candidate: Candidate) -> Candidate:
        """The candidate with the words of all its gates."""
        return candidate

    def in_full(self, one: Outline) -> Scored:
        """The same with all that an answer tells."""
        return self.score(self.in_words(one.candidate))

    def score(self, candidate: Candidate) -> Scored:
        view = View()
        judged: list[Judged] = []
        ends: list[int] = []
        for judge in self._judges:
            judged.append(judge(candidate.way, view))
            ends.append(len(view.keys))
        return Scored(candidate, tuple(judged), self.shares, view, tuple(ends))

    def points_at(self, scored: Scored, end: End) -> int:
        """The score with every uncertain fact at its worst or its best."""
        view = View(end)
        return sum(
            points(of, judge(scored.way, view).utility)
            for judge, of in zip(self._judges, self.shares, strict=True)
        )

    def swing(self, scored: Scored, key: str) -> int:
        """The score with one fact at 1 less the score with it at 0; it moves only criteria that read it."""
        best, worst = View(fixed=(key, 1.0)), View(fixed=(key, 0.0))
        return sum(
            points(of, judge(scored.way, best).utility) - points(of, judge(scored.way, worst).utility)
            for judge, of, read in zip(self._judges, self.shares, scored.read, strict=True)
            if key in read
        )


class Outline(Struct, frozen=True, gc=False):
    """As much of a scored candidate as puts it into its place."""

    candidate: Candidate
    score: int
    unknown_share: float

    @property
    def way(self) -> Way:
        return self.candidate.way


class Scored(Struct, frozen=True, dict=True):
    """A candidate with its criteria; `shares` are the points each criterion can bring, 100 in all.

    `view` is what the criteria read through, and `ends` how many facts it had read after each of them.
    """

    candidate: Candidate
    judged: tuple[Judged, ...]
    shares: tuple[int, ...]
    view: View
    ends: tuple[int, ...]

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(self.view.asks.values())

    @cached_property
    def read(self) -> tuple[frozenset[str], ...]:
        """The keys of the facts that each criterion has read."""
        keys, starts = self.view.keys, (0, *self.ends)
        return tuple(frozenset(keys[start:end]) for start, end in zip(starts, self.ends, strict=False))

    @property
    def way(self) -> Way:
        return self.candidate.way

    @cached_property
    def points(self) -> tuple[int, ...]:
        return tuple(points(of, one.utility) for of, one in zip(self.shares, self.judged, strict=True))

    @cached_property
    def score(self) -> int:
        return sum(self.points)

    @cached_property
    def unknown_share(self) -> float:
        return unknown_share([of * one.known for of, one in zip(self.shares, self.judged, strict=True)])


def unknown_share(known: list[float]) -> float:
    """The share of the 100 points that rests on belief, 0 to 1, rounded so that ties stay ties."""
    return round(1.0 - sum(known) / 100, 6)


def points(of: int, utility: float) -> int:
    """of × utility, halves up, from the four decimals that are shown; whole numbers keep it exact."""
    return (of * round(utility * 10_000) + 5_000) // 10_000


def shown(utility: float) -> float:
    """A utility as it is printed."""
    return round(utility * 10_000) / 10_000


def shares(case: Case, criteria: tuple[CriterionRule, ...]) -> tuple[int, ...]:
    """Whole points of each asked criterion: weights of the profile scaled to 100 by largest remainder."""
    weights = case.formula.weights[case.request.weights]
    total = sum(weights[rule.name] for rule in criteria)
    exact = [weights[rule.name] * 100 / total for rule in criteria]
    whole = [math.floor(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[: 100 - sum(whole)]:
        whole[i] += 1
    return tuple(whole)
