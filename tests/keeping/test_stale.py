"""What to verify first follows from the formula: what a fact can move, and what its age has left of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import AS_OF, a_program
from opmatch import api
from opmatch.keeping.calls import calls
from opmatch.keeping.stale import ToVerify, worklist
from opmatch.model.program import (
    Availability,
    Intake,
    Needs,
    Payer,
    Populations,
    Program,
    Session,
    Track,
    Tri,
    Verified,
)
from opmatch.model.request import Request

CASE = api.case_of(Request(as_of=AS_OF))


def listed(**changes: Any) -> Program:
    return a_program(**{"verified": Verified(date=AS_OF)} | changes)


def items(*programs: Program, listed_only: bool = False) -> tuple[ToVerify, ...]:
    return worklist(CASE, programs, listed_only=listed_only)


def stakes(program: Program, *, listed_only: bool = False) -> dict[str, float]:
    return {
        fact.field: fact.at_stake for one in items(program, listed_only=listed_only) for fact in one.facts
    }


def test_what_was_never_listed_is_at_stake_in_full() -> None:
    assert stakes(listed()) == {
        "needs": 25.5,  # 30 × 0.85
        "appointments": 20.0,
        "availability": 18.0,
        "approaches": 7.5,  # 30 × (0.80 − 0.55)
        "payers": 4.0,  # 8 × 0.5
        "languages": 2.5,
        "populations": 2.5,
        "services": 2.5,
        "supports": 2.5,
        "payers.accepting": 2.0,
    }


@pytest.mark.parametrize(("days", "stake"), [(0, None), (28, 9.0), (56, 13.5), (2800, 18.0)])
def test_a_wait_loses_half_of_what_it_is_worth_every_28_days(days: int, stake: float | None) -> None:
    said = Availability(status="waitlist", wait_days=12, as_of=AS_OF - dt.timedelta(days=days))
    found = stakes(listed(availability=said), listed_only=True)
    assert found == ({} if stake is None else {"availability": stake})


def test_seats_of_two_tracks_share_the_points_of_availability() -> None:
    day = AS_OF - dt.timedelta(days=28)
    tracks = tuple(
        Track(id=name, sessions=(Session((0, 60)),), seats_open=1, seats_as_of=day) for name in ("am", "pm")
    )
    assert stakes(listed(tracks=tracks), listed_only=True) == {
        "tracks.am.seats_open": 4.5,
        "tracks.pm.seats_open": 4.5,
    }


def test_the_oldest_payer_counts() -> None:
    old = Payer(id="medicaid", accepting=Tri.YES, verified=AS_OF - dt.timedelta(days=60))
    new = Payer(id="va", accepting=Tri.YES, verified=AS_OF)
    assert stakes(listed(payers=(old, new)), listed_only=True) == {"payers.accepting": 1.0}


def test_what_is_closed_needs_no_call_and_the_order_is_total() -> None:
    ids = [one.program.id for one in items(listed(id="b"), listed(id="a"), listed(id="c", status="closed"))]
    assert ids == ["a", "b"]


def test_programs_for_a_group_alone_and_their_numbers_come_after_all_others() -> None:
    prison = Populations(only=("in-custody",))
    programs = [
        listed(id=f"prison-{number}", populations=prison, intake=Intake(phone="719-867-4420"))
        for number in range(3)
    ]
    found = items(*programs, listed(id="clinic", intake=Intake(phone="312-867-4420")), listed(id="silent"))
    assert [one.program.id for one in found][:2] == ["clinic", "silent"]
    assert [call.phone for call in calls(found)] == ["312-867-4420", "719-867-4420", ""]


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_an_older_fact_is_never_less_at_stake(one: int, other: int) -> None:
    def total(days: int) -> float:
        verified = Verified(date=AS_OF - dt.timedelta(days=days))
        needs = Needs(treats=("ptsd",))
        said = Availability(status="capacity")
        program = a_program(verified=verified, needs=needs, availability=said)
        return sum(stakes(program, listed_only=True).values())

    assert (total(one) <= total(other)) == (one <= other) or total(one) == total(other)


def test_each_number_is_called_once_with_each_question_once() -> None:
    one = Intake(phone="312-867-4420")
    programs = (
        listed(id="a", intake=one),
        listed(
            id="b", intake=msgspec.structs.replace(one, phone="(312) 867 4420"), needs=Needs(treats=("ptsd",))
        ),
        listed(id="c", intake=Intake(phone="312-867-9999")),
        listed(id="d"),
    )
    found = calls(items(*programs))
    assert [(call.phone, [program.id for program in call.programs]) for call in found] == [
        ("312-867-4420", ["a", "b"]),
        ("312-867-9999", ["c"]),
        ("", ["d"]),
    ]
    asked = {question.question: [p.id for p in question.programs] for question in found[0].questions}
    assert len(asked) == len(found[0].questions) == 10
    assert asked["Which needs do you treat, and in which do you specialize?"] == ["a"]
    assert found[0].at_stake == round(sum(question.at_stake for question in found[0].questions), 1)
