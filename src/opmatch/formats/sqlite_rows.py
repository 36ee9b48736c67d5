"""A program as rows of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from opmatch.model.program import Program, Track, Tri
from opmatch.model.week import MINUTES_PER_DAY, Week, clock, end_clock

Row = tuple[str, tuple[Any, ...]]
"""The table and the values of its columns, in the order of sqlite.sql."""

_TRI: Final = {Tri.YES: 1, Tri.NO: 0}
_OLDEST: Final = 200


def rows(program: Program, *, sample: bool) -> Iterator[Row]:
    """Every row of a program, its own first."""
    id_ = program.id
    yield "program", _program(program, sample=sample)
    lists = (
        ("field", program.fields),
        ("licensed_state", program.licensed_states),
        ("gender", program.genders),
        ("service", program.services),
        ("support", program.supports),
        ("exclusion", program.exclusions),
        ("document", program.intake.documents),
        ("step", program.intake.steps),
        ("accreditation", program.accreditation),
        ("note", program.notes),
    )
    for table, values in lists:
        for place, value in enumerate(values or ()):
            yield f"program_{table}", (id_, place, value)
    for relation in ("specializes", "treats", "excludes", "only"):
        for need in getattr(program.needs, relation):
            yield "program_need", (id_, need, relation)
        for group in getattr(program.populations, relation, ()):
            yield "program_population", (id_, group, relation)
    for group in program.populations.welcomes:
        yield "program_population", (id_, group, "welcomes")
    for one in program.ages or ():
        yield "program_age", (id_, one.min, None if one.max == _OLDEST else one.max, int(one.sure))
    for approach in program.approaches:
        said = (approach.fidelity or None, _TRI.get(approach.offered), _day(approach.verified))
        yield "program_approach", (id_, approach.id, *said)
    for payer in program.payers or ():
        network = None if payer.network == "unknown" else payer.network
        yield "program_payer", (id_, payer.id, network, _TRI.get(payer.accepting), _day(payer.verified))
    for payer_id in program.origin.payers_over or ():
        yield "program_payer_expressed", (id_, payer_id)
    for gender in program.origin.genders_over or ():
        yield "program_gender_expressed", (id_, gender)
    for language in program.languages:
        yield "program_language", (id_, language.id, language.by, _day(language.verified))
    for name, day in sorted(program.verified.fields.items()):
        yield "program_verified_field", (id_, name, _day(day))
    yield from _hours(program)
    for track in program.tracks:
        yield from _track(program, track)


def _program(program: Program, *, sample: bool) -> tuple[Any, ...]:
    site, point = program.site, program.site.point if program.site else None
    return (
        program.id,
        program.name,
        program.organization or None,
        program.level,
        program.status,
        int(sample),
        _TRI.get(program.in_person),
        _TRI.get(program.virtual),
        *(getattr(site, name) or None if site else None for name in ("street", "city", "state", "zip")),
        point.latitude if point else None,
        point.longitude if point else None,
        site.precision if site else None,
        None if site is None else int(site.confidential),
        program.time_zone,
        None if program.payers is None else int(program.payers_complete),
        None if program.ages is None else int(program.ages_complete),
        int(program.populations.only_unknown),
        program.fees.visit,
        program.fees.sliding_scale_from,
        _TRI.get(program.interpreters),
        program.availability.status,
        program.availability.wait_days,
        _day(program.availability.as_of),
        program.appointments.per_week if program.appointments else None,
        program.appointments.session_minutes if program.appointments else None,
        (program.intake.phone or None) if not sample else None,
        program.intake.url or None,
        program.intake.referral or None,
        _day(program.verified.date),
        program.verified.by or None,
        program.source.name or None,
        program.source.record or None,
    )


def _hours(program: Program) -> Iterator[Row]:
    office = program.office_hours
    if office is not None:
        found = dict.fromkeys(office.days, 0)
        for day, start, end in _blocks(office.hours):
            found[day] = 1
            yield "office_hours", (program.id, day, start, end)
        for day, has in found.items():
            if not has:
                yield "office_hours", (program.id, day, None, None)
    if program.appointments is not None:
        for day, start, end in _blocks(program.appointments.hours):
            yield "appointment_hours", (program.id, day, start, end)


def _track(program: Program, track: Track) -> Iterator[Row]:
    """A track: what it doesn't state is NULL and falls back to the program's."""
    modes = (None if one is None else one.value for one in (track.in_person, track.virtual))
    yield (
        "track",
        (
            program.id, track.id, track.seats_open, _day(track.seats_as_of), track.weeks, *modes,
            _ages(track), ", ".join(track.genders or ()) or None,
            ", ".join(one.id for one in track.languages or ()) or None, track.time_zone,
        ),
    )  # fmt: skip
    for session in track.sessions:
        start, end = session.span
        times = (start // MINUTES_PER_DAY, clock(start), end_clock(end))
        yield "session", (program.id, track.id, *times, int(session.required))


def _ages(track: Track) -> str | None:
    ages = [f"{one.min}{'+' if one.max == _OLDEST else f'-{one.max}'}" for one in track.ages or ()]
    return ", ".join(ages) or None


def _blocks(week: Week) -> Iterator[tuple[int, str, str]]:
    """Day (0 Monday), start and end; what goes over midnight is cut there."""
    for start, end in week.spans:
        at = start
        while at < end:
            until = min(end, (at // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY)
            yield at // MINUTES_PER_DAY % 7, clock(at), end_clock(until)
            at = until


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
