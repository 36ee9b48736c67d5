"""The best placement, by SciPy's solver for assignment problems."""

from __future__ import annotations

from collections import Counter

from opmatch.errors import UsageError
from opmatch.placing.problem import WAITS, Edge, Person, Problem
from opmatch.placing.worth import Scale

NEEDS_SCIPY = "opmatch assign needs SciPy, which isn't installed: pip install 'opmatch[assign]'"


def check_solver() -> None:
    """Raises UsageError where SciPy is missing, before any work is done."""
    from importlib.util import find_spec

    if find_spec("scipy") is None:
        raise UsageError(NEEDS_SCIPY)


def solve(problem: Problem, scale: Scale) -> tuple[int, ...]:
    """The group of each person, or WAITS: one of the placements that are worth most.

    A seat that is contested is a column of its own. Every person also has a column nobody else can take:
    the best group that has room for all who could come, or else waiting. So there always is an answer.
    """
    wanted = Counter(edge.group for person in problem.people for edge in person.edges)
    contested = [0 < seats < wanted[group] for group, seats in enumerate(problem.seats)]
    first: list[int] = []  # column of each contested group's first seat
    columns = 0
    for group, seats in enumerate(problem.seats):
        first.append(columns)
        columns += seats if contested[group] else 0
    roomy = tuple(seats > 0 and not contested[group] for group, seats in enumerate(problem.seats))
    own = [_own(person, roomy) for person in problem.people]
    at = [number for number, person in enumerate(problem.people) if any(contested[e.group] for e in person.edges)]
    places = [WAITS if edge is None else edge.group for edge in own]
    if not at:
        return tuple(places)

    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    group_of = np.repeat(np.arange(len(first)), [s if c else 0 for s, c in zip(problem.seats, contested, strict=True)])
    row: list[int] = []
    group: list[int] = []
    cost: list[int] = []
    for number, person_at in enumerate(at):
        person = problem.people[person_at]
        for edge in person.edges:
            if contested[edge.group]:
                row.append(number)
                group.append(edge.group)
                cost.append(scale.most + 1 - scale.worth(person, edge))
    times = np.array([problem.seats[one] for one in group])
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    rows = np.concatenate([np.repeat(np.array(row), times), np.arange(len(at))])
    cols = np.concatenate([np.repeat(np.array(first)[group], times) + within, columns + np.arange(len(at))])
    rest = [scale.most + 1 - _worth(scale, problem.people[one], own[one]) for one in at]
    costs = np.concatenate([np.repeat(np.array(cost, float), times), np.array(rest, float)])
    table = csr_array((costs, (rows, cols)), shape=(len(at), columns + len(at)))
    _, chosen = min_weight_full_bipartite_matching(table)
    for number, column in zip(at, chosen.tolist(), strict=True):
        if column < columns:
            places[number] = int(group_of[column])
    return tuple(places)


def _own(person: Person, roomy: tuple[bool, ...]) -> Edge | None:
    """The best group nobody has to give way in."""
    return next((edge for edge in person.edges if roomy[edge.group]), None)


def _worth(scale: Scale, person: Person, edge: Edge | None) -> int:
    return 0 if edge is None else scale.worth(person, edge)
