"""Schedule and availability: how easily the week works out, and how soon it could begin."""

from __future__ import annotations

from collections.abc import Callable

from opmatch.matching import told
from opmatch.matching.age import confidence, fact_age
from opmatch.matching.aspect import Aspect
from opmatch.matching.capacity import room
from opmatch.matching.case import Case
from opmatch.matching.formula import on_curve
from opmatch.matching.timing import Timing, times_asked, timing, travel_of
from opmatch.matching.view import Judged, View
from opmatch.matching.ways import Way
from opmatch.matching.words import counted


def schedule(case: Case) -> tuple[Aspect, ...]:
    return (Aspect(times_asked(case), _schedule, told.hours, of_way=travel_of),)


def availability(_: Case) -> tuple[Aspect, ...]:
    return (Aspect((), _availability, told.room),)


def _schedule(case: Case, way: Way, view: View) -> Judged:
    """Minutes to spare around a track, room to choose for appointments, or the share that fits."""
    free = case.request.when
    assert free is not None
    found = timing(case, way, free)
    field = {"track": "tracks", "appointments": "appointments"}.get(found.known, "office_hours")
    age = fact_age(case, way.program, None, field, "hours")
    prior = case.formula.priors["schedule"]
    question = "Which days and times would sessions be, and is that still so?"
    if found.state == "unknown":
        utility = view.read("schedule", 0.0, 0.0, prior, question)
        return Judged(utility, 0.0, prior, _unknown_words(found), None)
    trust = confidence(case, "hours", age)
    value, words = _value(case, found)
    return Judged(
        view.read("schedule", value, trust, prior, question),
        trust,
        prior,
        lambda: f"{words()} (listed {age})",
        age.days if age.dated else None,
    )


def _unknown_words(found: Timing) -> str:
    if found.known == "nothing":
        return "session times are not said"
    return f"session times are not said, only {found.known}"


def _value(case: Case, found: Timing) -> tuple[float, Callable[[], str]]:
    rule = case.formula.schedule
    if found.state == "not_met":
        share = found.fitting / found.needed
        return rule.partly * share, lambda: f"{found.fitting} of {counted(found.needed, 'session')} fit"
    if found.bookable is None:
        return on_curve(rule.slack, found.spare), lambda: f"fits with {found.spare} min to spare"
    return on_curve(rule.ways, found.starts), lambda: f"{_long(found.starts)} of start times to choose from"


def _long(minutes: int) -> str:
    return f"{minutes} min" if minutes < 60 else f"about {minutes / 60:.1f} hours"


def _availability(case: Case, way: Way, view: View) -> Judged:
    """The wait of the newest capacity fact; open seats are none, a full program is out of reach."""
    found = room(case, way)
    prior = case.formula.priors["availability"]
    question = "How soon could a new client start?"
    if found is None:
        utility = view.read("availability", 0.0, 0.0, prior, question)
        return Judged(utility, 0.0, prior, "does not say how long the wait is", None)
    days = found.age.days if found.age.dated else None
    if not found.full and found.wait is None:
        utility = view.read("availability", 0.0, 0.0, prior, question)
        said = f"{found.words}, listed {found.age}"
        return Judged(utility, 0.0, prior, f"{said}; how long it takes is not said", days)
    value = 0.0 if found.full or found.wait is None else on_curve(case.formula.wait_days, found.wait)
    trust = confidence(case, found.kind, found.age)
    utility = view.read("availability", value, trust, prior, question)
    return Judged(utility, trust, prior, lambda: f"{found.words}, listed {found.age}", days)
