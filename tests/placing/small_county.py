"""A county of a few programs and people, drawn so that they compete: same needs, few seats, near places."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from opmatch import api
from opmatch.model.placement import PRIORITIES
from opmatch.model.program import (
    AgeRange,
    Availability,
    Catalog,
    CatalogInfo,
    Needs,
    Origin,
    Payer,
    Point,
    Program,
    Session,
    Site,
    Track,
    Tri,
    Verified,
)
from opmatch.model.request import Request
from opmatch.placing.people import Asker

AS_OF = dt.date(2026, 11, 23)
DAY = 24 * 60
EVENING = tuple(Session((day * DAY + 17 * 60 + 30, day * DAY + 20 * 60 + 30)) for day in (0, 2, 3))
MORNING = tuple(Session((day * DAY + 9 * 60, day * DAY + 12 * 60)) for day in (0, 1, 2))
AGES_OF_FACTS = (0, 0, 1, 27, 28, 29, 56, 57, 200)

dates = st.sampled_from([AS_OF - dt.timedelta(days=days) for days in AGES_OF_FACTS])
tracks = st.lists(
    st.builds(
        Track,
        id=st.sampled_from(["evening", "morning"]),
        sessions=st.sampled_from([EVENING, MORNING]),
        seats_open=st.sampled_from([1, 1, 1, 2, 0, None]),
        seats_as_of=st.none() | dates,
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda one: one.id,
).map(tuple)
programs = st.builds(
    Program,
    id=st.sampled_from(["birch", "cedar", "elm"]),
    name=st.just("Program"),
    origin=st.just(Origin(name="County", as_of=AS_OF)),
    level=st.sampled_from(["iop"] * 4 + ["php"]),
    fields=st.sampled_from([("mental-health",), ("mental-health", "substance-use")]),
    in_person=st.sampled_from([Tri.YES] * 4 + [Tri.UNKNOWN]),
    virtual=st.sampled_from([Tri.NO, Tri.YES, Tri.UNKNOWN]),
    licensed_states=st.sampled_from([("IL",), None]),
    site=st.sampled_from([41.9, 41.9, 42.0, 42.4]).map(
        lambda north: Site(city="Chicago", state="IL", point=Point(north, -87.63), precision="exact")
    ),
    ages=st.sampled_from([None, (AgeRange(min=18),)]),
    needs=st.sampled_from([Needs(specializes=("ptsd",)), Needs(treats=("ptsd", "depression"))]),
    payers=st.sampled_from([(Payer(id="medicaid"),)] * 3 + [None, (Payer(id="medicare"),)]),
    tracks=tracks,
    availability=st.builds(
        Availability,
        status=st.sampled_from([None] * 5 + ["capacity", "waitlist", "no-capacity"]),
        as_of=st.none() | dates,
    ),
    verified=st.builds(Verified, date=st.none() | dates),
)
catalogs = st.lists(programs, min_size=1, max_size=3, unique_by=lambda one: one.id).map(
    lambda found: catalog_of(*found)
)


def catalog_of(*listed: Program) -> Catalog:
    info = CatalogInfo(name="County", sha256="0" * 64, programs=len(listed), sample=False)
    return Catalog(infos=(info,), programs=tuple(sorted(listed, key=lambda one: one.id)))


@cache
def request(**words: Any) -> Request:
    """A request in the words of a request file, lists as tuples."""
    return api.understand(words, AS_OF)[0]


def some(**choices: tuple[Any, ...]) -> SearchStrategy[Request]:
    keys = st.fixed_dictionaries({key: st.sampled_from(values) for key, values in choices.items()})
    return keys.map(lambda drawn: request(**{key: one for key, one in drawn.items() if one is not None}))


requests = some(
    needs=(("ptsd",), ("ptsd",), ("depression",), None),
    levels=(("iop",), ("iop", "php"), None),
    age=(None, "30", "30", "16"),
    near=(None, "41.9,-87.63", "42.0,-87.63"),
    payers=(None, ("medicaid",)),
    when=(None, ("weekdays",), ("weekdays after 4pm",)),
    waitlist=(None, None, None, True),
    start_by=(None, None, None, "2026-12-01"),
    safety=(("none",),) * 9 + (("imminent-risk",),),
)
askers = st.builds(
    Asker,
    row=st.just(0),
    priority=st.sampled_from(PRIORITIES),
    request=st.integers(0, 9).flatmap(lambda one: requests if one < 9 else st.none()),
)
people = st.lists(askers, min_size=2, max_size=6).map(
    lambda found: [
        Asker(row=row, ref=f"A-{row}", priority=one.priority, request=one.request, error="can't be read")
        for row, one in enumerate(found, 1)
    ]
)
