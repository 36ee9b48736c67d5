"""Every criterion, in the order they are shown."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.criteria import cost, fit, preferences, time, travel
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.model.request import Request


class CriterionRule(Struct, frozen=True):
    name: str
    asked: Callable[[Request], bool]
    judge: Callable[[Case, Way, View], Judged]


CRITERIA: tuple[CriterionRule, ...] = (
    CriterionRule("fit", lambda r: bool(r.needs), fit.judge),
    CriterionRule("schedule", lambda r: r.when is not None, time.schedule),
    CriterionRule("availability", lambda _: True, time.availability),
    CriterionRule("travel", lambda r: r.near is not None, travel.judge),
    CriterionRule("cost", lambda r: bool(r.payers), cost.judge),
    CriterionRule("preferences", preferences.asked, preferences.judge),
)
