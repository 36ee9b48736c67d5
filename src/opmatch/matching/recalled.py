"""The criteria of one case, asked of a memory first: points, worst and best, and what one fact moves."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from msgspec.structs import replace

from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case
from opmatch.matching.criteria import CriterionRule
from opmatch.matching.found import Found
from opmatch.matching.judge import Scored, points
from opmatch.matching.memory import Facets, Key, Memory
from opmatch.matching.told import READERS
from opmatch.matching.view import End, Judged
from opmatch.matching.ways import Way


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


class RecallingCriteria:
    """`shares` are the points that each of `rules` can bring."""

    def __init__(
        self, case: Case, rules: tuple[CriterionRule, ...], shares: tuple[int, ...], memory: Memory
    ) -> None:
        self.case = case
        self._memory = memory
        self._criteria = tuple(map(self._criterion, rules, shares))

    def _criterion(self, rule: CriterionRule, share: int) -> _Criterion:
        aspects = rule.aspects(self.case)
        some = tuple(self._aspect(rule, one) for one in aspects)
        asks = (rule.name, self.case.request.as_of, tuple(one.asks for one in aspects))
        return _Criterion(rule, share, some, some[0] if len(some) == 1 else None, self._memory.together(asks))

    def _aspect(self, rule: CriterionRule, one: Aspect) -> _Aspect:
        asks = (rule.name, self.case.request.as_of, one.asks)
        reader = READERS.index(one.facts)
        return _Aspect(one, reader, one.of_way, self._memory.found(asks), self._memory.alike(asks))

    def score(self, facets: Facets, way: Way) -> tuple[int, list[float]]:
        """The points in all, and how much of them is known, criterion by criterion."""
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
        return score, known

    def _together(self, criterion: _Criterion, found: tuple[Found, ...]) -> Judged:
        known = criterion.together.get(found)
        if known is None:
            judged = criterion.rule.together(self.case, [one.judged for one in found])
            judged = replace(judged, words=judged.reason)
            known = self._memory.keep(criterion.together, found, judged)
        return known

    def founds(self, facets: Facets, way: Way) -> tuple[tuple[Found, ...], ...]:
        """What each aspect of each criterion found."""
        return tuple(
            tuple(self._found(aspect, facets, way) for aspect in criterion.aspects)
            for criterion in self._criteria
        )

    def judged(self, founds: tuple[tuple[Found, ...], ...]) -> tuple[Judged, ...]:
        return tuple(map(self._together, self._criteria, founds))

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
