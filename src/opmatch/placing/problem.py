"""The bare problem: people, groups with seats, and what each pair is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from opmatch.model.placement import PRIORITIES, Totals

WAITS: Final = -1
"""Where somebody is who has no seat."""


class Edge(NamedTuple):
    """A group somebody may be placed in. `score` is 0 to 100."""

    group: int
    eligible: bool
    score: int


class Person(NamedTuple):
    """`priority` counts from 0, the most urgent; `edges` are in the order the person would choose."""

    priority: int
    edges: tuple[Edge, ...]


class Problem(NamedTuple):
    """`seats` by group; a group of none has nobody placed in it. People are in the order of their rows."""

    seats: tuple[int, ...]
    people: tuple[Person, ...]


def totals(problem: Problem, places: Sequence[int]) -> Totals:
    """What a placement comes to; `places` is the group of each person, or WAITS."""
    by_priority = [0] * len(PRIORITIES)
    eligible = score = 0
    for person, place in zip(problem.people, places, strict=True):
        if place == WAITS:
            continue
        edge = next(edge for edge in person.edges if edge.group == place)
        by_priority[person.priority] += 1
        eligible += edge.eligible
        score += edge.score
    urgent, soon, routine = by_priority
    return Totals(
        placed=sum(by_priority), urgent=urgent, soon=soon, routine=routine, eligible=eligible, score=score
    )


def first_come(problem: Problem) -> tuple[int, ...]:
    """Everybody in the order of rows takes the best that is left: what the placement is measured against."""
    left = list(problem.seats)
    places = []
    for person in problem.people:
        place = next((edge.group for edge in person.edges if left[edge.group]), WAITS)
        if place != WAITS:
            left[place] -= 1
        places.append(place)
    return tuple(places)
