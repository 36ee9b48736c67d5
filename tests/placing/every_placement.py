"""All placements of a few people, tried one by one: an oracle that shares nothing with the solver."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import strategies as st

from opmatch.placing.problem import Edge, Person, Problem

WAITS = -1
MOST_PEOPLE, MOST_GROUPS = 5, 4


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Few people, few seats, and few distinct scores, so that they compete and tie."""
    seats = tuple(draw(st.lists(st.integers(0, 2), min_size=1, max_size=MOST_GROUPS)))
    people = draw(st.lists(people_for(len(seats)), max_size=MOST_PEOPLE))
    return Problem(seats, tuple(people))


def people_for(groups: int) -> st.SearchStrategy[Person]:
    edges = st.lists(
        st.builds(
            Edge,
            group=st.integers(0, groups - 1),
            eligible=st.booleans(),
            score=st.sampled_from([0, 1, 50, 51, 99, 100]),
        ),
        max_size=groups,
        unique_by=lambda edge: edge.group,
    )
    return st.builds(
        Person,
        priority=st.integers(0, 2),
        edges=edges.map(
            lambda found: tuple(sorted(found, key=lambda e: (not e.eligible, -e.score, e.group)))
        ),
    )


def placements(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Every placement with no more people in a group than it has seats."""
    options = [(*(edge.group for edge in person.edges), WAITS) for person in problem.people]
    for places in itertools.product(*options):
        if all(places.count(group) <= seats for group, seats in enumerate(problem.seats)):
            yield places


def value(problem: Problem, places: tuple[int, ...]) -> tuple[int, int, int, int, int]:
    """What counts, in order: placed, urgent, soon, in seats that fit for sure, total score."""
    chosen = [
        (person.priority, edge)
        for person, place in zip(problem.people, places, strict=True)
        for edge in person.edges
        if edge.group == place
    ]
    return (
        len(chosen),
        sum(priority == 0 for priority, _ in chosen),
        sum(priority == 1 for priority, _ in chosen),
        sum(edge.eligible for _, edge in chosen),
        sum(edge.score for _, edge in chosen),
    )


def whose_choices(problem: Problem, places: tuple[int, ...]) -> tuple[int, ...]:
    """The rank of what each person gets among their own choices, the most urgent and earliest first."""
    order = sorted(range(len(places)), key=lambda at: (problem.people[at].priority, at))
    return tuple([*(e.group for e in problem.people[at].edges), WAITS].index(places[at]) for at in order)


def best(problem: Problem) -> tuple[int, ...]:
    """The best placement; of equals the one that serves the urgent and the earlier best."""
    return max(
        placements(problem),
        key=lambda places: (value(problem, places), tuple(-rank for rank in whose_choices(problem, places))),
    )
