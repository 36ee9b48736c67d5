"""Which part of a catalog a report is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from opmatch.errors import UsageError

if TYPE_CHECKING:
    from opmatch.model.program import Program
    from opmatch.model.request import Place


class RegionOptions(Struct, frozen=True, kw_only=True):
    """A place and what is within reach of it, or states; everything unless said."""

    near: Annotated[
        str | None,
        typer.Option("--near", "-z", metavar="PLACE", help="ZIP, City, ST or lat,lon: --near 60610."),
    ] = None
    within: Annotated[
        str | None,
        typer.Option(
            "--within", metavar="DIST", help="How far from there, 25 miles unless said: --within 10mi."
        ),
    ] = None
    state: Annotated[
        list[str] | None,
        typer.Option("--state", metavar="ST…", help="States, by their two letters: --state CO --state WY."),
    ] = None

    def states(self) -> tuple[str, ...]:
        """The states asked for. Raises UsageError for what is none."""
        from opmatch.places.names import STATES

        asked = tuple(dict.fromkeys(text.strip().upper() for text in self.state or ()))
        for code in asked:
            if code not in STATES:
                raise UsageError(f"--state {code!r} is no state; write its two letters, such as CO")
        if asked and self.near is not None:
            raise UsageError("give --near or --state, not both")
        return asked

    def place(self, as_of: dt.date) -> tuple[Place, float] | None:
        """Where, and how far in miles. Raises UsageError."""
        from opmatch import api
        from opmatch.intake.words import RequestWords

        if self.near is None:
            if self.within is not None:
                raise UsageError("--within needs --near")
            return None
        request, _ = api.understand(RequestWords(near=self.near, within=self.within), as_of)
        assert request.near is not None
        assert request.within is not None
        return request.near, request.within

    def select(self, programs: Sequence[Program], as_of: dt.date) -> tuple[Program, ...]:
        """The programs whose site lies there."""
        from opmatch.places.distance import miles_between

        states, place = self.states(), self.place(as_of)
        if states:
            return tuple(one for one in programs if one.site is not None and one.site.state in states)
        if place is None:
            return tuple(programs)
        near, within = place
        return tuple(
            one
            for one in programs
            if one.site is not None
            and one.site.point is not None
            and miles_between(near.point, one.site.point) <= within
        )
