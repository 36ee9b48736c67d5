"""Whether sessions fit into a week, found minute by minute on a circle of 10,080 booleans.

Shares nothing with the engine but the programs it reads; slow, and simple enough to believe.
"""

from __future__ import annotations

import math

from opmatch.model.program import OfficeHours, Program, Track
from opmatch.model.week import Week

DAY, WEEK = 1440, 10080
Minutes = list[bool]

OFFSETS = {"America/New_York": -300, "America/Chicago": -360, "America/Phoenix": -420, "Asia/Kolkata": 330}
"""Minutes east of Greenwich in November."""
LEAST_SESSIONS = {"iop": 3, "php": 5}


def on_circle(week: Week) -> Minutes:
    minutes = [False] * WEEK
    for start, end in week.spans:
        for minute in range(start, end):
            minutes[minute % WEEK] = True
    return minutes


def later(minutes: Minutes, by: int) -> Minutes:
    """The same minutes told by a clock that is `by` minutes ahead."""
    return [minutes[(minute - by) % WEEK] for minute in range(WEEK)]


def minutes_ahead(theirs: str | None, ours: str | None) -> int:
    if theirs is None or ours is None:
        return 0
    return OFFSETS[ours] - OFFSETS[theirs]


def travel_minutes(miles: float) -> int:
    """1.3 road miles a mile, 27 of them an hour."""
    return math.ceil(miles * 1.3 / 27 * 60)


def fits(free: Minutes, start: int, end: int, travel: int) -> bool:
    return all(free) or (
        end - start + 2 * travel <= WEEK
        and all(free[minute % WEEK] for minute in range(start - travel, end + travel))
    )


def stretch_from(minutes: Minutes) -> list[int]:
    """For each minute, how many from it on are True without a gap."""
    if all(minutes):
        return [10 * WEEK] * WEEK
    lengths = [0] * WEEK
    for minute in reversed(range(2 * WEEK)):
        at = minute % WEEK
        lengths[at] = lengths[(at + 1) % WEEK] + 1 if minutes[at] else 0
    return lengths


def bookable_starts(hours: Minutes, free: Minutes, length: int, travel: int) -> list[int]:
    """Every minute at which one session could start."""
    open_for, free_for = stretch_from(hours), stretch_from(free)
    return [
        minute
        for minute in range(WEEK)
        if open_for[minute] >= length and free_for[(minute - travel) % WEEK] >= length + 2 * travel
    ]


def bookable_days(hours: Minutes, free: Minutes, length: int, travel: int) -> int:
    return len({start // DAY for start in bookable_starts(hours, free, length, travel)})


def required_sessions(track: Track, ahead: int) -> list[tuple[int, int]]:
    return [(one.span[0] + ahead, one.span[1] + ahead) for one in track.sessions if one.required]


def perhaps_open(office: OfficeHours) -> Minutes:
    """Opening hours with every minute of a day nobody speaks of, on the program's clock."""
    stated = on_circle(office.hours)
    return [stated[minute] or minute // DAY not in office.days for minute in range(WEEK)]


def needed_sessions(program: Program, age: int | None) -> tuple[int, int]:
    """(how many, of how many minutes) a program that books or only opens has to hold each week."""
    if program.appointments is not None:
        return program.appointments.per_week, program.appointments.session_minutes
    if program.level == "op":
        return 1, 50
    if program.level == "iop":
        return 3, 120 if age is not None and age < 18 else 180
    return 5, 240


def state_of(
    program: Program, track: Track | None, free_week: Week, zone: str | None, travel: int, age: int | None
) -> str:
    """met, unknown or not_met."""
    free = on_circle(free_week)
    theirs = program.time_zone if track is None or track.time_zone is None else track.time_zone
    ahead = minutes_ahead(theirs, zone)
    if track is not None:
        good = all(fits(free, start, end, travel) for start, end in required_sessions(track, ahead))
        return "met" if good else "not_met"
    many, length = needed_sessions(program, age)
    if program.appointments is not None:
        hours = later(on_circle(program.appointments.hours), ahead)
        return "met" if bookable_days(hours, free, length, travel) >= many else "not_met"
    office = program.office_hours
    if office is None:
        return "unknown"
    certain = bookable_days(later(on_circle(office.hours), ahead), free, length, travel)
    possible = bookable_days(later(perhaps_open(office), ahead), free, length, travel)
    if possible < many:
        return "not_met"
    return "met" if certain >= many and program.level == "op" else "unknown"
