"""Every criterion, in the order they are shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import Struct

from opmatch.matching import facts
from opmatch.matching.case import Case
from opmatch.matching.criteria import cost, fit, preferences, time, travel
from opmatch.matching.payers import state_asked
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.model.program import Program, Track
from opmatch.model.request import Request


class CriterionRule(Struct, frozen=True):
    """A criterion; on a day, its numbers follow from `asks` and `facts`, as in a gate, but for its words."""

    name: str
    asked: Callable[[Request], bool]
    judge: Callable[[Case, Way, View], Judged]
    asks: Callable[[Case], Hashable]
    facts: Callable[[Program, Track | None], Hashable]


def _nothing(_: Case) -> Hashable:
    return ()


def _each_time(_program: Program, _track: Track | None) -> Hashable:
    return None


def _needs(case: Case) -> Hashable:
    return tuple((look.need.id, tuple(look.approaches)) for look in case.needs)


CRITERIA: tuple[CriterionRule, ...] = (
    CriterionRule("fit", lambda r: bool(r.needs), fit.judge, _needs, facts.fit),
    CriterionRule("schedule", lambda r: r.when is not None, time.schedule, _nothing, facts.no_hours),
    CriterionRule("availability", lambda _: True, time.availability, _nothing, facts.room),
    CriterionRule("travel", lambda r: r.near is not None, travel.judge, _nothing, _each_time),
    CriterionRule(
        "cost", lambda r: bool(r.payers), cost.judge, lambda c: (c.payer_ids, state_asked(c)), facts.cost
    ),
    CriterionRule("preferences", preferences.asked, preferences.judge, preferences.asks, facts.wishes),
)
