"""The ways to attend a program (the options of the design): a mode with a track or the appointments."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from opmatch.matching.case import Case
from opmatch.model.program import (
    AgeRange,
    Language,
    Mode,
    Populations,
    Program,
    Track,
    Tri,
)
from opmatch.places.distance import miles_between


class Way(Struct, frozen=True, gc=False):
    """One way to attend. What a track overrides is already put in place of the program's own.

    `offered` is how sure it is that the program works in this mode at all. `distance` in straight-line miles
    and `travel` in minutes one way are None where they aren't known, 0 minutes for virtual care.
    """

    program: Program
    mode: Mode
    offered: Tri
    track: Track | None
    distance: float | None
    travel: int | None
    ages: tuple[AgeRange, ...] | None
    genders: tuple[str, ...] | None
    languages: tuple[Language, ...]
    populations: Populations

    @property
    def track_id(self) -> str | None:
        return self.track.id if self.track else None


def travel_minutes(case: Case, miles: float) -> int:
    """Door to door, one way, rounded up."""
    travel = case.formula.travel
    return math.ceil(miles * travel.detour / travel.miles_per_hour * 60)


def distance(case: Case, program: Program) -> float | None:
    """Straight-line miles from the client to the site; None where either isn't located."""
    near, site = case.request.near, program.site
    if near is None or site is None or site.point is None:
        return None
    return miles_between(near.point, site.point)


def ways(case: Case, program: Program) -> tuple[Way, ...]:
    """Every way to attend, at least one."""
    miles = distance(case, program)
    return tuple(
        way_of(case, program, track, mode, offered, miles)
        for track in blocks(program)
        for mode, offered in _modes(case, program, track)
    )


def blocks(program: Program) -> tuple[Track | None, ...]:
    """The tracks, and None for the appointments, or where nothing is said of when one attends."""
    if not program.tracks:
        return (None,)
    return program.tracks if program.appointments is None else (*program.tracks, None)


def _modes(case: Case, program: Program, track: Track | None) -> Iterator[tuple[Mode, Tri]]:
    in_person, virtual = program.in_person, program.virtual
    if track is not None:
        in_person = in_person if track.in_person is None else track.in_person
        virtual = virtual if track.virtual is None else track.virtual
    any_mode = False
    if in_person is not Tri.NO:
        any_mode = True
        yield "in-person", in_person
    if virtual is Tri.YES or (virtual is Tri.UNKNOWN and (_may_be_virtual(case, program) or not any_mode)):
        any_mode = True
        yield "virtual", virtual
    if not any_mode:
        # Stated to be neither: kept, so that the program can be explained.
        yield "in-person", Tri.NO


def _may_be_virtual(case: Case, program: Program) -> bool:
    """Whether unknown virtual care is worth a way of its own: asked for, and within the client's state."""
    if case.request.delivery != "virtual":
        return False
    site_state = program.site.state if program.site else ""
    return not case.state or not site_state or site_state == case.state


def way_of(
    case: Case, program: Program, track: Track | None, mode: Mode, offered: Tri, miles: float | None
) -> Way:
    in_person = mode == "in-person"
    minutes = 0 if not in_person else None if miles is None else travel_minutes(case, miles)
    return Way(
        program=program,
        mode=mode,
        offered=offered,
        track=track,
        distance=miles if in_person else None,
        travel=minutes,
        ages=program.ages if track is None or track.ages is None else track.ages,
        genders=program.genders if track is None or track.genders is None else track.genders,
        languages=program.languages if track is None or track.languages is None else track.languages,
        populations=program.populations if track is None or track.populations is None else track.populations,
    )
