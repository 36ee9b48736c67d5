"""Cases in which a law once failed, each with the reason why the answer now given is right."""

from __future__ import annotations

import datetime as dt

from small_world import AS_OF, CHICAGO, best_of, named, standing

from factories import a_program
from opmatch.model.program import Language, Site, Tri
from opmatch.model.request import Request


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
