"""What one aspect of a criterion found, under every view of what isn't known, each made once."""

from __future__ import annotations

from collections.abc import Callable

from opmatch.matching.view import Ask, End, Judged, View

JudgeIt = Callable[[View], Judged]


class Found:
    """What is found the same in all that read alike; `judge` given to a method judges any one of them."""

    __slots__ = ("_fixed", "_low_high", "asks", "judged", "keys", "known", "utility")

    def __init__(self, judge: JudgeIt) -> None:
        view = View()
        self.judged = judge(view)
        self.utility, self.known = self.judged.utility, self.judged.known
        self.keys = tuple(view.keys)
        # Questions are put together here: what makes them would hold on to a request.
        self.asks = tuple(Ask(one.key, one.trust, one.text) for one in view.asks.values())
        self._low_high: tuple[float, float] | None = None
        self._fixed: dict[tuple[str, float], float] | None = None

    def at(self, end: End, judge: JudgeIt) -> float:
        """The utility with every prior at its worst or its best."""
        if not self.keys:
            return self.utility
        if self._low_high is None:
            self._low_high = judge(View("low")).utility, judge(View("high")).utility
        return self._low_high[end == "high"]

    def fixed(self, key: str, value: float, judge: JudgeIt) -> float:
        """The utility with one fact settled."""
        if key not in self.keys:
            return self.utility
        if self._fixed is None:
            self._fixed = {}
        known = self._fixed.get((key, value))
        if known is None:
            known = self._fixed[key, value] = judge(View(fixed=(key, value))).utility
        return known
