"""Every criterion, in the order they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case
from opmatch.matching.criteria import cost, fit, preferences, time, travel
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.model.request import Request

JudgeWay = Callable[[Way, View], Judged]


def _itself(_: Case, found: Sequence[Judged]) -> Judged:
    return found[0]


def _own(_: Case, utilities: Sequence[float]) -> float:
    return utilities[0]


class CriterionRule(Struct, frozen=True):
    """A criterion: what it looks at, one by one, and what it makes of all that together.

    `utility` is that of `together`, from the utilities alone; a single aspect's own is the criterion's.
    """

    name: str
    asked: Callable[[Request], bool]
    aspects: Callable[[Case], tuple[Aspect, ...]]
    together: Callable[[Case, Sequence[Judged]], Judged] = _itself
    utility: Callable[[Case, Sequence[float]], float] = _own

    def judge(self, case: Case, way: Way, view: View) -> Judged:
        return self.judge_for(case)(way, view)

    def judge_for(self, case: Case) -> JudgeWay:
        """The same for many ways."""
        aspects, together = self.aspects(case), self.together

        def judge(way: Way, view: View) -> Judged:
            return together(case, [one.judge(case, way, view) for one in aspects])

        return judge


CRITERIA: tuple[CriterionRule, ...] = (
    CriterionRule("fit", lambda r: bool(r.needs), fit.aspects, fit.together, fit.utility),
    CriterionRule("schedule", lambda r: r.when is not None, time.schedule),
    CriterionRule("availability", lambda _: True, time.availability),
    CriterionRule("travel", lambda r: r.near is not None, travel.aspects),
    CriterionRule("cost", lambda r: bool(r.payers), cost.aspects, cost.together, cost.utility),
    CriterionRule(
        "preferences", preferences.asked, preferences.aspects, preferences.together, preferences.utility
    ),
)
