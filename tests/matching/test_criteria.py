"""Every criterion at the values its rule turns on: utility, what is known of it, and the sentence told."""

from __future__ import annotations

import datetime as dt

from gate_findings import ORIGIN, asking, program
from inline_snapshot import snapshot
from small_world import AS_OF, CHICAGO, case_for, named, north

from opmatch.intake.week import parse_week
from opmatch.matching.rank import explain_program
from opmatch.model.program import (
    Appointments,
    Approach,
    Availability,
    Fees,
    Language,
    Needs,
    Origin,
    Payer,
    Populations,
    Program,
    Session,
    Site,
    Track,
    Tri,
    Verified,
)
from opmatch.model.request import Request
from opmatch.model.week import FULL_WEEK

YEAR_AGO = Verified(date=AS_OF - dt.timedelta(days=365))
EVENINGS = parse_week(["mon-fri 17:30-21:00"])


def told(name: str, request: Request, cases: dict[str, Program]) -> dict[str, str]:
    """Case to "utility, known: reason"."""
    found = {}
    for label, one in cases.items():
        match = explain_program(case_for(request), one)
        criterion = next(each for each in match.criteria if each.name == name)
        found[label] = f"{criterion.utility:.4f}, {criterion.known:.4f}: {criterion.reason}"
    return found


def test_fit() -> None:
    cpt = (Approach(id="cpt"),)
    cases = {
        "specializes, with a first-line treatment": program(
            needs=Needs(specializes=("ptsd",)), approaches=cpt
        ),
        "specializes, known to offer none": program(
            needs=Needs(specializes=("ptsd",)),
            approaches=tuple(Approach(id=one, offered=Tri.NO) for one in ("cpt", "emdr")),
        ),
        "treats, with a first-line treatment": program(needs=Needs(treats=("ptsd",)), approaches=cpt),
        "treats": program(needs=Needs(treats=("ptsd",))),
        "treats what it is part of": program(needs=Needs(treats=("trauma",)), approaches=cpt),
        "not said": program(),
        "excluded": program(needs=Needs(excludes=("ptsd",))),
        "specializes, listed a year ago": program(
            needs=Needs(specializes=("ptsd",)), approaches=cpt, verified=YEAR_AGO
        ),
    }
    assert told("fit", asking(needs=named("ptsd"), age=40), cases) == snapshot(
        {
            "specializes, with a first-line treatment": "1.0000, 1.0000: specializes in PTSD and offers CPT (first-line: VA/DoD 2023) (listed today)",
            "specializes, known to offer none": "0.8500, 1.0000: specializes in PTSD (listed today)",
            "treats, with a first-line treatment": "0.8000, 1.0000: treats PTSD and offers CPT (first-line: VA/DoD 2023) (listed today)",
            "treats": "0.6125, 1.0000: treats PTSD (listed today)",
            "treats what it is part of": "0.6400, 1.0000: treats trauma and offers CPT (first-line: VA/DoD 2023) (listed today)",
            "not said": "0.3000, 0.0000: does not say whether it treats PTSD",
            "excluded": "0.0000, 1.0000: does not treat PTSD (listed today)",
            "specializes, listed a year ago": "0.8420, 0.8000: specializes in PTSD and offers CPT (first-line: VA/DoD 2023) (listed 365 days ago)",
        }
    )
    adolescent = asking(needs=named("ptsd"), age=13)
    first = {"CPT is no first line under 18": cases["specializes, with a first-line treatment"]}
    assert told("fit", adolescent, first) == snapshot(
        {"CPT is no first line under 18": "0.8875, 1.0000: specializes in PTSD (listed today)"}
    )


def test_fit_of_common_needs_and_of_several() -> None:
    assert told("fit", asking(needs=named("depression")), {"a general program": program()}) == snapshot(
        {"a general program": "0.4000, 1.0000: a general program, which commonly treats depression"}
    )
    both = program(needs=Needs(specializes=("psychosis",), treats=("trauma",)))
    assert [
        told("fit", asking(needs=named(*needs)), {"": both})[""]
        for needs in (("psychosis", "trauma"), ("trauma", "psychosis"))
    ] == snapshot(
        [
            "0.7500, 1.0000: specializes in psychosis (listed today); treats trauma (listed today)",
            "0.6500, 1.0000: treats trauma (listed today); specializes in psychosis (listed today)",
        ]
    )


