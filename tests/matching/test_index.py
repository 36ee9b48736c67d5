"""The index gives what judging every program gives, to the last byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import AS_OF, CHICAGO, PLENTY, SOMEWHERE, VOCABULARY, case_for, named, north
from strategies import MILES, plain_requests, programs, requests

from opmatch.api import load_formula
from opmatch.catalog.load import AllRead
from opmatch.catalog.one_file import FileReading
from opmatch.catalog.sources import Source
from opmatch.compiled.compile import compiled
from opmatch.compiled.head import HEAD, Head, MadeFrom
from opmatch.compiled.pieces import MemoryPieces
from opmatch.compiled.programs import CompiledPrograms
from opmatch.matching.notices import sample_notice, stale_notices
from opmatch.matching.rank import rank_programs
from opmatch.model.program import CatalogInfo, Origin, Point, Program, Site, Tri
from opmatch.model.request import Request

_INFO = CatalogInfo(name="list", sha256="", programs=0, sample=False)


def pool_of(programs: Sequence[Program]) -> CompiledPrograms:
    """The programs compiled, kept in memory."""
    reading = FileReading(
        source=Source(Path("list.yaml"), "", ""), info=_INFO, programs=tuple(enumerate(programs))
    )
    made = compiled(
        AllRead(readings=(reading,)), MadeFrom(1, "", (), (), (), 0, ""), VOCABULARY, load_formula(), None
    )
    pieces = MemoryPieces(made)
    return CompiledPrograms(msgspec.msgpack.decode(made[HEAD], type=Head), pieces, lambda: pieces)


def _numbered(found: list[Program]) -> tuple[Program, ...]:
    return tuple(replace(program, id=f"p{at:02}", name=f"Program {at}") for at, program in enumerate(found))


catalogs = st.lists(programs(), min_size=1, max_size=7).map(_numbered)
excepted = st.sampled_from([(), (), ("p00",), ("p01", "p03", "nobody")])


def _same(catalog: Sequence[Program], pool: CompiledPrograms, request: Request, limit: int) -> None:
    case = case_for(request)
    plain = rank_programs(case, catalog, limit)
    indexed = rank_programs(case, pool, limit)
    assert indexed == plain
    assert msgspec.json.encode(indexed) == msgspec.json.encode(plain)
    assert stale_notices(case, pool) == stale_notices(case, catalog)
    assert sample_notice(pool) == sample_notice(catalog)


@law(
    60,
    catalog=catalogs,
    asked=st.lists(requests() | plain_requests(), min_size=1, max_size=4),
    without=excepted,
    limit=st.sampled_from([0, 1, PLENTY]),
)
def test_an_index_answers_any_request_as_judging_everything_does(
    catalog: tuple[Program, ...], asked: list[Request], without: tuple[str, ...], limit: int
) -> None:
    pool = pool_of(catalog)
    for request in asked:
        _same(catalog, pool, replace(request, except_ids=without), limit)


@law(
    60,
    catalog=catalogs,
    asked=st.lists(
        plain_requests(
            payers=requests().map(lambda one: one.payers),
            populations=requests().map(lambda one: one.populations),
            safety=requests().map(lambda one: one.safety),
            age=st.integers(0, 120),
            near=st.sampled_from([None, CHICAGO, SOMEWHERE]),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_several_values_of_a_kind_are_put_together_as_the_gates_do(
    catalog: tuple[Program, ...], asked: list[Request]
) -> None:
    pool = pool_of(catalog)
    for request in asked:
        _same(catalog, pool, request, PLENTY)


@law(
    40,
    catalog=catalogs,
    one=requests(),
    far=st.lists(st.sampled_from([0.0, 1.0, 4.0, 9.5, 10.01, 25.0, 50.0, 200.0]), min_size=3, max_size=12),
)
def test_a_place_asked_of_again_and_farther_is_answered_the_same(
    catalog: tuple[Program, ...], one: Request, far: list[float]
) -> None:
    pool = pool_of(catalog)
    for within in far:
        _same(catalog, pool, replace(one, near=CHICAGO, within=within), PLENTY)


@law(30, catalog=catalogs)
def test_programs_come_back_as_they_were(catalog: tuple[Program, ...]) -> None:
    pool = pool_of(catalog)
    assert tuple(pool) == catalog
    assert [pool[at] for at in range(-len(pool), len(pool))] == [*catalog, *catalog]
    assert [pool.by_id(one.id) for one in catalog] == list(catalog)
    assert pool.by_id("") is pool.by_id("p") is pool.by_id("zz") is None


sites_around = st.builds(
    Site,
    point=st.floats(0.0, 52.0).map(north) | st.sampled_from(MILES).map(north),
    precision=st.just("exact"),
)
near_by = programs(
    site=sites_around,
    in_person=st.sampled_from([Tri.YES, Tri.YES, Tri.UNKNOWN, Tri.NO]),
    virtual=st.sampled_from([Tri.NO, Tri.NO, Tri.NO, Tri.YES, Tri.UNKNOWN]),
    status=st.just("active"),
    ages=st.none(),
    genders=st.none(),
)


@law(
    60,
    catalog=st.lists(near_by, min_size=4, max_size=14).map(_numbered),
    request=plain_requests(
        near=st.sampled_from([CHICAGO, SOMEWHERE]),
        payers=st.sampled_from([(), named("private"), named("medicaid")]),
        levels=st.sampled_from([(), ("op",), ("iop",)]),
        when=st.none(),
    ),
    limit=st.sampled_from([0, 1, 2, 3]),
)
def test_what_is_beyond_reach_is_looked_at_as_far_as_it_is_told(
    catalog: tuple[Program, ...], request: Request, limit: int
) -> None:
    _same(catalog, pool_of(catalog), request, limit)


points = st.builds(
    Point,
    st.sampled_from([-90.0, -14.3, 0.0, 41.9, 42.1, 51.8, 89.9, 90.0]),
    st.sampled_from([-180.0, -179.9, -87.63, 0.0, 144.8, 179.9, 180.0]),
)


@law(
    40,
    where=st.lists(points, min_size=1, max_size=8),
    home=points,
    within=st.sampled_from([0.0, 10.0, 25.0, 500.0, 7000.0, 1e5]),
)
def test_no_distance_is_lost_at_the_poles_or_where_the_day_begins(
    where: list[Point], home: Point, within: float
) -> None:
    catalog = _numbered(
        [
            Program(
                id="",
                name="",
                origin=Origin(name="List"),
                level="op",
                fields=("mental-health",),
                in_person=Tri.YES,
                site=Site(point=point, precision="exact"),
            )
            for point in where
        ]
    )
    request = Request(as_of=AS_OF, near=replace(CHICAGO, point=home), within=within)
    _same(catalog, pool_of(catalog), request, PLENTY)
