"""A panel asked about many people answers as a judge of each person alone would."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from law import hold, law
from msgspec.structs import replace
from small_world import case_for
from strategies import catalogs, open_programs, plain_requests, programs, requests

from opmatch.matching import panel as panels
from opmatch.matching.judge import Judge
from opmatch.matching.panel import Panel
from opmatch.matching.rank import rank_programs
from opmatch.model.program import Program
from opmatch.model.request import Request

Told = tuple[str, str | None, str, str, int, frozenset[str]]


def by_judge(request: Request, listed: list[Program]) -> list[Told]:
    judge = Judge(case_for(request))
    found: list[Told] = []
    for program in listed:
        if program.id in request.except_ids:
            continue
        for one in judge.candidates(program):
            if not one.failed:
                unknown = frozenset(gate.name for gate in one.gates if gate.verdict.state == "unknown")
                told = (program.id, one.way.track_id, one.way.mode, one.tier, judge.score(one).score, unknown)
                found.append(told)
    return found


def by_panel(panel: Panel, request: Request) -> list[Told]:
    return [
        (
            one.way.program.id,
            one.way.track_id,
            one.way.mode,
            one.tier,
            one.score,
            frozenset(one.unknown),
        )
        for one in panel.admitted(case_for(request))
    ]


people = st.lists(requests() | plain_requests() | plain_requests(needs=st.just(())), min_size=2, max_size=5)
listings = catalogs(programs() | programs(**open_programs()))


def together_as_alone(asked: list[Request], listed: list[Program]) -> None:
    panel = Panel(listed)
    for request in (*asked, *asked):
        assert by_panel(panel, request) == by_judge(request, listed)


@law(30, asked=people, listed=listings)
def test_people_asked_about_together_get_the_answers_of_people_asked_about_alone(
    asked: list[Request], listed: list[Program]
) -> None:
    together_as_alone(asked, listed)


@law(60, first=requests() | plain_requests(), other=requests(), listed=listings, data=st.data())
def test_nothing_is_taken_over_from_a_person_who_differs_in_one_thing(
    first: Request, other: Request, listed: list[Program], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([name for name in Request.__struct_fields__ if name != "as_of"]))
    second = replace(first, **{key: getattr(other, key)})
    if (second.near is None) != (second.within is None):
        second = replace(second, near=other.near, within=other.within)
    second = replace(second, must=first.must if key != "must" else ())
    second = replace(second, must=tuple(name for name in second.must if _asked(second, name)))
    panel = Panel(listed)
    by_panel(panel, first)
    assert by_panel(panel, second) == by_judge(second, listed)


def _asked(request: Request, name: str) -> bool:
    keys = {"approach": "approaches", "for": "populations", "service": "services", "support": "supports"}
    return bool(getattr(request, keys.get(name, name)))


@law(10, listed=listings, asked=people)
def test_programs_to_leave_out_are_left_out(listed: list[Program], asked: list[Request]) -> None:
    panel = Panel(listed)
    for request in asked:
        without = replace(request, except_ids=(listed[0].id,))
        assert by_panel(panel, without) == by_judge(without, listed)


def test_what_is_forgotten_to_save_memory_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_MOST_KEPT", 0)
    hold(together_as_alone, 10, asked=people, listed=listings)


@law(40, asked=people, listed=listings)
def test_the_nearest_miss_is_the_first_of_a_ranking(asked: list[Request], listed: list[Program]) -> None:
    panel = Panel(listed)
    for request in (*asked, *asked):
        told = rank_programs(case_for(request), listed, 1000).near_misses
        assert panel.nearest_miss(case_for(request)) == (told[0] if told else None)
