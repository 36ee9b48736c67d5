"""Points can be recomputed from what is shown beside them, and lie between the worst and the best reading."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from law import law
from small_world import case_for
from strategies import open_programs, plain_requests, programs, requests

from opmatch.matching.judge import Judge
from opmatch.matching.rank import explain_program
from opmatch.model.program import Program
from opmatch.model.ranking import Match
from opmatch.model.request import Request

some_requests = requests() | plain_requests()
some_programs = programs() | programs(**open_programs())


def _explained(request: Request, program: Program) -> Match:
    return explain_program(case_for(request), program)


@law(80, request=some_requests, program=some_programs)
def test_points_add_up_and_are_shares_times_shown_utilities(request: Request, program: Program) -> None:
    match = _explained(request, program)
    assert sum(one.points for one in match.criteria) == match.score
    assert sum(one.of for one in match.criteria) == 100
    for one in match.criteria:
        exact = Decimal(one.of) * Decimal(repr(one.utility))
        assert one.points == int(exact.quantize(Decimal(1), ROUND_HALF_UP)), one


@law(80, request=some_requests, program=some_programs)
def test_the_score_lies_between_low_and_high(request: Request, program: Program) -> None:
    match = _explained(request, program)
    assert 0 <= match.low <= match.score <= match.high <= 100


@law(60, request=some_requests, program=some_programs)
def test_shares_of_what_is_known_and_believed_are_shares(request: Request, program: Program) -> None:
    for one in _explained(request, program).criteria:
        assert 0 <= one.known <= 1
        assert 0 <= one.prior <= 1
        assert 0 <= one.utility <= 1


@law(40, request=some_requests, one=some_programs, other=some_programs)
def test_shares_depend_on_the_request_alone(request: Request, one: Program, other: Program) -> None:
    first, second = _explained(request, one), _explained(request, other)
    assert [(c.name, c.of) for c in first.criteria] == [(c.name, c.of) for c in second.criteria]


@law(60, request=some_requests, program=some_programs)
def test_a_question_is_asked_once_and_no_answer_to_a_fact_costs_points(
    request: Request, program: Program
) -> None:
    questions = _explained(request, program).questions
    assert len({one.ask for one in questions}) == len(questions)
    assert all(0 <= one.swing <= 100 for one in questions)


@law(60, request=some_requests, program=some_programs)
def test_a_program_is_shown_by_its_best_way_to_attend(request: Request, program: Program) -> None:
    judge = Judge(case_for(request))
    candidates = judge.candidates(program)
    shown = judge.best(candidates)
    order = ("eligible", "confirm", "out")
    rival = min((order.index(one.tier), -judge.score(one).score) for one in candidates)
    assert rival == (order.index(shown.candidate.tier), -shown.score)
