"""Every cell of the gaps is what the gates say of each program, asked one by one."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import AS_OF, a_program
from opmatch import api
from opmatch.intake.words import RequestWords
from opmatch.keeping.gap_areas import Area, areas_of, request_for, where
from opmatch.keeping.gap_cells import Cell, Gaps, Open, unserved
from opmatch.keeping.gaps import gaps
from opmatch.matching.judge import Judge
from opmatch.model.program import (
    Availability,
    Level,
    Needs,
    Payer,
    Point,
    Populations,
    Program,
    Session,
    Site,
    Track,
    Tri,
)
from opmatch.model.request import Request

CHICAGO, MADISON = Point(41.9, -87.63), Point(43.07, -89.4)
WORDS = RequestWords(needs=("ptsd", "depression", "opioid"), payers=("medicaid", "private:aetna"))
REQUEST, _ = api.understand(WORDS, AS_OF)
NEAR, _ = api.understand(RequestWords(near="60610", within="15"), AS_OF)
AREAS = (
    Area(name="IL", state="IL"),
    Area(name="WI", state="WI"),
    Area(name="Chicago", near=NEAR.near, within=NEAR.within),
)


def naive(program: Program, area: Area, wishes: Request, need: str, payer: str) -> tuple[str, str]:
    """("out of reach" | "closed" | "ask who" | "open", tier) by judging the whole request at once."""
    lies = where(area, program)
    if program.status != "active" or (
        lies == "elsewhere"
        and (program.virtual is Tri.NO or area.state not in (program.licensed_states or ()))
    ):
        return "out of reach", ""
    one = {asked.id: asked for asked in (*wishes.needs, *wishes.payers)}
    plain = msgspec.structs.replace(wishes, needs=(one[need],), payers=(one[payer],))
    judged = Judge(api.case_of(request_for(area, plain, lies))).candidates(program)
    found = []
    for candidate in judged:
        states = {gate.name: gate.verdict.state for gate in candidate.gates}
        if states.get("place") != "not_met":
            found.append((states["population"], candidate.tier))
    if not found:
        return "out of reach", ""
    tiers = [tier for population, tier in found if population == "met"]
    if not tiers:
        return ("ask who" if any(state == "unknown" for state, _ in found) else "closed"), ""
    return "open", min(tiers, key=["eligible", "confirm", "out"].index)


def naively(programs: list[Program], wishes: Request) -> Gaps:
    entries, cells = [], []
    for area in AREAS:
        for level in ("op", "iop", "php"):
            some = [one for one in programs if one.level == level]
            first = [naive(one, area, wishes, "ptsd", "medicaid")[0] for one in some]
            entries.append(
                Open(
                    place=area.name,
                    level=level,
                    programs=sum(state != "out of reach" for state in first),
                    closed=first.count("closed"),
                    ask_who=first.count("ask who"),
                )
            )
            for need in wishes.needs:
                for payer in wishes.payers:
                    tiers = [naive(one, area, wishes, need.id, payer.id)[1] for one in some]
                    counts = {tier: tiers.count(tier) for tier in ("eligible", "confirm", "out")}
                    cells.append(
                        Cell(
                            place=area.name,
                            level=level,
                            need=need.id,
                            payer=payer.id,
                            served=counts["eligible"],
                            may=counts["confirm"],
                            cannot=counts["out"],
                        )
                    )
    return Gaps(
        places=tuple(area.name for area in AREAS),
        levels=("op", "iop", "php"),
        needs=wishes.needs,
        payers=wishes.payers,
        entries=tuple(entries),
        cells=tuple(cells),
    )


LEVELS: st.SearchStrategy[Level] = st.sampled_from(["op", "iop"])
NEEDS = st.sampled_from(["ptsd", "trauma", "opioid", "depression"])
SITES = st.none() | st.builds(
    Site,
    state=st.sampled_from(["IL", "WI", ""]),
    point=st.sampled_from([None, CHICAGO, MADISON]),
)
PEOPLE = st.sampled_from([Populations(), Populations(only=("veterans",)), Populations(only_unknown=True)])
TRACKS = st.lists(
    st.builds(
        Track,
        id=st.sampled_from(["am", "pm"]),
        sessions=st.just((Session((540, 720)),)),
        seats_open=st.sampled_from([None, 0, 3]),
        populations=st.none() | PEOPLE,
        virtual=st.none() | st.sampled_from(Tri),
    ),
    max_size=2,
    unique_by=lambda track: track.id,
).map(tuple)
PROGRAM = st.builds(
    a_program,
    level=LEVELS,
    status=st.sampled_from(["active", "active", "closed"]),
    fields=st.sampled_from([("mental-health",), ("substance-use",), ("mental-health", "substance-use")]),
    needs=st.builds(
        Needs, treats=st.lists(NEEDS, max_size=2).map(tuple), excludes=st.lists(NEEDS, max_size=1).map(tuple)
    ),
    payers=st.none()
    | st.lists(st.sampled_from(["medicaid", "private", "va"]).map(lambda id_: Payer(id=id_)), max_size=2).map(
        tuple
    ),
    site=SITES,
    in_person=st.sampled_from(Tri),
    virtual=st.sampled_from(Tri),
    licensed_states=st.none() | st.sampled_from([("IL",), ("WI",), ("IL", "WI")]),
    populations=PEOPLE,
    tracks=TRACKS,
    availability=st.builds(
        Availability, status=st.sampled_from([None, "no-capacity", "capacity"]), as_of=st.just(AS_OF)
    ),
)
WISHES = st.sampled_from(
    [
        {},
        {"waitlist": True},
        {"populations": api.understand(RequestWords(populations=("veterans",)), AS_OF)[0].populations},
        {"age": 15},
    ]
)


@settings(max_examples=60)
@given(st.lists(PROGRAM, max_size=4), WISHES)
def test_cells_are_what_judging_each_program_by_itself_gives(
    programs: list[Program], wishes: dict[str, Any]
) -> None:
    request = msgspec.structs.replace(REQUEST, **wishes)
    assert gaps(programs, AREAS, request, api.case_of) == naively(programs, request)


def test_a_gap_is_named_with_its_places() -> None:
    served = a_program(needs=Needs(treats=("ptsd",)), payers=(Payer(id="medicaid"),), site=Site(state="IL"))
    request = msgspec.structs.replace(
        REQUEST, needs=REQUEST.needs[:1], payers=REQUEST.payers[:1], levels=("op", "iop")
    )
    report = gaps([served], AREAS[:2], request, api.case_of)
    assert unserved(report) == {
        ("op", "ptsd", "medicaid"): ("WI",),
        ("iop", "ptsd", "medicaid"): ("IL", "WI"),
    }


def test_places_are_the_states_of_sites() -> None:
    programs = [a_program(site=Site(state="WI")), a_program(site=Site(state="IL")), a_program()]
    assert [area.state for area in areas_of(programs)] == ["IL", "WI"]
