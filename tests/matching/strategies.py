"""Programs and requests over the small world, dense in the values where rules change."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from msgspec.structs import replace
from small_world import AS_OF, CHICAGO, SOMEWHERE, named, north
from week_strategies import appointments, free_weeks, office_hours, sessions

from opmatch.model.program import (
    AgeRange,
    Approach,
    Availability,
    Fees,
    Language,
    Needs,
    Origin,
    Payer,
    Populations,
    Program,
    Site,
    Track,
    Tri,
    Verified,
)
from opmatch.model.request import Request

T = TypeVar("T")

NEEDS = (
    "depression",
    "mood",
    "trauma",
    "ptsd",
    "psychosis",
    "substance-use",
    "alcohol",
    "opioid",
    "gambling",
)
APPROACHES = ("cpt", "emdr", "tf-cbt", "dbt", "moud", "methadone", "buprenorphine")
PAYERS = ("medicaid", "medicare", "private", "private:aetna", "self_pay", "sliding_scale")
LANGUAGES = ("es", "zh", "cmn", "ase")
POPULATIONS = ("veterans", "lgbtq", "perinatal")
SERVICES = ("group-therapy", "case-management")
SUPPORTS = ("childcare", "transport")
FLAGS = ("withdrawal-risk", "needs-24h", "medically-unstable")
MILES = (0.0, 0.01, 1.0, 3.99, 4.0, 9.99, 10.01, 19.0, 24.99, 25.0, 26.0, 49.9, 51.0, 300.0)
ZONES = ("America/Chicago", "America/New_York", "America/Phoenix", "Asia/Kolkata")


def maybe(strategy: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | strategy


def some(ids: tuple[str, ...], most: int = 2) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), max_size=most, unique=True).map(tuple)


tris = st.sampled_from(Tri)
dates = st.sampled_from([AS_OF - dt.timedelta(days=days) for days in (-3, 0, 1, 27, 56, 57, 120, 121, 400)])
start_dates = st.sampled_from([AS_OF + dt.timedelta(days=days) for days in (0, 7, 30, 100)])
origins = st.builds(
    Origin,
    name=st.sampled_from(["County list", "Directory"]),
    sample=st.booleans(),
    as_of=maybe(dates),
    payers_over=st.sampled_from([None, ("medicaid", "private"), ("medicaid", "self_pay", "sliding_scale")]),
    genders_over=st.sampled_from([None, ("female", "male")]),
)
points = st.sampled_from(MILES).map(north)
sites = st.builds(
    Site,
    city=st.sampled_from(["Chicago", ""]),
    street=st.sampled_from(["1 First St", "2 Second St", ""]),
    state=st.sampled_from(["IL", "WI", ""]),
    point=maybe(points),
    precision=st.sampled_from(["exact", "zip"]),
)
age_ranges = st.builds(
    AgeRange,
    min=st.sampled_from([0, 13, 17, 18]),
    max=st.sampled_from([18, 30, 64, 200]),
    sure=st.booleans(),
)
ages = st.lists(age_ranges, min_size=1, max_size=2).map(tuple)
genders = st.lists(st.sampled_from(["female", "male", "nonbinary"]), min_size=1, unique=True).map(tuple)
needs = st.builds(
    Needs,
    specializes=some(NEEDS),
    treats=some(NEEDS),
    excludes=some(NEEDS, most=1),
    only=st.just(()) | some(NEEDS),
)
approaches = st.lists(
    st.builds(Approach, id=st.sampled_from(APPROACHES), offered=tris, verified=maybe(dates)),
    max_size=2,
    unique_by=lambda one: one.id,
).map(tuple)
populations = st.builds(
    Populations,
    specializes=some(POPULATIONS, most=1),
    welcomes=some(POPULATIONS, most=1),
    only=st.just(()) | some(POPULATIONS, most=1),
    only_unknown=st.sampled_from([False, False, True]),
    excludes=some(POPULATIONS, most=1),
)
payers = st.lists(
    st.builds(
        Payer,
        id=st.sampled_from(PAYERS),
        network=st.sampled_from(["in", "out", "unknown"]),
        accepting=tris,
        verified=maybe(dates),
    ),
    max_size=3,
    unique_by=lambda one: one.id,
).map(tuple)
dollars = st.sampled_from([0.0, 25.0, 130.0, 500.0])
languages = st.lists(
    st.builds(
        Language,
        id=st.sampled_from(LANGUAGES),
        by=st.sampled_from(["staff", "interpreter"]),
        verified=maybe(dates),
    ),
    max_size=2,
    unique_by=lambda one: one.id,
).map(tuple)
tracks = st.lists(
    st.builds(
        Track,
        id=st.sampled_from(["evening", "morning", "night"]),
        sessions=sessions,
        seats_open=st.sampled_from([None, 0, 1, 3]),
        seats_as_of=maybe(dates),
        ages=st.none() | ages,
        genders=st.none() | genders,
        languages=st.none() | languages,
        in_person=maybe(tris),
        virtual=maybe(tris),
        populations=st.none() | populations,
        time_zone=maybe(st.sampled_from(ZONES)),
    ),
    max_size=2,
    unique_by=lambda one: one.id,
).map(tuple)
availabilities = st.builds(
    Availability,
    status=st.sampled_from([None, "capacity", "waitlist", "no-capacity", "assessment-required"]),
    wait_days=st.sampled_from([None, 0, 7, 10, 31, 200]),
    as_of=maybe(dates),
)
verifications = st.builds(
    Verified,
    date=maybe(dates),
    fields=st.dictionaries(
        st.sampled_from(["availability", "payers", "needs", "tracks", "languages"]), dates, max_size=2
    ),
)


def programs(**fixed: SearchStrategy[Any]) -> SearchStrategy[Program]:
    """Programs with the id "p"; `fixed` puts other strategies in place of the usual ones."""
    usual: dict[str, SearchStrategy[Any]] = {
        "organization": st.sampled_from(["Lakeshore", "Prairie", ""]),
        "origin": origins,
        "level": st.sampled_from(["op", "iop", "php"]),
        "fields": st.sampled_from(
            [("mental-health",), ("substance-use",), ("mental-health", "substance-use")]
        ),
        "status": st.sampled_from(["active"] * 5 + ["paused"]),
        "in_person": tris,
        "virtual": tris,
        "licensed_states": st.sampled_from([None, (), ("IL",), ("WI",), ("IL", "WI")]),
        "site": maybe(sites),
        "time_zone": maybe(st.sampled_from(ZONES)),
        "ages": st.none() | ages,
        "ages_complete": st.booleans(),
        "genders": st.none() | genders,
        "needs": needs,
        "approaches": approaches,
        "services": some(SERVICES),
        "populations": populations,
        "exclusions": st.none() | some(FLAGS),
        "payers": st.none() | payers,
        "payers_complete": st.booleans(),
        "fees": st.builds(Fees, visit=maybe(dollars), sliding_scale_from=maybe(dollars)),
        "languages": languages,
        "interpreters": tris,
        "supports": some(SUPPORTS),
        "tracks": tracks,
        "appointments": st.none() | appointments,
        "office_hours": st.none() | office_hours,
        "availability": availabilities,
        "verified": verifications,
    }
    return st.builds(Program, id=st.just("p"), name=st.just("Program"), **(usual | fixed))


def _requests(**fixed: SearchStrategy[Any]) -> SearchStrategy[Request]:
    usual: dict[str, SearchStrategy[Any]] = {
        "needs": some(NEEDS, most=3).map(lambda ids: named(*ids)),
        "levels": st.sampled_from([(), (), ("op",), ("iop",), ("op", "iop"), ("php",)]),
        "age": st.sampled_from([None, 12, 13, 17, 18, 40, 64, 65]),
        "near": st.sampled_from([None, CHICAGO, CHICAGO, SOMEWHERE]),
        "within": st.sampled_from([0.0, 4.0, 10.0, 25.0]),
        "delivery": st.sampled_from(["any", "any", "in-person", "virtual"]),
        "when": st.none() | free_weeks,
        "payers": some(PAYERS).map(lambda ids: named(*ids)),
        "language": st.none() | st.sampled_from(("en", *LANGUAGES)).map(lambda one: named(one)[0]),
        "populations": some(POPULATIONS).map(lambda ids: named(*ids)),
        "gender": st.sampled_from([None, "female", "male", "nonbinary"]),
        "approaches": some(APPROACHES).map(lambda ids: named(*ids)),
        "services": some(SERVICES).map(lambda ids: named(*ids)),
        "supports": some(SUPPORTS).map(lambda ids: named(*ids)),
        "start_by": maybe(start_dates),
        "waitlist": st.booleans(),
        "must": some(("approach", "for", "language", "service", "support")),
        "safety": st.sampled_from([None, (), ("withdrawal-risk",), FLAGS]),
        "weights": st.sampled_from(["balanced", "fit", "speed", "close", "cost"]),
    }
    return st.builds(Request, as_of=st.just(AS_OF), **(usual | fixed))


def whole(request: Request) -> Request:
    """The request as intake would leave it: a distance only from a place, a must only of what is asked."""
    asked = {
        "approach": request.approaches,
        "for": request.populations,
        "language": request.language,
        "service": request.services,
        "support": request.supports,
    }
    return replace(
        request,
        within=request.within if request.near else None,
        must=tuple(name for name in request.must if asked[name]),
    )


def requests(**fixed: SearchStrategy[Any]) -> SearchStrategy[Request]:
    """Requests; `fixed` puts other strategies in place of the usual ones."""
    return _requests(**fixed).map(whole)


def plain_requests(**fixed: SearchStrategy[Any]) -> SearchStrategy[Request]:
    """Requests that ask little beside `fixed`, so that many programs come through."""
    little: dict[str, SearchStrategy[Any]] = {
        name: st.just(())
        for name in ("needs", "levels", "payers", "populations", "approaches", "services", "supports", "must")
    }
    little |= {name: st.none() for name in ("age", "language", "gender", "start_by", "safety")}
    return _requests(**(little | fixed)).map(whole)


def catalogs(each: SearchStrategy[Program], least: int = 3) -> SearchStrategy[list[Program]]:
    """Lists of programs with ids of their own."""
    return st.lists(each, min_size=least, max_size=6).map(
        lambda found: [replace(one, id=f"p{at}", name=f"Program {at}") for at, one in enumerate(found)]
    )


def open_programs(**fixed: SearchStrategy[Any]) -> dict[str, SearchStrategy[Any]]:
    """Strategies for programs that few gates stop, so that the rest decides."""
    return {
        "status": st.just("active"),
        "fields": st.just(("mental-health", "substance-use")),
        "needs": st.builds(Needs, specializes=some(NEEDS), treats=some(NEEDS)),
        "populations": st.just(Populations()),
    } | fixed
