"""The best placement, by SciPy's solver for assignment problems."""

from __future__ import annotations

from collections import Counter
from typing import Any

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
    own = [_roomy(person, problem.seats, contested) for person in problem.people]
    places = [WAITS if edge is None else edge.group for edge in own]
    competing = [
        at for at, person in enumerate(problem.people) if any(contested[edge.group] for edge in person.edges)
    ]
    if not competing:
        return tuple(places)

    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    seats = [count if contested[group] else 0 for group, count in enumerate(problem.seats)]
    table = _table([(problem.people[at], own[at]) for at in competing], seats, scale)
    group_of = [group for group, count in enumerate(seats) for _ in range(count)]
    _, chosen = min_weight_full_bipartite_matching(table)
    for at, column in zip(competing, chosen.tolist(), strict=True):
        if column < len(group_of):
            places[at] = group_of[column]
    return tuple(places)


def _roomy(person: Person, seats: tuple[int, ...], contested: list[bool]) -> Edge | None:
    """The best group in which nobody has to give way."""
    return next((edge for edge in person.edges if seats[edge.group] and not contested[edge.group]), None)


def _table(people: list[tuple[Person, Edge | None]], seats: list[int], scale: Scale) -> Any:
    """What each seat costs each person: all seats by group, then the columns of their own."""
    import numpy as np
    from scipy.sparse import csr_array

    columns = sum(seats)
    first = np.cumsum(seats) - seats  # the column of each group's first seat
    dearest = scale.most + 1  # no cost is 0, which would be no edge
    pairs = [
        (row, edge.group, dearest - scale.worth(person, edge))
        for row, (person, _) in enumerate(people)
        for edge in person.edges
        if seats[edge.group]
    ]
    row, group, cost = (np.array(part, dtype=np.int64) for part in zip(*pairs, strict=True))
    times = np.array(seats, dtype=np.int64)[group]
    seat = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    own = [dearest - (scale.worth(person, edge) if edge else 0) for person, edge in people]
    rows = np.concatenate([np.repeat(row, times), np.arange(len(people))])
    cols = np.concatenate([np.repeat(first[group], times) + seat, columns + np.arange(len(people))])
    costs = np.concatenate([np.repeat(cost, times), np.array(own, dtype=np.int64)])
    return csr_array((costs.astype(np.float64), (rows, cols)), shape=(len(people), columns + len(people)))
