"""People who ask for a seat, as the placement needs them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from opmatch.model.placement import Priority
from opmatch.model.ranking import Notice
from opmatch.model.request import Request


class Asker(Struct, frozen=True, kw_only=True):
    """One row. `request` is None where it can't be read, which `error` then says.

    `notices` are what was taken for what, and where words spoke of danger.
    """

    row: int
    ref: str | None = None
    priority: Priority = "routine"
    request: Request | None = None
    notices: tuple[Notice, ...] = ()
    error: str | None = None

    @property
    def label(self) -> str:
        """How people are told who it is."""
        return self.ref or f"row {self.row}"


MOST_NAMED = 6
"""People named beside a notice; more are counted."""


def together(askers: Sequence[Asker], everybody: int) -> str:
    """Whom a notice is about: names, or how many where these would be too many to read."""
    if len(askers) == everybody > 1:
        return "everybody"
    if len(askers) > MOST_NAMED:
        return f"{len(askers):,} people"
    return ", ".join(asker.label for asker in askers)
