"""How one way to attend sits in the client's free time."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.timetable import (
    Bookable,
    session_fits,
    spare_minutes,
    starts_by_day,
    windows_for_bookable,
    windows_for_track,
)
from opmatch.matching.ways import Way
from opmatch.model.program import OfficeHours, Track
from opmatch.model.ranking import State
from opmatch.model.week import MINUTES_PER_DAY, Span, Week

Known = Literal["track", "appointments", "office hours", "opening hours", "nothing"]


class Timing(Struct, frozen=True):
    """The schedule gate's finding. Times are on the client's clock, travel in minutes one way.

    `spare` is the minutes to spare of the tightest required session of a track that fits; `starts` the start
    minutes to choose from in a week where sessions are booked; `fitting` of `needed` sessions fit for sure.
    """

    known: Known
    state: State
    travel: int
    sessions: tuple[Span, ...] = ()
    bookable: Bookable | None = None
    fitting: int = 0
    needed: int = 0
    spare: int = 0
    starts: int = 0


def times_asked(case: Case) -> Hashable:
    """All that `timing` reads of a request, the drive aside."""
    request = case.request
    return (
        request.when,
        request.age is not None and request.age < 18,
        request.near and request.near.time_zone,
    )


def travel_of(way: Way) -> int:
    """Minutes one way. An unknown drive counts as none: the place gate says that it is unknown."""
    return way.travel or 0


def timing(case: Case, way: Way, free: Week) -> Timing:
    """How `way` fits into `free`."""
    travel = travel_of(way)
    ahead = _minutes_ahead(case, way)
    if way.track is not None:
        return _track(way.track, ahead, free, travel)
    program = way.program
    if program.appointments is not None:
        booked = program.appointments
        bookable = Bookable(booked.hours.shift(ahead), booked.per_week, booked.session_minutes)
        return _booked("appointments", bookable, free, travel)
    if program.office_hours is None:
        return Timing("nothing", "unknown", travel)
    office = program.office_hours
    hours, unsaid = office.hours.shift(ahead), _unsaid(office).shift(ahead)
    if program.level == "op":
        return _booked("office hours", Bookable(hours, 1, 50, unsaid), free, travel)
    least = case.formula.schedule.least[program.level]
    age = case.request.age
    minutes = least.minutes_under_18 if age is not None and age < 18 else least.minutes
    found = _booked("opening hours", Bookable(hours, least.sessions, minutes, unsaid), free, travel)
    # Opening hours are not session times: the best they can say is that the sessions could be held.
    if found.state == "met":
        return Timing("opening hours", "unknown", travel, bookable=found.bookable, needed=found.needed)
    return found


def windows(found: Timing, free: Week) -> tuple[Span, ...] | None:
    """The time that must become free for the gate to flip, None where no free time would do."""
    if found.bookable is not None:
        return windows_for_bookable(free, found.bookable, found.travel)
    return windows_for_track(free, found.sessions, found.travel)


def _track(track: Track, ahead: int, free: Week, travel: int) -> Timing:
    required = tuple((s.span[0] + ahead, s.span[1] + ahead) for s in track.sessions if s.required)
    fitting = [span for span in required if session_fits(free, span, travel)]
    fits = len(fitting) == len(required)
    spare = min((spare_minutes(free, span, travel) for span in fitting), default=0)
    return Timing(
        "track",
        "met" if fits else "not_met",
        travel,
        sessions=required,
        fitting=len(fitting),
        needed=len(required),
        spare=spare,
    )


def _booked(known: Known, bookable: Bookable, free: Week, travel: int) -> Timing:
    certain = starts_by_day(bookable.hours, free, travel, bookable.minutes)
    fitting = sum(1 for count in certain if count)
    state: State = "met"
    if fitting < bookable.sessions:
        possible = starts_by_day(bookable.possible, free, travel, bookable.minutes)
        could = sum(1 for count in possible if count)
        state = "unknown" if could >= bookable.sessions else "not_met"
    return Timing(
        known,
        state,
        travel,
        bookable=bookable,
        fitting=min(fitting, bookable.sessions),
        needed=bookable.sessions,
        starts=sum(certain),
    )


def _unsaid(office: OfficeHours) -> Week:
    """The days the listing leaves out, whole, on the program's clock."""
    days = (day for day in range(7) if day not in office.days)
    return Week.of((day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY) for day in days)


def _minutes_ahead(case: Case, way: Way) -> int:
    """How far the client's clock runs ahead of the program's; 0 where either zone isn't known."""
    theirs = (way.track.time_zone if way.track else None) or way.program.time_zone
    ours = case.request.near.time_zone if case.request.near else None
    if theirs is None or ours is None or theirs == ours:
        return 0
    return case.clock_difference(theirs, ours)
