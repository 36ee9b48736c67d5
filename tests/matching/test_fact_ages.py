"""A newer date never lowers the trust in a fact, and a ranking that ages loses nothing but trust."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import strategies as st
from law import law
from msgspec.structs import replace
from small_world import AS_OF, case_for
from strategies import dates, open_programs, plain_requests, programs, requests

from opmatch.api import load_formula
from opmatch.matching.age import Age, confidence, fact_age
from opmatch.matching.rank import explain_program
from opmatch.model.program import Program, Verified
from opmatch.model.ranking import Match
from opmatch.model.request import Request

FIELDS = ("availability", "payers", "needs", "tracks", "languages", "approaches", "populations", "services")
AGE_WORDS = re.compile(r"at an unknown date|today|[\d.,]+ (days?|years?) ago")
days = st.integers(0, 3000)


@law(60, kind=st.sampled_from(sorted(load_formula().facts)), older=days, newer=days)
def test_a_younger_fact_is_never_trusted_less(kind: str, older: int, newer: int) -> None:
    case = case_for(Request(as_of=AS_OF))
    low, high = sorted((older, newer))
    assert 0 <= confidence(case, kind, Age(high, dated=True)) <= confidence(case, kind, Age(low, dated=True))
    assert confidence(case, kind, Age(0, dated=True)) == 1


def _newer(program: Program, by: int) -> Program:
    """Everything verified `by` days later than it was, where a date was given."""
    step, verified = dt.timedelta(days=by), program.verified
    return replace(
        program,
        verified=Verified(
            date=verified.date + step if verified.date else None,
            fields={field: date + step for field, date in verified.fields.items()},
        ),
    )


@law(60, program=programs(), by=st.sampled_from([1, 30, 400]), own=st.none() | dates)
def test_a_newer_verification_makes_no_fact_older(program: Program, by: int, own: dt.date | None) -> None:
    case = case_for(Request(as_of=AS_OF))
    for field in FIELDS:
        before, after = (fact_age(case, one, own, field) for one in (program, _newer(program, by)))
        assert 0 <= after.days <= before.days


def _known(match: Match) -> dict[str, tuple[str, float]]:
    """For each criterion the words that decided it, without their age, and how far it is known."""
    return {one.name: (AGE_WORDS.sub("then", one.reason), one.known) for one in match.criteria}


@law(
    100,
    request=requests() | plain_requests(),
    program=programs() | programs(**open_programs()),
    by=st.sampled_from([1, 30, 400]),
)
def test_a_newer_verification_never_lowers_what_is_known_by_the_same_fact(
    request: Request, program: Program, by: int
) -> None:
    case = case_for(request)
    old, new = explain_program(case, program), explain_program(case, _newer(program, by))
    if old.option != new.option:
        return
    before, after = _known(old), _known(new)
    for name, (words, known) in before.items():
        if after[name][0] == words:  # else another fact has come to decide, such as a newer word on room
            assert known <= after[name][1], name
