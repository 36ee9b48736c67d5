"""The schedule gate agrees with a minute-by-minute simulation, and asks for no minute more than it takes."""

from __future__ import annotations

import math
from itertools import accumulate

from hypothesis import assume
from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import CHICAGO, candidates_of
from strategies import ZONES, maybe, open_programs, plain_requests, programs
from week_oracle import (
    DAY,
    WEEK,
    Minutes,
    bookable_days,
    later,
    minutes_ahead,
    needed_sessions,
    on_circle,
    perhaps_open,
    required_sessions,
    state_of,
    stretch_from,
    travel_minutes,
)
from week_strategies import appointments, free_weeks, office_hours, sessions

from opmatch.intake.week import parse_week
from opmatch.matching.ways import Way
from opmatch.model.program import Program, Track, Tri
from opmatch.model.request import Request
from opmatch.model.week import FULL_WEEK, Week

homes = st.sampled_from([None, *(replace(CHICAGO, time_zone=zone) for zone in (None, *ZONES))])
askers = plain_requests(near=homes, when=free_weeks, age=st.sampled_from([None, 17, 18]))
modes = {"in_person": st.just(Tri.YES), "virtual": st.just(Tri.YES)}
timed = programs(
    **open_programs(
        **modes,
        tracks=st.lists(
            st.builds(Track, id=st.just("t"), sessions=sessions, time_zone=maybe(st.sampled_from(ZONES))),
            max_size=1,
        ).map(tuple),
    )
)
booked = programs(
    **open_programs(**modes, tracks=st.just(()), appointments=appointments, office_hours=st.none())
)
opened = programs(
    **open_programs(**modes, tracks=st.just(()), appointments=st.none(), office_hours=office_hours)
)


def _zone(request: Request) -> str | None:
    return request.near.time_zone if request.near else None


def _travel(way: Way) -> int:
    if way.mode == "virtual" or way.distance is None:
        return 0
    return travel_minutes(way.distance)


def _agrees(request: Request, program: Program) -> None:
    assert request.when is not None
    for candidate in candidates_of(request, program):
        way = candidate.way
        state = next(gate.verdict.state for gate in candidate.gates if gate.name == "schedule")
        travel = _travel(way)
        assert way.travel in (None, travel)
        assert state == state_of(program, way.track, request.when, _zone(request), travel, request.age)


@law(60, request=askers, program=timed)
def test_tracks_fit_as_a_simulation_by_the_minute_says(request: Request, program: Program) -> None:
    _agrees(request, program)


@law(40, request=askers, program=booked)
def test_appointments_fit_as_a_simulation_by_the_minute_says(request: Request, program: Program) -> None:
    _agrees(request, program)


@law(60, request=askers, program=opened)
def test_opening_hours_hold_what_a_simulation_by_the_minute_says(request: Request, program: Program) -> None:
    _agrees(request, program)


@law(30, request=askers, program=timed | booked)
def test_a_fully_free_week_fits_every_known_time(request: Request, program: Program) -> None:
    free = replace(request, when=FULL_WEEK)
    for candidate in candidates_of(free, program):
        state = next(gate.verdict.state for gate in candidate.gates if gate.name == "schedule")
        booked_any_time = program.appointments is not None and program.appointments.hours.is_full
        if candidate.way.track is not None or booked_any_time:
            assert state == "met"


def _asked_for(request: Request, program: Program) -> list[tuple[Way, Week]]:
    """Each way to attend out by the schedule, with the free time that the relaxation asks for."""
    found = []
    for candidate in candidates_of(request, program):
        for gate in candidate.failed:
            relax = gate.verdict.relax() if gate.name == "schedule" and gate.verdict.relax else None
            if relax is not None:
                found.append((candidate.way, parse_week(relax.change["when"])))
    return found


def _added(free: Minutes, wider: Week) -> set[int]:
    asked = on_circle(wider)
    assert all(now for now, before in zip(asked, free, strict=True) if before), "free time is never taken"
    return {minute for minute in range(WEEK) if asked[minute] and not free[minute]}


@law(50, request=askers, program=timed)
def test_free_time_asked_for_a_track_is_all_needed(request: Request, program: Program) -> None:
    assert request.when is not None
    free = on_circle(request.when)
    for way, wider in _asked_for(request, program):
        if way.track is None:
            continue
        zone = way.track.time_zone or program.time_zone
        ahead, travel = minutes_ahead(zone, _zone(request)), _travel(way)
        needed = {
            minute % WEEK
            for start, end in required_sessions(way.track, ahead)
            for minute in range(start - travel, end + travel)
        }
        assert _added(free, wider) == {minute for minute in needed if not free[minute]}


@law(50, request=askers, program=booked | opened)
def test_free_time_asked_for_booked_sessions_is_the_least_that_does(
    request: Request, program: Program
) -> None:
    assert request.when is not None
    free = on_circle(request.when)
    many, length = needed_sessions(program, request.age)
    for way, wider in _asked_for(request, program):
        ahead, travel = minutes_ahead(program.time_zone, _zone(request)), _travel(way)
        assume(length + 2 * travel < WEEK)
        if program.appointments is not None:
            hours = later(on_circle(program.appointments.hours), ahead)
        else:
            assert program.office_hours is not None
            hours = later(perhaps_open(program.office_hours), ahead)
        assert bookable_days(hours, on_circle(wider), length, travel) >= many
        if many - bookable_days(hours, free, length, travel) == 1:
            assert len(_added(free, wider)) == _least_missing(hours, free, length, travel)


def _least_missing(hours: Minutes, free: Minutes, length: int, travel: int) -> int:
    """The fewest minutes that are lacking for one session on a day that has none yet."""
    before = list(accumulate((not one for one in free * 3), initial=0))
    open_for = stretch_from(hours)
    missing: dict[int, float] = {}
    for start in range(WEEK):
        if open_for[start] >= length:
            low, high = start - travel + WEEK, start + length + travel + WEEK
            lacking = before[high] - before[low]
            day = start // DAY
            missing[day] = min(missing.get(day, math.inf), lacking)
    return int(min(count for count in missing.values() if count))
