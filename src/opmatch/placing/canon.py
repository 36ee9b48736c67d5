"""One placement of all that are equally good: the urgent and the earlier get what they would choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from opmatch.placing.problem import WAITS, Problem
from opmatch.placing.worth import Scale


def canonical(
    problem: Problem, scale: Scale, places: Sequence[int], prices: Sequence[int]
) -> tuple[int, ...]:
    """The best placement in which the first person has its best choice of all of them, then the second …

    People come in the order of priority, then of rows. Whatever placement of the best ones is given, and
    whichever solver found it, the same comes out. At the right prices, the best placements are those in
    which everybody has a seat worth most beyond its price; so only such seats are tried.
    """
    exchange = _Exchange(problem, scale, places, prices)
    order = sorted(range(len(problem.people)), key=lambda at: (problem.people[at].priority, at))
    for person in order:
        exchange.settle(person)
    return tuple(exchange.places)


class _Exchange:
    """Groups as nodes of a graph, moves that cost nothing as edges; sets of nodes are bits of a number.

    Two nodes stand beside the groups: waiting, which has room for all, and `free`, where seats nobody has
    are. An edge from it is a seat that is left empty, which costs nothing where one more seat brings nothing.
    """

    def __init__(self, problem: Problem, scale: Scale, places: Sequence[int], prices: Sequence[int]) -> None:
        self.problem = problem
        self.places = list(places)
        groups = len(problem.seats)
        self.waiting, self.free = groups, groups + 1
        self.choices: list[tuple[int, ...]] = []  # of each person, best first
        self.masks: list[int] = []
        for person, place in zip(problem.people, places, strict=True):
            worth = {edge.group: scale.worth(person, edge) - prices[edge.group] for edge in person.edges}
            most = 0 if place == WAITS else worth[place]
            choices = [
                edge.group for edge in person.edges if worth[edge.group] == most and problem.seats[edge.group]
            ]
            if most == 0:
                choices.append(self.waiting)
            self.choices.append(tuple(choices))
            self.masks.append(sum(1 << node for node in choices))
        self.loose: list[set[int]] = [set() for _ in range(groups + 1)]  # people who may still be moved
        self.taken = [0] * groups
        for at, place in enumerate(places):
            self.loose[self._node(place)].add(at)
            if place != WAITS:
                self.taken[place] += 1
        self.reach: dict[int, int] = {
            self.free: sum(1 << group for group in range(groups) if not prices[group]) | 1 << self.waiting
        }

    def settle(self, person: int) -> None:
        """Give somebody the first choice that can be had without a loss, for good."""
        here = self._node(self.places[person])
        for choice in self.choices[person]:
            if choice == here:
                break
            path = self._path(choice, here)
            if path:
                self._move(person, here, path)
                here = choice
                break
        self.loose[here].discard(person)
        self.reach.pop(here, None)

    def _node(self, place: int) -> int:
        return self.waiting if place == WAITS else place

    def _moves(self, node: int) -> int:
        """Where somebody in `node` may go instead; to `free` where nobody has to go."""
        found = self.reach.get(node)
        if found is None:
            found = 0
            for person in self.loose[node]:
                found |= self.masks[person]
            if node == self.waiting or self.taken[node] < self.problem.seats[node]:
                found |= 1 << self.free
            self.reach[node] = found
        return found

    def _path(self, start: int, goal: int) -> list[int]:
        """Nodes from `start` to `goal`, the fewest; empty where there is no way."""
        came_from = {start: start}
        seen, queue = 1 << start, [start]
        for node in queue:
            fresh = self._moves(node) & ~seen
            seen |= fresh
            for other in _bits(fresh):
                came_from[other] = node
                if other == goal:
                    path = [goal]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                queue.append(other)
        return []

    def _move(self, person: int, here: int, path: list[int]) -> None:
        moves = [(person, here, path[0])]
        for node, other in pairwise(path):
            if self.free not in (node, other):
                mover = max(one for one in self.loose[node] if self.masks[one] >> other & 1)
                moves.append((mover, node, other))
        for who, old, new in moves:
            self.loose[old].discard(who)
            self.loose[new].add(who)
            self.places[who] = WAITS if new == self.waiting else new
            for node, step in ((old, -1), (new, 1)):
                self.reach.pop(node, None)
                if node != self.waiting:
                    self.taken[node] += step


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
