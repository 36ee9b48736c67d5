"""What becomes of one request: a ranking, a safety stop, or what is wrong with it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from opmatch.model.ranking import Ranking

Result = Literal["matched", "nothing", "stopped", "unsure", "invalid"]
"""Unsure is invalid with candidates to choose from."""


class Wrong(Struct, frozen=True, omit_defaults=True):
    """One value that can't be understood. `candidates` are ids it may mean; one of them has to be chosen."""

    key: str
    message: str
    candidates: tuple[str, ...] = ()


class Fault(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a row has no ranking. "unsure" where every problem has candidates to choose from, else "invalid".

    `help` is where to turn, where the words of the row spoke of danger.
    """

    kind: Literal["invalid", "unsure"]
    message: str
    problems: tuple[Wrong, ...]
    help: str = ""


class Outcome(Struct, frozen=True, kw_only=True):
    """One of `ranking` and `fault` is there. `ref` is None where none was given, or none that may be."""

    row: int
    ref: str | None
    ranking: Ranking | None = None
    fault: Fault | None = None

    @property
    def result(self) -> Result:
        if self.ranking is None:
            return "invalid" if self.fault is None else self.fault.kind
        if self.ranking.safety_stop is not None:
            return "stopped"
        return "matched" if self.ranking.eligible + self.ranking.confirm else "nothing"

    @property
    def label(self) -> str:
        """How people are told which request it was."""
        return told(self.row, self.ref)


def told(row: int, ref: str | None) -> str:
    """A request by its reference, else by its row."""
    return ref or f"row {row}"