def test_schedule() -> None:
    def track(*texts: str) -> Program:
        sessions = tuple(Session(span) for span in parse_week(texts).spans)
        return program(level="iop", tracks=(Track(id="evening", sessions=sessions),))

    cases = {
        "to the minute": track("mon,wed 17:30-21:00"),
        "half an hour to spare": track("mon,wed 18:00-20:30"),
        "half of it fits": track("mon 18:00-20:00", "sat 09:00-12:00"),
        "one way to book": program(
            appointments=Appointments(hours=parse_week(["mon 20:10-22:00"]), session_minutes=50)
        ),
        "ten hours of starts and more": program(appointments=Appointments(hours=FULL_WEEK)),
        "not said": program(),
    }
    assert told("schedule", asking(when=EVENINGS), cases) == snapshot(
        {
            "to the minute": "0.7000, 1.0000: fits with 0 min to spare (listed today)",
            "half an hour to spare": "0.9000, 1.0000: fits with 30 min to spare (listed today)",
            "half of it fits": "0.2500, 1.0000: 1 of 2 sessions fit (listed today)",
            "one way to book": "0.7000, 1.0000: 1 min of start times to choose from (listed today)",
            "ten hours of starts and more": "1.0000, 1.0000: about 13.4 hours of start times to choose from (listed today)",
            "not said": "0.4000, 0.0000: session times are not said",
        }
    )


def test_availability() -> None:
    seat = Track(id="day", sessions=(Session((600, 660)),), seats_open=2)
    cases = {
        "seats": program(tracks=(seat,)),
        "no wait": program(availability=Availability(wait_days=0)),
        "a week": program(availability=Availability(wait_days=7)),
        "two weeks, told 28 days ago": program(
            availability=Availability(wait_days=14, as_of=AS_OF - dt.timedelta(days=28))
        ),
        "three months": program(availability=Availability(status="waitlist", wait_days=90)),
        "a status without a wait": program(availability=Availability(status="capacity")),
        "full": program(availability=Availability(status="no-capacity")),
        "not said": program(),
    }
    assert told("availability", asking(), cases) == snapshot(
        {
            "seats": "1.0000, 1.0000: 2 open seats in the day track, listed today",
            "no wait": "1.0000, 1.0000: no wait, listed today",
            "a week": "0.7500, 1.0000: a wait of 7 days, listed today",
            "two weeks, told 28 days ago": "0.5000, 0.5000: a wait of 14 days, listed 28 days ago",
            "three months": "0.0000, 1.0000: a waitlist, a wait of 90 days, listed today",
            "a status without a wait": "0.4000, 0.0000: open places, listed today; how long it takes is not said",
            "full": "0.0000, 1.0000: no capacity, listed today",
            "not said": "0.4000, 0.0000: does not say how long the wait is",
        }
    )


def test_travel() -> None:
    def at(miles: float, **changes: object) -> Program:
        return program(site=Site(state="IL", point=north(miles), precision="exact"), **changes)

    cases = {
        "at the door": at(0),
        "four miles": at(4),
        "four miles, three days a week": at(4, level="iop"),
        "fifty miles": at(50),
        "fifty miles, with rides": at(50, supports=("transport",)),
        "not located": program(),
        "virtual": program(in_person=Tri.NO, virtual=Tri.YES, licensed_states=("IL",)),
        "neither": at(1, in_person=Tri.NO, virtual=Tri.NO),
    }
    assert told("travel", asking(near=CHICAGO, within=25.0), cases) == snapshot(
        {
            "at the door": "1.0000, 1.0000: 0.0 mi, about 0 min, 1 day a week",
            "four miles": "0.8500, 1.0000: 4.0 mi, about 12 min, 1 day a week",
            "four miles, three days a week": "0.7280, 1.0000: 4.0 mi, about 12 min, 3 days a week",
            "fifty miles": "0.0000, 1.0000: 50 mi, about 145 min, 1 day a week",
            "fifty miles, with rides": "0.6000, 1.0000: 50 mi, about 145 min, 1 day a week; provides transport (listed today)",
            "not located": "0.3500, 0.0000: its place is not known",
            "virtual": "0.8000, 1.0000: virtual, no travel",
            "neither": "0.0000, 1.0000: offers no care in person",
        }
    )


