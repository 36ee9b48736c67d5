"""A vocabulary of a few words, one client's home, and the engine's formula: where matching tests are set."""

from __future__ import annotations

import datetime as dt

from opmatch.api import load_formula
from opmatch.matching.case import Case
from opmatch.matching.judge import TIER_ORDER, Candidate, Judge, Scored
from opmatch.matching.rank import Ranked, rank_programs
from opmatch.model.program import Point, Program
from opmatch.model.request import Place, Request, Understood
from opmatch.places.zones import minutes_ahead
from opmatch.vocabulary.terms import (
    Crisis,
    CrisisLine,
    FirstLine,
    Need,
    SafetyText,
    Term,
    Vocabulary,
)

AS_OF = dt.date(2026, 11, 23)
PLENTY = 1000
"""A limit that leaves nothing out."""

CHICAGO = Place(text="60610", point=Point(41.9, -87.63), state="IL", time_zone="America/Chicago")
SOMEWHERE = Place(text="41.9,-87.63", point=Point(41.9, -87.63))
DEGREES_PER_MILE = 1 / 69.0933  # of latitude, on the sphere the engine measures on

MH, SU = ("mental-health",), ("substance-use",)
VADOD = "VA/DoD 2023"


def north(miles: float) -> Point:
    """The point this many miles north of home."""
    home = CHICAGO.point
    return Point(home.latitude + miles * DEGREES_PER_MILE, home.longitude)


VOCABULARY = Vocabulary(
    version="small",
    needs=(
        Need(id="mood", label="mood problems", fields=("mental-health",), common=("mental-health",)),
        Need(
            id="depression",
            label="depression",
            fields=("mental-health",),
            common=("mental-health",),
            parent="mood",
        ),
        Need(id="trauma", label="trauma", fields=("mental-health",)),
        Need(
            id="ptsd",
            label="PTSD",
            fields=("mental-health",),
            parent="trauma",
            first_line=(
                FirstLine(approach="cpt", min_age=18, source=VADOD),
                FirstLine(approach="emdr", min_age=18, source=VADOD),
                FirstLine(approach="tf-cbt", max_age=17, source="AACAP 2010"),
            ),
        ),
        Need(id="psychosis", label="psychosis", fields=("mental-health",), ask_first=("safe-now",)),
        Need(
            id="substance-use",
            label="substance use",
            fields=("substance-use",),
            common=("substance-use",),
            withdrawal="stop",
        ),
        Need(
            id="alcohol",
            label="alcohol use",
            fields=("substance-use",),
            common=("substance-use",),
            parent="substance-use",
            withdrawal="stop",
        ),
        Need(
            id="opioid",
            label="opioid use",
            fields=("substance-use",),
            parent="substance-use",
            withdrawal="opioid",
            first_line=(FirstLine(approach="moud", source="SAMHSA TIP 63"),),
        ),
        Need(id="gambling", label="gambling", fields=("mental-health", "substance-use")),
    ),
    approaches=(
        Term(id="cpt", label="CPT"),
        Term(id="emdr", label="EMDR"),
        Term(id="tf-cbt", label="TF-CBT"),
        Term(id="dbt", label="DBT"),
        Term(id="moud", label="MOUD"),
        Term(id="methadone", label="methadone", broader="moud"),
        Term(id="buprenorphine", label="buprenorphine", broader="moud"),
    ),
    payers=(
        Term(id="medicaid", label="Medicaid", note="Medicaid is run state by state."),
        Term(id="medicare", label="Medicare"),
        Term(id="private", label="Private insurance"),
        Term(id="private:aetna", label="Aetna"),
        Term(id="self_pay", label="Self-pay"),
        Term(id="sliding_scale", label="Sliding scale"),
    ),
    languages=(
        Term(id="en", label="English"),
        Term(id="es", label="Spanish"),
        Term(id="zh", label="Chinese"),
        Term(id="cmn", label="Mandarin", broader="zh"),
        Term(id="ase", label="ASL"),
    ),
    populations=(
        Term(id="veterans", label="veterans"),
        Term(id="lgbtq", label="LGBTQ people"),
        Term(id="perinatal", label="new parents"),
    ),
    levels=(
        Term(id="op", label="outpatient"),
        Term(id="iop", label="intensive outpatient"),
        Term(id="php", label="partial hospitalization"),
    ),
    services=(
        Term(id="group-therapy", label="group therapy"),
        Term(id="case-management", label="case management"),
    ),
    supports=(
        Term(id="childcare", label="child care"),
        Term(id="transport", label="rides"),
    ),
    safety_flags=(
        Term(id="imminent-risk", label="immediate danger"),
        Term(id="needs-24h", label="care around the clock"),
        Term(id="withdrawal-risk", label="risk of withdrawal"),
        Term(id="medically-unstable", label="medical instability"),
    ),
    genders=(
        Term(id="female", label="female"),
        Term(id="male", label="male"),
        Term(id="nonbinary", label="nonbinary"),
    ),
    crisis=Crisis(
        reviewed=dt.date(2026, 11, 1),
        country="United States",
        lines=(CrisisLine(id="988", text="Call or text 988.", phone="988"),),
        stops=tuple(
            SafetyText(id=flag, title=f"Stop: {flag}", text=f"About {flag}.")
            for flag in (
                "imminent-risk",
                "needs-24h",
                "medically-unstable",
                "withdrawal-risk",
                "opioid-withdrawal",
            )
        ),
        questions=(SafetyText(id="safe-now", title="Safe now?", text="Is anybody in danger now?"),),
    ),
)


def case_for(request: Request) -> Case:
    """The request ready for judging in the small world."""
    return Case(
        request, VOCABULARY, load_formula(), lambda theirs, ours: minutes_ahead(theirs, ours, request.as_of)
    )


def named(*ids: str) -> tuple[Understood, ...]:
    """Vocabulary terms as understood from their own ids."""
    labels = {term.id: term.label for terms in VOCABULARY.of_kind.values() for term in terms}
    return tuple(Understood(id=one, label=labels[one], asked=one) for one in ids)


def ranked(request: Request, *programs: Program) -> Ranked:
    """Everything the engine finds, nothing left out."""
    return rank_programs(case_for(request), programs, PLENTY)


def best_of(request: Request, program: Program) -> Scored:
    """The way to attend that the program is shown by."""
    judge = Judge(case_for(request))
    return judge.in_full(judge.best(judge.candidates(program)))


def candidates_of(request: Request, program: Program) -> tuple[Candidate, ...]:
    """Every way to attend, with every gate judged."""
    return Judge(case_for(request)).candidates(program)


def standing(request: Request, program: Program) -> tuple[int, int]:
    """(tier, score) as a pair in which greater is better."""
    best = best_of(request, program)
    return (-TIER_ORDER[best.candidate.tier], best.score)
