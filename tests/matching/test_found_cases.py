"""Cases in which a law once failed, each with the reason why the answer now given is right."""

from __future__ import annotations

import datetime as dt

from small_world import AS_OF, CHICAGO, best_of, case_for, named, standing

from factories import a_program
from opmatch.matching.rank import explain_program
from opmatch.model.program import Language, OfficeHours, Session, Site, Track, Tri
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
