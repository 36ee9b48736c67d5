"""Saying something better of a program, all else equal, never lowers its tier, or its score within it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from ladders import LADDERS, Ladder
from law import hold, lengths
from small_world import standing
from strategies import open_programs, plain_requests, programs, requests, whole

from opmatch.model.program import Program
from opmatch.model.request import Request

any_request = requests() | plain_requests()
any_program = programs() | programs(**open_programs())


@lengths
@pytest.mark.parametrize("ladder", LADDERS, ids=[ladder.name for ladder in LADDERS])
def test_raising_one_fact_never_lowers_tier_and_score(ladder: Ladder, times: int) -> None:
    def check(request: Request, program: Program) -> None:
        asking = whole(ladder.ask(request))
        for worse, better in pairwise(ladder.rungs(asking, program)):
            assert standing(asking, worse) <= standing(asking, better), (worse, better)

    hold(check, 25 * times, request=any_request, program=any_program)
