"""What a program's payer list says of one payer: listed, not listed, or not known."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.ways import Way
from opmatch.model.program import Payer, Program

STATE_PAYERS = frozenset({"medicaid", "state_plan"})
"""Payers that are a state's own: a site in another state is unknown for its members."""

Standing = Literal["listed", "fees", "other-state", "family", "absent", "not-said"]


class PayerFinding(Struct, frozen=True):
    """How one asked payer stands; `entry` where the program's list decides it."""

    payer: str
    standing: Standing
    entry: Payer | None = None
    there: str = ""  # what is said of its state, or the related payers that are listed


def find_payer(case: Case, way: Way, payer: str) -> PayerFinding:
    """The standing of one payer the client could use.

    "family" is the general word listed and a plan asked, or the other way round: whether the one covers the
    other has to be asked. "absent" is a known absence.
    """
    program = way.program
    entries = program.payers or ()
    entry = _named(entries, payer) or _kind_refused(entries, payer)
    if entry is not None:
        other = _other_state(case, way, payer)
        return PayerFinding(payer, "other-state" if other else "listed", entry, other)
    if _from_fees(program, payer):
        return PayerFinding(payer, "fees")
    family = _family(entries, payer)
    if family:
        return PayerFinding(payer, "family", None, ", ".join(family))
    return PayerFinding(payer, "absent" if _complete_over(program, payer) else "not-said")


def _named(entries: tuple[Payer, ...], payer: str) -> Payer | None:
    for one in entries:
        if one.id == payer:
            return one
    return None


def _from_fees(program: Program, payer: str) -> bool:
    if payer == "sliding_scale":
        return program.fees.sliding_scale_from is not None
    return payer == "self_pay" and (
        program.fees.visit is not None or program.fees.sliding_scale_from is not None
    )


def _kind_refused(entries: tuple[Payer, ...], payer: str) -> Payer | None:
    """The general word of a plan where it is out of network: then no plan of that kind is in, either."""
    head, _, plan = payer.partition(":")
    return next((one for one in entries if plan and one.id == head and one.network == "out"), None)


def _family(entries: tuple[Payer, ...], payer: str) -> tuple[str, ...]:
    head, _, plan = payer.partition(":")
    if plan:
        return tuple(one.id for one in entries if one.id == head)
    return tuple(one.id for one in entries if one.id.startswith(f"{payer}:"))


def _complete_over(program: Program, payer: str) -> bool:
    if program.payers is None or not program.payers_complete:
        return False
    over = program.origin.payers_over
    return over is None or payer in over or payer.partition(":")[0] in over


def home_state(program: Program) -> str | None:
    """The state whose own payers it surely knows: its site's, else the only one it is licensed in."""
    if program.site is not None and program.site.state:
        return program.site.state
    licensed = program.licensed_states
    return licensed[0] if licensed is not None and len(licensed) == 1 else None


def state_asked(case: Case) -> str:
    """The client's state, where one of the payers is a state's own."""
    return "" if STATE_PAYERS.isdisjoint(case.payer_ids) else case.state


def _other_state(case: Case, way: Way, payer: str) -> str:
    """What the program says of its state, where that isn't the client's and the payer is a state's own."""
    if payer not in STATE_PAYERS or not case.state or case.state == home_state(way.program):
        return ""
    program = way.program
    if program.site is not None and program.site.state:
        return f"is in {program.site.state}"
    licensed = program.licensed_states
    return f"is licensed in {', '.join(licensed)}" if licensed else "does not say its state"
