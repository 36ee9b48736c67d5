"""Every gate, in the order they are asked and shown."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.matching.gates import entry, money, musts, reach, timing
from opmatch.matching.verdict import Verdict
from opmatch.matching.ways import Way
from opmatch.model.program import Program
from opmatch.model.request import Request


class ProgramGate(Struct, frozen=True):
    """A gate that judges a program as a whole, whichever way one attends."""

    name: str
    asked: Callable[[Request], bool]
    judge: Callable[[Case, Program], Verdict]


class WayGate(Struct, frozen=True):
    """A gate that judges one way to attend."""

    name: str
    asked: Callable[[Request], bool]
    judge: Callable[[Case, Way], Verdict]


def _always(_: Request) -> bool:
    return True


PROGRAM_GATES: tuple[ProgramGate, ...] = (
    ProgramGate("status", _always, entry.status),
    ProgramGate("level", lambda r: bool(r.levels), entry.level),
    ProgramGate("need", lambda r: bool(r.needs), entry.need),
    ProgramGate("exclusions", lambda r: bool(r.safety), entry.exclusions),
)
WAY_GATES: tuple[WayGate, ...] = (
    WayGate("age", lambda r: r.age is not None, entry.age),
    WayGate("gender", lambda r: r.gender is not None, entry.gender),
    WayGate("population", _always, entry.population),
    WayGate("payer", lambda r: bool(r.payers), money.payer),
    WayGate("language", lambda r: r.language is not None, reach.language),
    WayGate("place", lambda r: r.near is not None or r.delivery != "any", reach.place),
    WayGate("schedule", lambda r: r.when is not None, timing.schedule),
    WayGate("capacity", _always, timing.capacity),
    WayGate("must", lambda r: bool(r.must), musts.must),
)
GATE_NAMES: tuple[str, ...] = (
    *(gate.name for gate in PROGRAM_GATES),
    *(gate.name for gate in WAY_GATES),
)
