"""The newest word on whether there is room: open seats of the track, or the program's status and wait."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from opmatch.matching.age import Age, expired, fact_age
from opmatch.matching.case import Case
from opmatch.matching.ways import Way
from opmatch.model.program import AvailabilityStatus

STATUS_WORDS: dict[AvailabilityStatus, str] = {
    "capacity": "open places",
    "waitlist": "a waitlist",
    "no-capacity": "no capacity",
    "assessment-required": "an assessment first",
}


class Room(Struct, frozen=True):
    """`full` is a last word of no; `wait` is days from any day on, None where it isn't said."""

    kind: Literal["seats", "wait"]
    full: bool
    wait: int | None
    words: str
    age: Age
    stale: bool


def room(case: Case, way: Way) -> Room | None:
    """The newest capacity fact, on a tie the track's; None where nothing is said."""
    program, track = way.program, way.track
    availability = program.availability
    found: list[Room] = []
    if track is not None and track.seats_open is not None:
        seats = track.seats_open
        age = fact_age(case, program, track.seats_as_of, "tracks", "availability")
        said = f"{seats} open seat{'' if seats == 1 else 's'} in the {track.id} track"
        found.append(
            Room("seats", seats == 0, None if seats == 0 else 0, said, age, expired(case, "seats", age))
        )
    if availability.status is not None or availability.wait_days is not None:
        age = fact_age(case, program, availability.as_of, "availability")
        full = availability.status == "no-capacity"
        wait = None if full else availability.wait_days
        words = [STATUS_WORDS[availability.status]] if availability.status else []
        if wait is not None:
            words.append(f"a wait of {wait} day{'' if wait == 1 else 's'}" if wait else "no wait")
        found.append(Room("wait", full, wait, ", ".join(words), age, expired(case, "wait", age)))
    return min(found, key=lambda one: one.age.days, default=None)
