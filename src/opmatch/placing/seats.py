"""Seat groups: the tracks people compete for, with the seats that can be counted on by their age."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from opmatch.matching.age import Age, fact_age
from opmatch.matching.capacity import room
from opmatch.matching.case import Case
from opmatch.matching.ways import ways
from opmatch.model.program import Program, Track


class SeatGroup(NamedTuple):
    """A track that lists seats. `counted` may be 0: nobody is placed there, but one more seat would help."""

    program: Program
    track: Track
    counted: int

    @property
    def key(self) -> tuple[str, str]:
        """Programs and tracks by id: no answer hangs on the order of a catalog."""
        return (self.program.id, self.track.id)


def seat_groups(case: Case, programs: Iterable[Program]) -> tuple[SeatGroup, ...]:
    """Every track that lists seats, by id; `case` says the day and the half-life of seats."""
    found = [
        SeatGroup(program, track, _counted(case, program, track))
        for program in programs
        for track in program.tracks
        if track.seats_open is not None
    ]
    return tuple(sorted(found, key=lambda one: one.key))


def discounted(case: Case, seats: int, age: Age) -> int:
    """Seats that are probably still open, halves up: one seat counts until one half-life has passed."""
    half_life = case.formula.facts["seats"].half_life
    left = 1.0 if half_life is None else math.pow(0.5, age.days / half_life)
    return math.floor(seats * left + 0.5)


def with_a_seat(case: Case, program: Program, tracks: Iterable[str]) -> Program:
    """The program as it would be if each of `tracks` had a seat open today."""
    opened = frozenset(tracks)
    return replace(
        program,
        tracks=tuple(
            replace(track, seats_open=max(1, track.seats_open or 0), seats_as_of=case.request.as_of)
            if track.id in opened
            else track
            for track in program.tracks
        ),
    )


def _counted(case: Case, program: Program, track: Track) -> int:
    newest = next(
        found for way in ways(case, program) if way.track_id == track.id if (found := room(case, way))
    )
    # A newer word of a waitlist, or of no capacity, says that the seats listed before are gone.
    if newest.kind == "wait" and (newest.full or program.availability.status == "waitlist"):
        return 0
    assert track.seats_open is not None
    age = fact_age(case, program, track.seats_as_of, "tracks", "availability")
    return discounted(case, track.seats_open, age)
