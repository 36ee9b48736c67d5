"""What one more seat in each group would be worth to the placement; also the proof that it is the best."""

from __future__ import annotations

from collections.abc import Sequence

from opmatch.placing.problem import WAITS, Problem
from opmatch.placing.worth import Scale


class NotBestError(Exception):
    """A placement that could be improved upon: the solver or its arithmetic is at fault."""


def prices(problem: Problem, scale: Scale, places: Sequence[int]) -> tuple[int, ...]:
    """By group, what the best placement with one more seat there is worth beyond this one.

    A seat that opens is filled by whoever gains most by moving, whose own seat opens then, and so on: the
    dearest chain of moves from each group, found for all groups at once by Bellman and Ford's rounds, in
    whole numbers. With these as prices nobody would rather have another seat, which proves the placement
    best; raises NotBestError where it isn't.
    """
    import numpy as np

    groups = len(problem.seats)
    people = [at for at, person in enumerate(problem.people) for _ in person.edges]
    edges = [(person, edge) for person in problem.people for edge in person.edges]
    who = np.array(people, dtype=np.int64)
    group = np.array([edge.group for _, edge in edges], dtype=np.int64)
    worth = np.array([scale.worth(person, edge) for person, edge in edges], dtype=np.int64)
    # Whoever waits is in a group past the last, where a seat is worth nothing.
    now = np.array([groups if place == WAITS else place for place in places], dtype=np.int64)
    has = np.zeros(len(places), dtype=np.int64)
    mine = group == now[who]
    has[who[mine]] = worth[mine]

    found = np.zeros(groups + 1, dtype=np.int64)
    gain = worth - has[who]
    for _ in range(groups + 1):
        better = found.copy()
        np.maximum.at(better, group, gain + found[now[who]])
        if np.array_equal(better, found):
            break
        found = better
    else:
        raise NotBestError
    taken = np.bincount(now, minlength=groups + 1)[:groups]
    spare = taken < np.array(problem.seats, dtype=np.int64)
    if (found[now] > has).any() or found[:groups][spare].any():
        raise NotBestError
    return tuple(found[:groups].tolist())
