"""Small valid values of the model, to be varied by the test that needs them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from opmatch.model.program import CatalogInfo, Origin, Program, Tri
from opmatch.model.ranking import (
    Criterion,
    DeliverySummary,
    FailedGate,
    FunnelStep,
    Gate,
    Match,
    NearMiss,
    Notice,
    Option,
    ProgramSummary,
    Question,
    Ranking,
    Relaxation,
    SessionTime,
    SiteSummary,
    SourceSummary,
)
from opmatch.vocabulary.terms import Crisis, CrisisLine, Need, Term, Vocabulary

AS_OF = dt.date(2026, 11, 23)
CRISIS = Notice("crisis", "In crisis? Call or text 988 at any hour; 911 in immediate danger.")


def a_site(**changes: Any) -> SiteSummary:
    site = SiteSummary(
        street="1200 N Clark St",
        city="Chicago",
        state="IL",
        zip="60610",
        latitude=41.9,
        longitude=-87.63,
        precision="exact",
        confidential=False,
    )
    return msgspec.structs.replace(site, **changes)


def a_program_summary(**changes: Any) -> ProgramSummary:
    program = ProgramSummary(
        id="lakeshore-trauma-iop",
        name="Trauma Recovery IOP",
        organization="Lakeshore Behavioral Health",
        field=("mental-health",),
        level="iop",
        delivery=DeliverySummary(in_person=True, virtual="unknown"),
        site=a_site(),
        phone="312-867-4420",
        url="https://lakeshore.example.org",
        source=SourceSummary(name="county", record="17"),
        verified=dt.date(2026, 10, 1),
        fictional=False,
    )
    return msgspec.structs.replace(program, **changes)


def a_criterion(**changes: Any) -> Criterion:
    criterion = Criterion(
        name="fit",
        points=33,
        of=33,
        utility=1.0,
        known=0.97,
        prior=0.4,
        reason="specializes in PTSD and offers CPT, a first-line treatment; listed 53 days ago",
        fact_age_days=53,
    )
    return msgspec.structs.replace(criterion, **changes)


EVENINGS = tuple(
    SessionTime(day=day, start="17:30", end="20:30", leave="17:16", back="20:44")
    for day in ("mon", "wed", "thu")
)
CRITERIA = (
    a_criterion(),
    a_criterion(
        name="schedule",
        points=16,
        of=22,
        utility=0.7155,
        known=0.95,
        prior=0.5,
        reason="16 minutes to spare around the sessions",
    ),
    a_criterion(
        name="availability",
        points=14,
        of=20,
        utility=0.68,
        known=0.43,
        prior=0.45,
        reason="3 seats listed as open, 34 days ago",
        fact_age_days=34,
    ),
    a_criterion(
        name="travel",
        points=13,
        of=16,
        utility=0.8125,
        known=1.0,
        prior=0.5,
        reason="2.9 mi, three days a week",
        fact_age_days=None,
    ),
    a_criterion(
        name="cost",
        points=6,
        of=9,
        utility=0.65,
        known=0.0,
        prior=0.65,
        reason="Medicaid is taken; whether new clients are is not listed",
        fact_age_days=None,
    ),
)
GATES = (
    Gate(name="status", state="met", reason="active"),
    Gate(name="level", state="met", reason="iop, as asked"),
    Gate(name="need", state="met", reason="lists PTSD"),
    Gate(name="payer", state="met", reason="lists Medicaid, 53 days ago"),
    Gate(name="place", state="met", reason="2.9 mi away, you asked within 15"),
    Gate(name="schedule", state="met", reason="evening track ends 20:30, you are free until 21:00"),
)


def a_match(**changes: Any) -> Match:
    match = Match(
        rank=1,
        tier="eligible",
        score=82,
        low=69,
        high=91,
        program=a_program_summary(),
        option=Option(mode="in-person", track="evening"),
        distance_miles=2.9,
        travel_minutes=14,
        same_site=(),
        gates=GATES,
        criteria=CRITERIA,
        sessions=EVENINGS,
        questions=(
            Question(ask="Is a seat still open in the evening track?", swing=11),
            Question(ask="Do you accept new clients with Medicaid now?", swing=9),
        ),
    )
    return msgspec.structs.replace(match, **changes)


def a_confirm_match(**changes: Any) -> Match:
    """A match with something to confirm: who treats what isn't listed, and no hours are."""
    match = a_match(
        tier="confirm",
        score=47,
        low=21,
        high=83,
        program=a_program_summary(
            id="harbor-day",
            name="Harbor Day Services",
            organization="Harbor Day Services",
            phone="773-867-9951",
            site=a_site(street="", zip="60622", precision="zip"),
        ),
        option=Option(mode="in-person", track=None),
        distance_miles=4.16,
        travel_minutes=19,
        gates=(
            *GATES[:2],
            Gate(name="need", state="unknown", reason="PTSD is not listed"),
            *GATES[3:5],
            Gate(name="schedule", state="unknown", reason="no session times are listed"),
        ),
        criteria=(a_criterion(points=13, utility=0.4, known=0.0, reason="PTSD is not listed"), *CRITERIA[1:]),
        sessions=(),
        questions=(Question(ask="Do you treat PTSD?", swing=33),),
    )
    return msgspec.structs.replace(match, **changes)


