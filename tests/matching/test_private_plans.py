"""A plan asked about where the program lists private insurance without naming plans."""

from __future__ import annotations

import pytest
from small_world import AS_OF, best_of, named

from factories import a_program
from opmatch.model.program import Payer
from opmatch.model.request import Request


@pytest.mark.parametrize(
    ("payers", "complete", "state"),
    [
        ((Payer(id="private"),), True, "unknown"),
        ((Payer(id="private", network="out"),), True, "not_met"),
        ((Payer(id="private", network="out"),), False, "not_met"),
        ((Payer(id="private", network="out"), Payer(id="private:aetna")), True, "met"),
        ((Payer(id="medicaid"),), True, "not_met"),
        ((Payer(id="medicaid"),), False, "unknown"),
    ],
)
def test_a_plan_stands_as_private_insurance_does_unless_it_is_named(
    payers: tuple[Payer, ...], complete: bool, state: str
) -> None:
    request = Request(as_of=AS_OF, payers=named("private:aetna"))
    found = best_of(request, a_program(payers=payers, payers_complete=complete))
    assert {gate.name: gate.verdict.state for gate in found.candidate.gates}["payer"] == state
