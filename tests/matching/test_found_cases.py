"""Cases in which a law once failed, each with the reason why the answer now given is right."""

from __future__ import annotations

import datetime as dt

from small_world import AS_OF, CHICAGO, best_of, case_for, named, ranked, standing

from factories import a_program
from opmatch.matching.rank import explain_program
from opmatch.model.program import (
    Availability,
    Fees,
    Language,
    OfficeHours,
    Program,
    Session,
    Site,
    Track,
    Tri,
    Verified,
)
from opmatch.model.ranking import SessionTime
from opmatch.model.request import Request
from opmatch.model.week import Week


def test_listing_a_language_itself_counts_no_less_than_a_fresher_kind_of_it() -> None:
    fresh = Language(id="cmn", by="staff", verified=AS_OF)
    old = Language(id="zh", by="staff", verified=AS_OF - dt.timedelta(days=900))
    request = Request(as_of=AS_OF, language=named("zh")[0])
    assert standing(request, a_program(languages=(fresh,))) == standing(
        request, a_program(languages=(fresh, old))
    )


def test_care_that_may_be_virtual_is_out_where_its_licences_are_elsewhere() -> None:
    request = Request(as_of=AS_OF, near=CHICAGO, within=25.0, delivery="virtual")
    site = Site(state="IL")
    perhaps, surely = (
        best_of(request, a_program(site=site, in_person=Tri.NO, virtual=virtual, licensed_states=("WI",)))
        for virtual in (Tri.UNKNOWN, Tri.YES)
    )
    assert [
        gate.verdict.say().reason
        for scored in (perhaps, surely)
        for gate in scored.candidate.failed
        if gate.name == "place"
    ] == ["perhaps virtual, licensed in WI, not IL", "virtual, licensed in WI, not IL"]


def test_a_day_without_hours_is_unknown_on_the_program_s_clock() -> None:
    # Sunday in Kolkata ends on Sunday at 12:30 in Chicago, so Sunday evening there is a known, closed Monday.
    closed_monday = OfficeHours(hours=Week.of([(0, 1)]), days=(0,))
    program = a_program(
        in_person=Tri.NO, virtual=Tri.YES, time_zone="Asia/Kolkata", office_hours=closed_monday
    )
    sunday_evening = Week.of([(6 * 1440 + 17 * 60, 6 * 1440 + 21 * 60)])
    request = Request(as_of=AS_OF, near=CHICAGO, within=25.0, when=sunday_evening)
    states = {gate.name: gate.verdict.state for gate in best_of(request, program).candidate.gates}
    assert states["schedule"] == "not_met"


def test_sessions_are_told_on_the_client_s_clock_also_where_free_time_was_not_asked() -> None:
    track = Track(id="late", sessions=(Session((22 * 60, 24 * 60)),), time_zone="America/Phoenix")
    program = a_program(in_person=Tri.NO, virtual=Tri.YES, tracks=(track,))
    told = explain_program(case_for(Request(as_of=AS_OF, near=CHICAGO, within=25.0)), program).sessions
    assert told == (SessionTime(day="mon", start="23:00", end="01:00", leave="23:00", back="01:00"),)


def test_programs_of_one_place_stand_where_their_own_scores_put_them() -> None:
    def fee(id_: str, street: str, dollars: float) -> Program:
        site = Site(street=street, state="IL")
        return a_program(
            id=id_, site=site, fees=Fees(visit=dollars), payers=(), verified=Verified(date=AS_OF)
        )

    programs = [fee("a1", "1 First St", 60), fee("a2", "1 First St", 400), fee("b1", "2 Second St", 120)]
    request = Request(as_of=AS_OF, payers=named("self_pay"))

    def order(*programs: Program) -> list[tuple[str, int, tuple[str, ...]]]:
        return [(one.program.id, one.rank, one.same_site) for one in ranked(request, *programs).matches]

    assert order(*programs) == [("a1", 1, ("a2",)), ("b1", 2, ()), ("a2", 1, ("a1",))]
    assert order(*programs, fee("b2", "2 Second St", 0)) == [
        ("b2", 1, ("b1",)),
        ("a1", 2, ("a2",)),
        ("b1", 1, ("b2",)),
        ("a2", 2, ("a1",)),
    ]


def test_no_travel_counts_for_care_that_is_known_not_to_be_in_person() -> None:
    request = Request(as_of=AS_OF, near=CHICAGO, within=25.0, delivery="virtual", gender="male")
    next_door = Site(state="IL", point=CHICAGO.point)
    neither, perhaps = (
        standing(request, a_program(site=next_door, in_person=Tri.NO, virtual=virtual, genders=("female",)))
        for virtual in (Tri.NO, Tri.UNKNOWN)
    )
    assert neither < perhaps


def test_who_waits_for_any_time_is_not_kept_out_by_a_stale_word_that_it_was_full() -> None:
    request = Request(as_of=AS_OF, waitlist=True)
    states = [
        {gate.name: gate.verdict.state for gate in best_of(request, program).candidate.gates}["capacity"]
        for program in (
            a_program(availability=Availability(status="no-capacity", as_of=AS_OF - dt.timedelta(days=days)))
            for days in (0, 300)
        )
    ]
    assert states == ["met", "met"]


def test_interpreters_say_nothing_of_staff_so_a_must_for_staff_stays_open() -> None:
    request = Request(as_of=AS_OF, language=named("es")[0], must=("language",))
    said = (
        a_program(interpreters=Tri.NO),
        a_program(),
        a_program(interpreters=Tri.YES),
        a_program(languages=(Language(id="es", by="interpreter"),)),
        a_program(languages=(Language(id="es", by="staff"),)),
    )
    states = [
        {gate.name: gate.verdict.state for gate in best_of(request, one).candidate.gates}["must"]
        for one in said
    ]
    assert states == ["not_met", "unknown", "unknown", "not_met", "met"]
