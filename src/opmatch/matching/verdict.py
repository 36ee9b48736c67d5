"""What a gate finds: met, unknown or not met, with its words made only when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from opmatch.model.ranking import Change, State
from opmatch.model.week import Week


class Relax(Struct, frozen=True):
    """A partial request that would flip the gate, and how big a step it is (in moves of the formula).

    `week` is the free time where that is what changes.
    """

    change: Change
    move: float
    week: Week | None = None


class Said(Struct, frozen=True):
    """A gate's finding in words; `ask` is the question to put on the phone when it is unknown."""

    reason: str
    wanted: str = ""
    actual: str = ""
    ask: str = ""


class Verdict(Struct, frozen=True):
    state: State
    say: Callable[[], Said]
    relax: Callable[[], Relax | None] | None = None

    def settled(self) -> Verdict:
        """The same with its words made, so that it holds on to nothing else."""
        said, relax = self.say(), self.relax() if self.relax else None
        return Verdict(self.state, lambda: said, (lambda: relax) if self.relax else None)


def met(say: Callable[[], Said]) -> Verdict:
    return Verdict("met", say)


def unknown(say: Callable[[], Said]) -> Verdict:
    return Verdict("unknown", say)


def not_met(say: Callable[[], Said], relax: Callable[[], Relax | None] | None = None) -> Verdict:
    return Verdict("not_met", say, relax)


_ORDER: dict[State, int] = {"not_met": 0, "unknown": 1, "met": 2}


def best(verdicts: list[Verdict]) -> Verdict:
    """The most favourable; the first of equals."""
    return max(verdicts, key=lambda verdict: _ORDER[verdict.state])
