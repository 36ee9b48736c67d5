"""The places a report of gaps is on, with the request that a client of each makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, structs

from opmatch.model.program import Point, Program, Tri
from opmatch.model.request import Place, Request

_ANYWHERE_MILES: Final = 25_000.0  # farther than any two places are
_CENTRE: Final = Point(39.8, -98.6)  # of the United States; who asks for a state asks for no distance


class Area(Struct, frozen=True, kw_only=True):
    """A place to report on: a state where `state` is given, else what is within reach of `near`."""

    name: str
    state: str = ""
    near: Place | None = None
    within: float | None = None


def areas_of(programs: Iterable[Program]) -> tuple[Area, ...]:
    """The states in which sites are."""
    states = {one.site.state for one in programs if one.site is not None and one.site.state}
    return tuple(Area(name=state, state=state) for state in sorted(states))


def concerns(area: Area, program: Program) -> bool:
    """Whether the gates need to be asked at all: a state's own programs, and virtual ones licensed there."""
    if not area.state:
        return True
    if program.site is not None and program.site.state == area.state:
        return True
    return program.virtual is not Tri.NO and area.state in (program.licensed_states or ())


def where(area: Area, program: Program) -> str:
    """How a program lies to a place: "near" it, in the state ("here", or "unlocated"), or "elsewhere"."""
    if not area.state:
        return "near"
    site = program.site
    if site is None or site.state != area.state:
        return "elsewhere"
    return "here" if site.point is not None else "unlocated"


def request_for(area: Area, plain: Request, where: str) -> Request:
    """The request a client of that place makes. Across a state no distance counts; from elsewhere only
    virtual care does; a site of the state that can't be located is in it all the same."""
    if where == "near":
        return structs.replace(plain, near=area.near, within=area.within)
    if where == "unlocated":
        return plain
    place = Place(text=area.state, point=_CENTRE, state=area.state)
    request = structs.replace(plain, near=place, within=_ANYWHERE_MILES)
    return request if where == "here" else structs.replace(request, delivery="virtual")
