"""Which rows may be within reach, in person or by screen: all that are, and perhaps a few more."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import asin, cos, degrees, floor, radians, sin

from opmatch.matching.case import Case
from opmatch.matching.index import bits
from opmatch.matching.index.circle import Circle
from opmatch.matching.index.reading import Index
from opmatch.matching.index.sets import BANDS_PER_DEGREE
from opmatch.model.program import Point
from opmatch.places.distance import EARTH_RADIUS_MILES, miles_between

KEPT_CIRCLES = 500
"""Places whose surroundings are kept, some 30 KB each."""
_MARGIN = 1e-6  # degrees: no rounding may leave out what lies on the circle


class Reach:
    """What is within reach of one client."""

    def __init__(self, case: Case, index: Index) -> None:
        self._case = case
        self._index = index
        located = index.bands[-1].end if index.bands else 0
        self._located = bits.first_rows(located)

    def rows(self, among: int, miles: float | None) -> Iterable[int]:
        """The rows of `among` whose place may do, where one travels no more than `miles`."""
        in_person, virtual = among & self._index.set("in-person"), among & self._virtual
        near = self._case.request.near
        if near is None or miles is None:
            return bits.rows(in_person | virtual)
        elsewhere = in_person & ~self._located  # where it is isn't known
        circle = self._circle(near.point, miles)
        if circle is not None:
            return bits.rows(elsewhere | virtual | in_person & circle.within(miles))
        return [
            *bits.rows(elsewhere | virtual),
            *(row for _, row in self._within(in_person, near.point, miles)),
        ]

    def beyond(self, among: int, least: float, most: float) -> list[tuple[float, int]]:
        """(miles, row) of those that can only be reached in person, beyond `least`, the nearest first."""
        near = self._case.request.near
        assert near is not None
        in_person = among & self._index.set("in-person") & ~self._virtual
        circle = self._circle(near.point, most)
        if circle is not None:
            return circle.between(in_person, least, most)
        found = self._within(in_person, near.point, most)
        return sorted((miles, row) for miles, row in found if miles > least)

    @cached_property
    def _virtual(self) -> int:
        index, state = self._index, self._case.state
        found = index.set("virtual")
        if self._case.request.delivery == "virtual":
            perhaps = index.set("perhaps-virtual")
            found |= perhaps & (index.set(f"site/{state}") | index.set("site/")) if state else perhaps
        return found & (index.set(f"licensed/{state}") | index.set("licensed/")) if state else found

    def _circle(self, home: Point, miles: float) -> Circle | None:
        """All around a place that is asked of for the second time; who asks once doesn't need all."""
        circles = self._index.circles
        if home not in circles:
            if len(circles) >= KEPT_CIRCLES:
                circles.clear()
            circles[home] = None
            return None
        circle = circles[home]
        if circle is None or circle.radius < miles:
            everyone = bits.first_rows(self._index.size)
            found = sorted(self._within(everyone, home, miles))
            circle = circles[home] = Circle(miles, found, self._index.size)
        return circle

    def _within(self, among: int, home: Point, most: float) -> Iterator[tuple[float, int]]:
        south, north, spans = _box(home, most)
        for band in self._index.bands:
            if not south <= band.number <= north or not bits.part(among, band.first, band.end):
                continue
            latitudes, longitudes = self._index.points(band.number)
            for west, east in spans:
                low, high = bisect_left(longitudes, west), bisect_right(longitudes, east)
                if low == high:
                    continue
                for at in bits.rows(bits.part(among, band.first + low, band.first + high), low):
                    miles = miles_between(home, Point(latitudes[at], longitudes[at]))
                    if miles <= most:
                        yield miles, band.first + at


def _box(home: Point, miles: float) -> tuple[int, int, tuple[tuple[float, float], ...]]:
    """The first and last band, and the spans of longitude, that hold the circle around `home`."""
    angle = miles / EARTH_RADIUS_MILES
    reach = degrees(angle) + _MARGIN
    south = floor((home.latitude - reach) * BANDS_PER_DEGREE)
    north = floor((home.latitude + reach) * BANDS_PER_DEGREE)
    if abs(home.latitude) + reach >= 90.0:  # a pole lies within
        return south, north, ((-180.0, 180.0),)
    wide = degrees(asin(min(1.0, sin(angle) / cos(radians(home.latitude))))) + _MARGIN
    west, east = home.longitude - wide, home.longitude + wide
    if west < -180.0:
        return south, north, ((west + 360.0, 180.0), (-180.0, east))
    if east > 180.0:
        return south, north, ((west, 180.0), (-180.0, east - 360.0))
    return south, north, ((west, east),)
