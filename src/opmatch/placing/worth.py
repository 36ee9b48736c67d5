"""What a seat is worth as one whole number: people placed, then who, then how surely, then how well."""

from __future__ import annotations

from typing import Final, NamedTuple

from opmatch.errors import UsageError
from opmatch.model.placement import PRIORITIES
from opmatch.placing.problem import Edge, Person, Problem

BEST_SCORE: Final = 100
_EXACT: Final = 2**53
"""Whole numbers up to here are exact in the solver's arithmetic."""


class Change(NamedTuple):
    """What a difference in worth means. `priority` counts from 0; None where nobody more is placed."""

    priority: int | None
    eligible: int
    score: int


class Scale(NamedTuple):
    """The worth of one sure seat over a later one, and of one person placed, each above all that comes after.

    The sets of people who can be placed together form a matroid, in which the heaviest set is also the
    largest, and has the most urgent ones, whatever the weights by priority are as long as they fall. So the
    weights 3, 2 and 1 do, and the numbers stay small.
    """

    sure: int
    person: int

    @staticmethod
    def of(problem: Problem) -> Scale:
        """Raises UsageError for more people than exact arithmetic can hold."""
        people = sum(1 for person in problem.people if person.edges) + 1
        # Twice what the lesser parts can change by, so that a difference can be taken apart again.
        sure = 2 * BEST_SCORE * people + 1
        scale = Scale(sure, 2 * (sure + BEST_SCORE) * people + 1)
        # Distances in the solver are sums over paths, which pass each person once.
        if 2 * people * (scale.most + 1) >= _EXACT:
            raise UsageError(
                f"{people - 1:,} people who compete for seats are more than can be placed exactly at once;"
                " split the file, such as by county"
            )
        return scale

    @property
    def most(self) -> int:
        """What no single seat is worth more than."""
        return len(PRIORITIES) * self.person + self.sure + BEST_SCORE

    def worth(self, person: Person, edge: Edge) -> int:
        weight = len(PRIORITIES) - person.priority
        return weight * self.person + edge.eligible * self.sure + edge.score

    def change(self, difference: int) -> Change:
        """A difference of two placements, the second with one more seat, in what it is made of."""
        weight, rest = _nearest(difference, self.person)
        eligible, score = _nearest(rest, self.sure)
        return Change(len(PRIORITIES) - weight if weight else None, eligible, score)


def _nearest(number: int, unit: int) -> tuple[int, int]:
    """How many whole units, and what is left over, less than half a unit either way."""
    count = (number + unit // 2) // unit
    return count, number - count * unit
