"""The weekly times of a program as FHIR's availableTime."""

from __future__ import annotations

from typing import Final

from opmatch.catalog.as_written import Written
from opmatch.model.program import Program
from opmatch.model.week import DAYS, MINUTES_PER_DAY, Span, Week, clock

_OFFICE: Final = "The times are opening hours; days without any may be closed or unknown."
_APPOINTMENTS: Final = "The times are those in which single sessions are booked."
_TRACKS: Final = "The times are fixed weekly sessions: "


def available_times(program: Program) -> tuple[list[Written], str]:
    """The opening hours, else the hours of appointments, else the sessions of tracks; and which they are."""
    if program.office_hours is not None:
        return _times(program.office_hours.hours), _OFFICE
    if program.appointments is not None:
        return _times(program.appointments.hours), _APPOINTMENTS
    if program.tracks:
        week = Week.of(session.span for track in program.tracks for session in track.sessions)
        return _times(week), f"{_TRACKS}{', '.join(track.id for track in program.tracks)}."
    return [], ""


def _times(week: Week) -> list[Written]:
    """Each block with the days that have it; FHIR's times end at midnight."""
    days_of: dict[Span, list[int]] = {}
    for start, end in week.spans:
        at = start
        while at < end:
            midnight = (at // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY
            until = min(end, midnight)
            block = (at % MINUTES_PER_DAY, until - at + at % MINUTES_PER_DAY)
            days_of.setdefault(block, []).append(at // MINUTES_PER_DAY % len(DAYS))
            at = until
    return [
        {"daysOfWeek": [DAYS[day] for day in sorted(days)], **_block(block)}
        for block, days in sorted(days_of.items(), key=lambda item: (min(item[1]), item[0]))
    ]


def _block(block: Span) -> Written:
    start, end = block
    if (start, end) == (0, MINUTES_PER_DAY):
        return {"allDay": True}
    # FHIR has no 24:00; the last second of the day is as near as it comes.
    until = "23:59:59" if end == MINUTES_PER_DAY else f"{clock(end)}:00"
    return {"availableStartTime": f"{clock(start)}:00", "availableEndTime": until}
