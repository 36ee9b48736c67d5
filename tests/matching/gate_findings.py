"""What one gate finds of one program, as a line to compare: the state, and the sentence told."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from small_world import AS_OF, best_of

from factories import a_program
from opmatch.model.program import Origin, Program, Verified
from opmatch.model.request import Request

ORIGIN = Origin(name="County list", as_of=AS_OF)


def program(**changes: Any) -> Program:
    """A program confirmed today, so that only what a case says decides."""
    return a_program(**{"origin": ORIGIN, "verified": Verified(date=AS_OF)} | changes)


def asking(**changes: Any) -> Request:
    return replace(Request(as_of=AS_OF), **changes)


def findings(gate: str, request: Request, cases: dict[str, Program]) -> dict[str, str]:
    """Case to "state: reason"."""
    return {name: _finding(gate, request, one) for name, one in cases.items()}


def _finding(gate: str, request: Request, one: Program) -> str:
    return next(
        f"{found.verdict.state}: {found.verdict.say().reason}"
        for found in best_of(request, one).candidate.gates
        if found.name == gate
    )


def details(gate: str, request: Request, one: Program) -> tuple[str, str, str, Any]:
    """(wanted, actual, question, change that would flip it) of one gate."""
    for found in best_of(request, one).candidate.gates:
        if found.name == gate:
            said = found.verdict.say()
            relax = found.verdict.relax() if found.verdict.relax else None
            return said.wanted, said.actual, said.ask, relax.change if relax else None
    raise AssertionError(f"the gate {gate} was not asked")
