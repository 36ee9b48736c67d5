"""A change that is offered does what it says: it flips its gate, admits its program, adds as many as told."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from law import law
from relaxing import relaxed
from small_world import CHICAGO, candidates_of, case_for, named, ranked
from strategies import (
    APPROACHES,
    LANGUAGES,
    POPULATIONS,
    catalogs,
    open_programs,
    plain_requests,
    points,
    programs,
    requests,
    some,
    start_dates,
)
from week_strategies import free_weeks

from opmatch.matching.judge import Candidate
from opmatch.matching.rank import explain_program
from opmatch.model.program import Program, Site, Tri
from opmatch.model.request import Request

PAID_BY = (("medicare",), ("private:aetna", "medicare"), ("medicaid",), ("self_pay",))
near_home: dict[str, SearchStrategy[Any]] = {
    "near": st.just(CHICAGO),
    "within": st.sampled_from([4.0, 10.0, 20.0]),
}
some_requests = st.one_of(
    requests(),
    plain_requests(**near_home),
    plain_requests(**near_home, when=free_weeks),
    plain_requests(start_by=start_dates),
    plain_requests(
        must=st.just(("approach", "for", "language")),
        approaches=some(APPROACHES).map(lambda ids: named(*ids)),
        language=st.sampled_from(LANGUAGES).map(lambda one: named(one)[0]),
        populations=some(POPULATIONS, most=1).map(lambda ids: named(*ids)),
    ),
    plain_requests(payers=st.sampled_from(PAID_BY).map(lambda ids: named(*ids))),
)
in_person = programs(
    **open_programs(
        in_person=st.just(Tri.YES),
        virtual=st.sampled_from([Tri.NO, Tri.YES]),
        site=st.builds(Site, state=st.just("IL"), point=points),
    )
)
some_programs = programs() | in_person
some_catalogs = catalogs(in_person)


def _state(candidate: Candidate, gate: str) -> str:
    """The gate's state; a gate that is no longer asked has nothing against anybody."""
    return next((one.verdict.state for one in candidate.gates if one.name == gate), "met")


@law(200, request=some_requests, program=some_programs)
def test_a_relaxation_of_a_gate_flips_it_and_worsens_no_other(request: Request, program: Program) -> None:
    for candidate in candidates_of(request, program):
        for failed in candidate.failed:
            relax = failed.verdict.relax() if failed.verdict.relax else None
            if relax is None:
                continue
            after = next(
                one
                for one in candidates_of(relaxed(request, relax.change), program)
                if (one.way.mode, one.way.track_id) == (candidate.way.mode, candidate.way.track_id)
            )
            assert _state(after, failed.name) != "not_met", (failed.name, relax.change)
            assert {gate.name for gate in after.failed} < {gate.name for gate in candidate.failed}
            assert relax.move > 0


@law(80, request=some_requests, program=some_programs)
def test_only_a_failed_gate_shows_a_relaxation(request: Request, program: Program) -> None:
    for gate in explain_program(case_for(request), program).gates:
        assert gate.relax is None or gate.state == "not_met"


@law(40, request=some_requests, programs=some_catalogs)
def test_a_near_miss_is_admitted_by_its_change(request: Request, programs: list[Program]) -> None:
    for miss in ranked(request, *programs).near_misses:
        matches = ranked(relaxed(request, miss.relax), *programs).matches
        assert miss.program.id in {match.program.id for match in matches}


@law(40, request=some_requests, programs=some_catalogs)
def test_a_relaxation_adds_at_least_as_many_programs_as_it_says(
    request: Request, programs: list[Program]
) -> None:
    found = ranked(request, *programs)
    before = {match.program.id for match in found.matches}
    for relaxation in found.relaxations:
        after = {match.program.id for match in ranked(relaxed(request, relaxation.change), *programs).matches}
        if "delivery" not in relaxation.change:  # care that may be virtual counts only for who asks for it
            assert before <= after
        assert len(after - before) >= relaxation.adds >= 1


@law(40, request=some_requests, programs=some_catalogs)
def test_near_misses_are_the_programs_that_one_change_would_admit(
    request: Request, programs: list[Program]
) -> None:
    expected = set()
    for program in programs:
        candidates = candidates_of(request, program)
        if any(not one.failed for one in candidates):
            continue
        for one in candidates:
            gates = [gate for gate in one.gates if gate.verdict.state == "not_met"]
            if len(gates) == 1 and gates[0].verdict.relax is not None and gates[0].verdict.relax():
                expected.add(program.id)
    misses = ranked(request, *programs).near_misses
    assert {miss.program.id for miss in misses} == expected
    assert len(misses) == len(expected)


@law(40, request=some_requests, programs=some_catalogs)
def test_relaxations_are_distinct_single_changes_in_a_fixed_order(
    request: Request, programs: list[Program]
) -> None:
    order = ("within", "when", "start_by", "waitlist", "delivery", "must", "levels", "payers")
    changes = [one.change for one in ranked(request, *programs).relaxations]
    assert len(changes) <= 8
    assert all(len(change) == 1 for change in changes)
    assert len({str(change) for change in changes}) == len(changes)
    keys = [next(iter(change)) for change in changes]
    assert keys == sorted(keys, key=order.index)


@law(40, request=some_requests, programs=some_catalogs)
def test_the_funnel_hands_on_what_each_gate_leaves(request: Request, programs: list[Program]) -> None:
    found = ranked(request, *programs)
    left = found.considered
    for step in found.funnel:
        assert step.met + step.unknown + step.not_met == left
        assert step.left == step.met + step.unknown
        left = step.left
    assert left == found.eligible + found.confirm
    tiers = [match.tier for match in found.matches]
    assert (tiers.count("eligible"), tiers.count("confirm")) == (found.eligible, found.confirm)


@law(
    40,
    request=plain_requests(
        payers=st.sampled_from([("medicaid",), ("medicaid", "medicare")]).map(lambda p: named(*p))
    ),
    programs=some_catalogs,
)
def test_a_relaxation_never_sends_medicaid_members_to_pay(request: Request, programs: list[Program]) -> None:
    found = ranked(request, *programs)
    assert not [miss for miss in found.near_misses if "payers" in miss.relax]
    assert not [one for one in found.relaxations if "payers" in one.change]