def a_near_miss(**changes: Any) -> NearMiss:
    miss = NearMiss(
        program=a_program_summary(
            id="prairie-iop", name="Prairie IOP", organization="Prairie Counseling Center"
        ),
        score=71,
        failed=(
            FailedGate(
                gate="place",
                reason="17.2 mi away, you asked within 15",
                wanted="within 15 mi",
                actual="17.2 mi",
            ),
        ),
        relax={"within": 18},
    )
    return msgspec.structs.replace(miss, **changes)


def a_ranking(**changes: Any) -> Ranking:
    ranking = Ranking(
        schema=1,
        opmatch="0.1.0",
        formula="1",
        as_of=AS_OF,
        catalogs=(CatalogInfo(name="County list", sha256="0" * 64, programs=120, sample=False),),
        request={"needs": [{"id": "ptsd", "label": "PTSD", "asked": "ptsd", "how": "id"}]},
        notices=(
            Notice("understood", "Understood “ptsd” as PTSD."),
            CRISIS,
        ),
        considered=120,
        eligible=1,
        confirm=1,
        funnel=(
            FunnelStep(gate="status", met=118, unknown=0, not_met=2, left=118),
            FunnelStep(gate="level", met=40, unknown=0, not_met=78, left=40),
            FunnelStep(gate="need", met=25, unknown=10, not_met=5, left=35),
            FunnelStep(gate="place", met=2, unknown=0, not_met=33, left=2),
        ),
        matches=(a_match(), a_confirm_match()),
        near_misses=(a_near_miss(),),
        relaxations=(Relaxation(change={"within": 18}, adds=3, text="within 18 mi would add 3 programs"),),
        safety_stop=None,
    )
    return msgspec.structs.replace(ranking, **changes)


def a_program(**changes: Any) -> Program:
    """A program of a hand-written catalog about which little is said."""
    program = Program(
        id="lakeshore-outpatient",
        name="Outpatient Counseling",
        organization="Lakeshore Behavioral Health",
        origin=Origin(name="County list", as_of=dt.date(2026, 10, 1)),
        level="op",
        fields=("mental-health",),
        in_person=Tri.YES,
    )
    return msgspec.structs.replace(program, **changes)


def a_vocabulary(**changes: Any) -> Vocabulary:
    """A handful of words, enough to label what the programs here say."""
    vocabulary = Vocabulary(
        version="test",
        needs=(
            Need(id="trauma", label="trauma", fields=("mental-health",)),
            Need(id="ptsd", label="PTSD", fields=("mental-health",), parent="trauma"),
            Need(id="psychosis", label="psychosis", fields=("mental-health",)),
        ),
        approaches=(Term(id="cpt", label="Cognitive processing therapy"), Term(id="dbt", label="DBT")),
        payers=(Term(id="medicaid", label="Medicaid"),),
        languages=(Term(id="es", label="Spanish"),),
        populations=(Term(id="veterans", label="veterans"),),
        levels=(),
        services=(Term(id="group-therapy", label="group therapy"),),
        supports=(Term(id="childcare", label="childcare"),),
        safety_flags=(Term(id="needs-24h", label="needs care around the clock"),),
        genders=(Term(id="female", label="women"),),
        crisis=Crisis(
            reviewed=dt.date(2026, 11, 1),
            country="United States",
            lines=(CrisisLine(id="988", text="Call or text 988.", phone="988"),),
            stops=(),
            questions=(),
        ),
    )
    return msgspec.structs.replace(vocabulary, **changes)
