"""Every gate, in the order they are asked and shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from msgspec import Struct

from opmatch.matching import facts, told
from opmatch.matching.case import Case
from opmatch.matching.gates import entry, money, musts, reach, timing
from opmatch.matching.payers import state_asked
from opmatch.matching.timing import times_asked, travel_of
from opmatch.matching.told import Reader
from opmatch.matching.verdict import Verdict
from opmatch.matching.ways import Way
from opmatch.model.program import Program
from opmatch.model.request import Request


class ProgramGate(Struct, frozen=True):
    """A gate that judges a program as a whole, whichever way one attends.

    On a day, its finding follows from `asks`, of the request, and what `facts` reads of the program; None
    is where it doesn't.
    """

    name: str
    asked: Callable[[Request], bool]
    judge: Callable[[Case, Program], Verdict]
    asks: Callable[[Case], Hashable]
    facts: Reader | None


class WayGate(Struct, frozen=True):
    """A gate that judges one way to attend; `asks` and `facts` are as in a ProgramGate.

    `of_way` adds what of the way there counts as well.
    """

    name: str
    asked: Callable[[Request], bool]
    judge: Callable[[Case, Way], Verdict]
    asks: Callable[[Case], Hashable]
    facts: Reader | None
    of_way: Callable[[Way], Hashable] | None = None


def _always(_: Request) -> bool:
    return True


def _nothing(_: Case) -> Hashable:
    return ()


def _groups(case: Case) -> Hashable:
    return tuple(one.id for one in case.request.populations)


def _language(case: Case) -> Hashable:
    asked = case.request.language
    return asked and (asked.id, asked.label)


PROGRAM_GATES: tuple[ProgramGate, ...] = (
    ProgramGate("status", _always, entry.status, _nothing, facts.status),
    ProgramGate("level", lambda r: bool(r.levels), entry.level, lambda c: c.request.levels, facts.level),
    ProgramGate("need", lambda r: bool(r.needs), entry.need, lambda c: c.request.needs[0].id, told.needs),
    ProgramGate(
        "exclusions", lambda r: bool(r.safety), entry.exclusions, lambda c: c.request.safety, facts.exclusions
    ),
)
WAY_GATES: tuple[WayGate, ...] = (
    WayGate("age", lambda r: r.age is not None, entry.age, lambda c: c.request.age, told.ages),
    WayGate("gender", lambda r: r.gender is not None, entry.gender, lambda c: c.request.gender, told.genders),
    WayGate("population", _always, entry.population, _groups, facts.groups),
    WayGate(
        "payer", lambda r: bool(r.payers), money.payer, lambda c: (c.payer_ids, state_asked(c)), told.money
    ),
    WayGate("language", lambda r: r.language is not None, reach.language, _language, told.languages),
    WayGate("place", lambda r: r.near is not None or r.delivery != "any", reach.place, _nothing, None),
    WayGate("schedule", lambda r: r.when is not None, timing.schedule, times_asked, told.hours, travel_of),
    WayGate(
        "capacity", _always, timing.capacity, lambda c: (c.request.start_by, c.request.waitlist), told.room
    ),
    WayGate("must", lambda r: bool(r.must), musts.must, _nothing, None),
)
GATE_NAMES: tuple[str, ...] = (
    *(gate.name for gate in PROGRAM_GATES),
    *(gate.name for gate in WAY_GATES),
)
