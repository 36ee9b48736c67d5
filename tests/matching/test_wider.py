"""Asking for less never takes away: a wider distance or more free time loses no program, lowers no tier."""

from __future__ import annotations

from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import CHICAGO, ranked, standing
from strategies import MILES, catalogs, open_programs, plain_requests, programs, requests
from week_strategies import free_weeks, some_weeks

from opmatch.model.program import Program
from opmatch.model.request import Request
from opmatch.model.week import Week

some_programs = programs() | programs(**open_programs())
from_home = {"near": st.just(CHICAGO)}
with_time = {"when": free_weeks}


def _tier(request: Request, program: Program) -> int:
    return standing(request, program)[0]


@law(
    80,
    request=requests(**from_home) | plain_requests(**from_home),
    program=some_programs,
    wider=st.sampled_from(MILES),
)
def test_a_wider_distance_never_lowers_a_tier(request: Request, program: Program, wider: float) -> None:
    assert request.within is not None
    further = replace(request, within=request.within + wider)
    assert _tier(request, program) <= _tier(further, program)


@law(
    120,
    request=requests(**with_time) | plain_requests(**with_time),
    program=some_programs,
    more=some_weeks,
)
def test_more_free_time_never_lowers_a_tier(request: Request, program: Program, more: Week) -> None:
    assert request.when is not None
    freer = replace(request, when=request.when.union(more.spans))
    assert _tier(request, program) <= _tier(freer, program)


@law(
    25,
    request=plain_requests(**from_home, **with_time),
    programs=catalogs(programs(**open_programs()), least=2),
    wider=st.sampled_from(MILES),
    more=some_weeks,
)
def test_a_wider_request_keeps_every_match(
    request: Request, programs: list[Program], wider: float, more: Week
) -> None:
    assert request.within is not None
    assert request.when is not None
    asking_less = replace(request, within=request.within + wider, when=request.when.union(more.spans))
    before, after = (
        {match.program.id for match in ranked(one, *programs).matches} for one in (request, asking_less)
    )
    assert before <= after
