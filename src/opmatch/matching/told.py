"""All that gates and criteria read of a program, words included: programs equal in it are told of alike.

Values stand as they are in the program, with whatever may date them; what only some days or requests need
isn't left out, but for what a criterion then narrows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from opmatch.matching import facts
from opmatch.model.program import Program, Track

Reader = Callable[[Program, Track | None], Hashable]


def dates(program: Program) -> Hashable:
    """All that says when a fact without a date of its own was confirmed."""
    verified = program.verified
    own = tuple(sorted(verified.fields.items())) if verified.fields else ()
    return (verified.date, own, program.origin.as_of)


def nothing(_program: Program, _track: Track | None) -> Hashable:
    return ()


def needs(program: Program, _: Track | None) -> Hashable:
    return (program.fields, program.needs, dates(program))


def care(program: Program, _: Track | None) -> Hashable:
    """Needs and approaches."""
    return (program.fields, program.needs, program.approaches, dates(program))


def ages(program: Program, track: Track | None) -> Hashable:
    if track is None or track.ages is None:
        return (program.ages, program.ages_complete)
    return (track.ages, True)


def genders(program: Program, track: Track | None) -> Hashable:
    own = program.genders if track is None or track.genders is None else track.genders
    return (own, program.origin.genders_over)


def groups(program: Program, track: Track | None) -> Hashable:
    own = program.populations if track is None or track.populations is None else track.populations
    return (own, dates(program))


def money(program: Program, _: Track | None) -> Hashable:
    """Payers and fees, and where the program is, since some payers are a state's own."""
    return (
        program.payers,
        program.payers_complete,
        program.origin.payers_over,
        program.fees,
        program.site and program.site.state,
        program.licensed_states,
        dates(program),
    )


def languages(program: Program, track: Track | None) -> Hashable:
    own = program.languages if track is None or track.languages is None else track.languages
    return (own, program.interpreters, dates(program))


def services(program: Program, _: Track | None) -> Hashable:
    return (program.services, dates(program))


def supports(program: Program, _: Track | None) -> Hashable:
    return (program.supports, dates(program))


def hours(program: Program, track: Track | None) -> Hashable:
    """When one attends."""
    if track is not None:
        # Ways differ by the track, whatever its hours.
        return (track.id, track.sessions, track.time_zone or program.time_zone, dates(program))
    if program.appointments is None and program.office_hours is None:
        return ()
    return (program.level, program.appointments, program.office_hours, program.time_zone, dates(program))


def visits(program: Program, track: Track | None) -> Hashable:
    """On how many days one has to be there, and how one may be brought."""
    booked = program.appointments and program.appointments.per_week
    sessions = None if track is None else track.sessions
    bring = dates(program) if "transport" in program.supports else None
    return (program.level, sessions, booked, bring)


def room(program: Program, track: Track | None) -> Hashable:
    """Seats of the track and the program's own word."""
    seats = (
        None if track is None or track.seats_open is None else (track.id, track.seats_open, track.seats_as_of)
    )
    own = program.availability
    if seats is None and own.status is None and own.wait_days is None:
        return ()
    return (seats, own, dates(program))


READERS: tuple[Reader, ...] = (
    facts.status,
    facts.level,
    needs,
    care,
    facts.exclusions,
    ages,
    genders,
    facts.groups,
    groups,
    money,
    languages,
    services,
    supports,
    hours,
    visits,
    room,
    nothing,
)
"""Every one that a rule may name."""
