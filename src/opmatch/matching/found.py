"""What one aspect of a criterion found, under every view of what isn't known, each made once."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from opmatch.matching.case import Case
from opmatch.matching.view import ENDS, Ask, End, Judged, View
from opmatch.matching.ways import Way

JudgeIt = Callable[[Case, Way, View], Judged]


class Found:
    """What is found the same in all that read alike; what is given to a method judges any one of them."""

    __slots__ = ("_fixed", "_low_high", "asks", "judged", "keys", "known", "utility")

    def __init__(self, judge: JudgeIt, case: Case, way: Way) -> None:
        view = View()
        judged = judge(case, way, view)
        # Words and questions are made here: what makes them would hold on to a request.
        self.judged = replace(judged, words=judged.reason)
        self.utility, self.known = self.judged.utility, self.judged.known
        self.keys = tuple(view.keys)
        self.asks = tuple(Ask(one.key, one.trust, one.text) for one in view.asks.values())
        self._low_high: tuple[float, float] | None = None
        self._fixed: dict[str, tuple[float, float]] | None = None

    def at(self, end: End, judge: JudgeIt, case: Case, way: Way) -> float:
        """The utility with every prior at its worst or its best."""
        if not self.keys:
            return self.utility
        if self._low_high is None:
            low, high = (judge(case, way, View(one)).utility for one in ENDS)
            self._low_high = low, high
        return self._low_high[end == "high"]

    def fixed(self, key: str, judge: JudgeIt, case: Case, way: Way) -> tuple[float, float]:
        """The utility with one fact settled, at 0 and at 1."""
        if key not in self.keys:
            return self.utility, self.utility
        if self._fixed is None:
            self._fixed = {}
        known = self._fixed.get(key)
        if known is None:
            worst, best = (judge(case, way, View(fixed=(key, to))).utility for to in (0.0, 1.0))
            known = self._fixed[key] = worst, best
        return known