def test_cost() -> None:
    old = AS_OF - dt.timedelta(days=90)
    here = Site(state="IL")
    cases = {
        "in network and accepting": program(
            site=here, payers=(Payer(id="medicaid", network="in", accepting=Tri.YES),)
        ),
        "the same, 90 days ago": program(
            site=here, payers=(Payer(id="medicaid", network="in", accepting=Tri.YES, verified=old),)
        ),
        "listed": program(site=here, payers=(Payer(id="medicaid"),)),
        "out of network": program(site=here, payers=(Payer(id="medicaid", network="out"),)),
        "not listed": program(payers=()),
        "not said": program(),
    }
    assert told("cost", asking(payers=named("medicaid")), cases) == snapshot(
        {
            "in network and accepting": "1.0000, 1.0000: listed as accepting Medicaid, in network, today",
            "the same, 90 days ago": "0.8249, 0.6686: listed as accepting Medicaid, in network, 90 days ago",
            "listed": "0.7500, 0.5000: lists Medicaid, today",
            "out of network": "0.6250, 0.7500: lists Medicaid, out of network, today",
            "not listed": "0.0000, 1.0000: Medicaid is not listed (today)",
            "not said": "0.3500, 0.0000: not known whether Medicaid is taken",
        }
    )
    prices = {
        "free": program(fees=Fees(visit=0)),
        "$130": program(fees=Fees(visit=130)),
        "a price that isn't said": program(payers=(Payer(id="self_pay"),)),
        "the cheaper of two": program(fees=Fees(visit=200, sliding_scale_from=25)),
    }
    assert told("cost", asking(payers=named("self_pay", "sliding_scale")), prices) == snapshot(
        {
            "free": "1.0000, 1.0000: Self-pay $0 a visit, listed today",
            "$130": "0.4250, 1.0000: Self-pay $130 a visit, listed today",
            "a price that isn't said": "0.3500, 0.0000: Self-pay, price not said",
            "the cheaper of two": "0.9000, 1.0000: Sliding scale from $25 a visit, listed today",
        }
    )


def test_preferences() -> None:
    asked = asking(
        language=named("es")[0],
        populations=named("veterans"),
        services=named("group-therapy"),
        supports=named("childcare"),
        approaches=named("dbt"),
        delivery="in-person",
    )
    cases = {
        "all of it": program(
            languages=(Language(id="es"),),
            populations=Populations(specializes=("veterans",)),
            services=("group-therapy",),
            supports=("childcare",),
            approaches=(Approach(id="dbt"),),
        ),
        "nothing said": program(),
        "an interpreter, and welcome": program(
            interpreters=Tri.YES, populations=Populations(welcomes=("veterans",))
        ),
        "known absences": program(
            interpreters=Tri.NO,
            populations=Populations(excludes=("veterans",)),
            approaches=(Approach(id="dbt", offered=Tri.NO),),
        ),
    }
    assert told("preferences", asked, cases) == snapshot(
        {
            "all of it": "1.0000, 1.0000: Spanish by staff; a program for veterans; offers DBT; offers group therapy; has child care; in person",
            "nothing said": "0.4417, 0.1667: in person; not said: Spanish, veterans, DBT, group therapy, child care",
            "an interpreter, and welcome": "0.5583, 0.5000: Spanish through an interpreter; welcomes veterans; in person; not said: DBT, group therapy, child care",
            "known absences": "0.2833, 0.6667: no Spanish; does not take veterans; no DBT; in person; not said: group therapy, child care",
        }
    )


def test_a_fact_without_a_date_counts_as_a_year_old_and_a_date_ahead_as_today() -> None:
    undated = program(needs=Needs(treats=("trauma",)), verified=Verified(), origin=Origin(name="List"))
    ahead = program(needs=Needs(treats=("trauma",)), verified=Verified(date=AS_OF + dt.timedelta(days=9)))
    catalog = program(needs=Needs(treats=("trauma",)), verified=Verified(), origin=ORIGIN)
    cases = {"undated": undated, "ahead": ahead, "dated by its catalog": catalog}
    assert told("fit", asking(needs=named("trauma")), cases) == snapshot(
        {
            "undated": "0.5000, 0.8000: treats trauma (listed at an unknown date)",
            "ahead": "0.5500, 1.0000: treats trauma (listed today)",
            "dated by its catalog": "0.5500, 1.0000: treats trauma (listed today)",
        }
    )


def test_all_criteria_asked_have_the_weights_of_the_formula_and_fewer_share_them() -> None:
    everything = asking(
        needs=named("ptsd"),
        when=EVENINGS,
        near=CHICAGO,
        within=25.0,
        payers=named("medicaid"),
        services=named("group-therapy"),
    )
    little = asking(needs=named("ptsd"), near=CHICAGO, within=25.0)
    shares = [
        {one.name: one.of for one in explain_program(case_for(request), program()).criteria}
        for request in (everything, little, asking())
    ]
    assert shares == [
        {"fit": 30, "schedule": 20, "availability": 18, "travel": 14, "cost": 8, "preferences": 10},
        {"fit": 48, "availability": 29, "travel": 23},
        {"availability": 100},
    ]
