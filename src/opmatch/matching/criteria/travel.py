"""Travel: how hard it is to be there as often as the program meets."""

from __future__ import annotations

import math
from collections.abc import Hashable
from functools import partial

from opmatch.matching import told
from opmatch.matching.age import confidence, fact_age
from opmatch.matching.aspect import Aspect
from opmatch.matching.case import Case
from opmatch.matching.formula import on_curve
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.matching.words import about_minutes, counted, miles_words
from opmatch.model.program import Tri


def aspects(_: Case) -> tuple[Aspect, ...]:
    return (Aspect((), _judge, told.visits, of_way=_way),)


def _way(way: Way) -> Hashable:
    return (way.mode, way.offered, way.distance)


def _judge(case: Case, way: Way, view: View) -> Judged:
    """Miles one way times √(days a week); virtual care and provided transport have values of their own."""
    rule, prior = case.formula.travel, case.formula.priors["travel"]
    if way.mode == "virtual":
        return Judged(rule.virtual, 1.0, prior, "virtual, no travel", None)
    if way.offered is Tri.NO:
        return Judged(0.0, 1.0, prior, "offers no care in person", None)
    found: list[Judged] = []
    if way.distance is None or way.travel is None:
        utility = view.read("travel", 0.0, 0.0, prior, "Where do sessions take place?")
        found.append(Judged(utility, 0.0, prior, "its place is not known", None))
    else:
        days = days_a_week(case, way)
        value = on_curve(rule.miles, way.distance * math.sqrt(days))
        words = partial(_far, way.distance, way.travel, days)
        found.append(Judged(value, 1.0, prior, words, None))
    if "transport" in way.program.supports:
        age = fact_age(case, way.program, None, "supports")
        trust = confidence(case, "supports", age)
        utility = view.read("transport", rule.transport, trust, case.formula.priors["support"])
        first = found[0]
        found.append(
            Judged(
                utility,
                trust,
                prior,
                lambda: f"{first.reason}; provides transport (listed {age})",
                age.days if age.dated else None,
            )
        )
    return max(found, key=lambda one: one.utility)


def _far(miles: float, minutes: int, days: int) -> str:
    return f"{miles_words(miles)}, {about_minutes(minutes)}, {counted(days, 'day')} a week"


def days_a_week(case: Case, way: Way) -> int:
    """On how many days one has to be there."""
    if way.track is not None:
        days = {one.span[0] // 1440 for one in way.track.sessions if one.required}
        return max(1, len(days))
    if way.program.appointments is not None:
        return max(1, way.program.appointments.per_week)
    return case.formula.travel.days_a_week[way.program.level]
