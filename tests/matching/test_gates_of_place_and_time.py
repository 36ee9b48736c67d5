"""Place, schedule and capacity in their three states, with the sentence each tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gate_findings import ORIGIN, asking, details, findings, program
from inline_snapshot import snapshot
from small_world import AS_OF, CHICAGO, SOMEWHERE, north

from opmatch.intake.week import parse_week
from opmatch.model.program import (
    Appointments,
    Availability,
    OfficeHours,
    Program,
    Session,
    Site,
    Track,
    Tri,
    Verified,
)
from opmatch.model.week import FULL_WEEK, Week

STALE = AS_OF - dt.timedelta(days=100)
IN_A_WEEK = AS_OF + dt.timedelta(days=7)
EVENINGS = parse_week(["mon-fri 17:30-21:00"])


def _at(miles: float, **changes: Any) -> Program:
    return program(site=Site(state="IL", point=north(miles), precision="exact"), **changes)


def _virtual(**changes: Any) -> Program:
    return program(in_person=Tri.NO, virtual=Tri.YES, **changes)


def _track(*days: str, **changes: Any) -> Program:
    sessions = tuple(Session(span) for span in parse_week(days).spans)
    return program(level="iop", tracks=(Track(id="evening", sessions=sessions),), **changes)


def _office(hours: Week, *days: int, **changes: Any) -> Program:
    return program(office_hours=OfficeHours(hours=hours, days=days), **changes)


def test_place_in_person() -> None:
    asked = asking(near=CHICAGO, within=10.0)
    cases = {
        "at the door": _at(0),
        "within": _at(9.99),
        "roughly located": program(site=Site(state="IL", point=north(3), precision="zip")),
        "not located": program(site=Site(state="IL")),
        "in person is not said": _at(1, in_person=Tri.UNKNOWN),
        "beyond": _at(10.4),
        "just beyond": _at(10.001),
        "far beyond": _at(20.5),
    }
    assert findings("place", asked, cases) == snapshot(
        {
            "at the door": "met: 0.0 mi away, about 0 min, within 10 mi",
            "within": "met: 10.0 mi away, about 29 min, within 10 mi",
            "roughly located": "met: 3.0 mi away, about 9 min, approximate, within 10 mi",
            "not located": "unknown: its place is not known",
            "in person is not said": "unknown: does not say whether sessions are in person",
            "beyond": "not_met: 10.4 mi away, about 31 min, beyond 10 mi",
            "just beyond": "not_met: 10.01 mi away, about 29 min, beyond 10 mi",
            "far beyond": "not_met: 21 mi away, about 60 min, beyond 10 mi",
        }
    )
    assert details("place", asked, cases["beyond"]) == snapshot(
        ("within 10 mi", "10.4 mi", "", {"within": 11})
    )
    assert details("place", asked, cases["far beyond"]) == snapshot(("within 10 mi", "21 mi", "", None))
    assert findings("place", asking(near=CHICAGO, within=0.0), {"at the door": _at(0)}) == snapshot(
        {"at the door": "met: 0.0 mi away, about 0 min, within 0 mi"}
    )


def test_place_virtual() -> None:
    cases = {
        "licensed": _virtual(licensed_states=("WI", "IL")),
        "licence not said": _virtual(),
        "licensed elsewhere": _virtual(licensed_states=("WI",)),
        "perhaps virtual": program(in_person=Tri.NO),
        "in person only": _at(1, virtual=Tri.NO),
    }
    assert findings("place", asking(near=CHICAGO, within=10.0, delivery="virtual"), cases) == snapshot(
        {
            "licensed": "met: virtual, licensed in IL",
            "licence not said": "unknown: virtual; does not say where it is licensed",
            "licensed elsewhere": "not_met: virtual, licensed in WI, not IL",
            "perhaps virtual": "unknown: does not say whether all of it can be virtual",
            "in person only": "not_met: care is in person, asked was virtual",
        }
    )
    assert findings("place", asking(near=SOMEWHERE, within=10.0, delivery="virtual"), cases) == snapshot(
        {
            "licensed": "unknown: virtual, licensed in WI, IL; your state is not known",
            "licence not said": "unknown: virtual; does not say where it is licensed",
            "licensed elsewhere": "unknown: virtual, licensed in WI; your state is not known",
            "perhaps virtual": "unknown: does not say whether all of it can be virtual",
            "in person only": "not_met: care is in person, asked was virtual",
        }
    )


def test_place_with_delivery_refused_can_be_relaxed_with_the_distance_too() -> None:
    asked = asking(near=CHICAGO, within=10.0, delivery="virtual")
    assert details("place", asked, _at(3, virtual=Tri.NO))[3] == {"delivery": "any"}
    assert details("place", asked, _at(10.4, virtual=Tri.NO))[3] == {"delivery": "any", "within": 11}
    assert details("place", asked, _at(30, virtual=Tri.NO))[3] is None
    in_person = asking(near=CHICAGO, within=10.0, delivery="in-person")
    assert details("place", in_person, _virtual(licensed_states=("IL",)))[3] == {"delivery": "any"}
    assert details("place", in_person, _virtual(licensed_states=("WI",)))[3] is None


def test_schedule_of_tracks() -> None:
    asked = asking(when=EVENINGS)
    cases = {
        "fits to the minute": _track("mon,wed,thu 17:30-21:00"),
        "fits": _track("mon,wed,thu 18:00-20:30"),
        "one session too late": _track("mon,wed 18:00-21:00", "thu 18:30-21:30"),
        "none fits": _track("sat,sun 09:00-12:00"),
    }
    assert findings("schedule", asked, cases) == snapshot(
        {
            "fits to the minute": "met: evening track, Mon, Wed, Thu 17:30–21:00, fits with 0 min to spare",
            "fits": "met: evening track, Mon, Wed, Thu 18:00–20:30, fits with 30 min to spare",
            "one session too late": "not_met: evening track meets Thu 18:30–21:30, you are free Thu 17:30–21:00",
            "none fits": "not_met: evening track meets Sat 09:00–12:00, you are not free on Sat; 2 of 2 sessions don't fit",
        }
    )
    assert details("schedule", asked, cases["one session too late"]) == snapshot(
        (
            "your free time",
            "Mon, Wed 18:00–21:00; Thu 18:30–21:30",
            "",
            {"when": ["mon-wed,fri 17:30-21:00", "thu 17:30-21:30"]},
        )
    )


def test_schedule_with_the_drive() -> None:
    asked = asking(near=CHICAGO, within=10.0, when=EVENINGS)
    five_miles = Site(state="IL", point=north(5), precision="exact")  # 14.4 minutes, rounded up
    cases = {
        "room for the drive": _track("mon 17:45-20:45", site=five_miles),
        "a minute short": _track("mon 17:44-20:45", site=five_miles),
    }
    assert findings("schedule", asked, cases) == snapshot(
        {
            "room for the drive": "met: evening track, Mon 17:45–20:45, fits with 0 min to spare, about 15 min each way included",
            "a minute short": "not_met: evening track meets Mon 17:44–20:45 with about 15 min of travel each way: needs Mon 17:29–21:00, you are free Mon 17:30–21:00",
        }
    )
    assert details("schedule", asked, cases["a minute short"])[3] == {
        "when": ["mon 17:29-21:00", "tue-fri 17:30-21:00"]
    }


def test_schedule_of_appointments_and_hours() -> None:
    asked = asking(when=EVENINGS)
    late = parse_week(["mon,tue 20:00-22:00"])
    cases = {
        "appointments fit": program(appointments=Appointments(hours=late, per_week=2)),
        "too few days": program(appointments=Appointments(hours=late, per_week=3)),
        "office hours of a routine program": _office(late, *range(7)),
        "office hours of some days": _office(parse_week(["mon 09:00-17:00"]), 0),
        "office hours of all days": _office(parse_week(["mon-fri 09:00-17:00"]), *range(7)),
        "opening hours of an intensive program": _office(FULL_WEEK, *range(7), level="iop"),
        "opening hours too short": _office(late, *range(7), level="iop"),
        "nothing said": program(),
    }
    assert findings("schedule", asked, cases) == snapshot(
        {
            "appointments fit": "met: 2 sessions of 50 min a week can be booked within its appointments and your free time",
            "too few days": "not_met: 3 sessions of 50 min on separate days can't be held within its appointments and your free time",
            "office hours of a routine program": "met: 1 session of 50 min a week can be booked within its office hours and your free time",
            "office hours of some days": "unknown: does not give its hours for every day",
            "office hours of all days": "not_met: 1 session of 50 min on separate days can't be held within its office hours and your free time",
            "opening hours of an intensive program": "unknown: lists opening hours only, not when its IOP sessions are",
            "opening hours too short": "not_met: 3 sessions of 180 min on separate days can't be held within its opening hours and your free time",
            "nothing said": "unknown: does not say when sessions are",
        }
    )
    assert details("schedule", asked, cases["nothing said"]) == snapshot(
        ("your free time", "not said", "On which days and at what times would sessions be?", None)
    )
    assert details("schedule", asked, cases["office hours of all days"]) == snapshot(
        ("your free time", "0 of 1 fit", "", {"when": ["mon 09:00-09:50", "mon-fri 17:30-21:00"]})
    )


def test_opening_hours_hold_shorter_sessions_for_adolescents() -> None:
    two_hours = _office(parse_week(["mon,wed,fri 18:00-20:00"]), *range(7), level="iop")
    states = [
        findings("schedule", asking(when=EVENINGS, age=age), {"": two_hours})[""].partition(":")[0]
        for age in (17, 18)
    ]
    assert states == ["unknown", "not_met"]


def test_schedule_at_midnight_and_at_the_end_of_the_week() -> None:
    cases = {"across midnight": _track("sat 23:00-01:00"), "across the week's end": _track("sun 23:00-01:00")}
    night = asking(when=parse_week(["sat-sun 22:00-02:00"]))
    assert findings("schedule", night, cases) == snapshot(
        {
            "across midnight": "met: evening track, Sat 23:00–01:00, fits with 60 min to spare",
            "across the week's end": "met: evening track, Sun 23:00–01:00, fits with 60 min to spare",
        }
    )
    every_minute = asking(when=FULL_WEEK)
    assert findings("schedule", every_minute, cases) == snapshot(
        {
            "across midnight": "met: evening track, Sat 23:00–01:00, fits with 1440 min to spare",
            "across the week's end": "met: evening track, Sun 23:00–01:00, fits with 1440 min to spare",
        }
    )


def test_schedule_on_two_clocks() -> None:
    asked = asking(near=CHICAGO, within=10.0, when=parse_week(["mon 18:00-21:00"]))
    eastern = _track("mon 19:00-22:00", in_person=Tri.NO, virtual=Tri.YES, time_zone="America/New_York")
    assert findings("schedule", asked, {"an hour ahead": eastern}) == snapshot(
        {"an hour ahead": "met: evening track, Mon 18:00–21:00, fits with 0 min to spare"}
    )


def test_capacity_without_a_date_to_start_by() -> None:
    cases = {
        "not said": program(),
        "open places": program(availability=Availability(status="capacity")),
        "a waitlist": program(availability=Availability(status="waitlist", wait_days=200)),
        "full": program(availability=Availability(status="no-capacity")),
        "was full long ago": program(availability=Availability(status="no-capacity", as_of=STALE)),
        "no seats": _seats(0),
    }
    assert findings("capacity", asking(), cases) == snapshot(
        {
            "not said": "met: does not say how long the wait is; no start date was asked",
            "open places": "met: listed open places, today",
            "a waitlist": "met: listed a waitlist, a wait of 200 days, today",
            "full": "not_met: listed no capacity, today",
            "was full long ago": "unknown: listed no capacity, 100 days ago: may have changed since",
            "no seats": "not_met: listed 0 open seats in the day track, today",
        }
    )
    assert details("capacity", asking(), cases["full"]) == snapshot(
        ("room for a new client", "no capacity", "", {"waitlist": True})
    )
    assert findings("capacity", asking(waitlist=True), {"full": cases["full"]}) == snapshot(
        {"full": "met: listed no capacity, today; a place on a waitlist will do"}
    )


def _seats(count: int, **changes: Any) -> Program:
    track = Track(id="day", sessions=(Session((600, 660)),), seats_open=count, seats_as_of=AS_OF)
    return program(tracks=(track,), **changes)


def test_capacity_with_a_date_to_start_by() -> None:
    asked = asking(start_by=IN_A_WEEK)
    cases = {
        "in time": program(availability=Availability(wait_days=7)),
        "seats": _seats(1),
        "wait not said": program(availability=Availability(status="waitlist")),
        "a wait told long ago": program(availability=Availability(wait_days=0, as_of=STALE)),
        "nothing said": program(),
        "too late": program(availability=Availability(wait_days=8)),
    }
    assert findings("capacity", asked, cases) == snapshot(
        {
            "in time": "met: listed a wait of 7 days, today: a start by 2026-11-30 is in time",
            "seats": "met: listed 1 open seat in the day track, today: a start by 2026-11-23 is in time",
            "wait not said": "unknown: listed a waitlist, today: no start date given",
            "a wait told long ago": "unknown: listed no wait, 100 days ago: too old to rely on",
            "nothing said": "unknown: does not say how long the wait is",
            "too late": "not_met: listed a wait of 8 days, today: a start about 2026-12-01 is after 2026-11-30",
        }
    )
    assert details("capacity", asked, cases["too late"]) == snapshot(
        ("start by 2026-11-30", "about 2026-12-01", "", {"start_by": "2026-12-01"})
    )
    full = {"full": program(availability=Availability(status="no-capacity"))}
    assert findings("capacity", asking(start_by=IN_A_WEEK, waitlist=True), full) == snapshot(
        {"full": "unknown: listed no capacity, today; how long its waitlist is, is not said"}
    )


def test_the_newest_word_on_room_counts_and_on_a_tie_the_track_s() -> None:
    def both(status_days: int) -> Program:
        as_of = AS_OF - dt.timedelta(days=status_days)
        return _seats(2, availability=Availability(status="no-capacity", as_of=as_of), origin=ORIGIN)

    older_seats = Track(
        id="day", sessions=(Session((600, 660)),), seats_open=2, seats_as_of=AS_OF - dt.timedelta(days=9)
    )
    cases = {
        "same day": both(0),
        "seats newer": both(5),
        "status newer": program(
            tracks=(older_seats,),
            availability=Availability(status="no-capacity", as_of=AS_OF - dt.timedelta(days=8)),
            verified=Verified(),
        ),
    }
    assert findings("capacity", asking(), cases) == snapshot(
        {
            "same day": "met: listed 2 open seats in the day track, today",
            "seats newer": "met: listed 2 open seats in the day track, today",
            "status newer": "not_met: listed no capacity, 8 days ago",
        }
    )
