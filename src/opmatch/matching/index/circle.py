"""All located rows around one place, kept for the next who lives there."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from opmatch.matching.index import bits

KEPT_SETS = 8
"""Distances asked for, of a place."""


class Circle:
    """The rows no more than `radius` miles away."""

    __slots__ = ("_miles", "_rows", "_sets", "_size", "radius")

    def __init__(self, radius: float, found: list[tuple[float, int]], size: int) -> None:
        """`found` are miles and rows in order; `size` is how many rows there are in all."""
        self.radius = radius
        self._miles = array("d", [miles for miles, _ in found])
        self._rows = array("L", [row for _, row in found])
        self._size = size
        self._sets: dict[float, int] = {}

    def within(self, miles: float) -> int:
        """The set of those no farther than `miles`, which is no more than the radius."""
        known = self._sets.get(miles)
        if known is None:
            if len(self._sets) >= KEPT_SETS:
                self._sets.clear()
            inside = self._rows[: bisect_right(self._miles, miles)]
            known = self._sets[miles] = bits.of_rows(inside, self._size)
        return known

    def between(self, among: int, least: float, most: float) -> list[tuple[float, int]]:
        """(miles, row) of those of `among` that are farther than `least`, the nearest first."""
        first, end = bisect_right(self._miles, least), bisect_right(self._miles, most)
        some = set(bits.rows(among & self.within(most)))
        return [
            (miles, row)
            for miles, row in zip(self._miles[first:end], self._rows[first:end], strict=True)
            if row in some
        ]
