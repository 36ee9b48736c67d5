"""ZIP codes and cities of the United States as points, states and time zones, offline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Final

from msgspec import Struct

from opmatch.model.program import Point
from opmatch.places.distance import miles_between
from opmatch.places.names import STATES, city_key, state_code
from opmatch.places.table import SortedTable

NEAREST_WITHIN_MILES: Final = 60.0  # farther from any ZIP, no state is guessed
_MILES_PER_DEGREE: Final = 68.7  # of latitude, at the least


class ZipPlace(Struct, frozen=True, gc=False):
    """The middle of a five-digit ZIP; `time_zone` is an IANA name."""

    zip: str
    point: Point
    state: str
    city: str
    time_zone: str


class CityPlace(Struct, frozen=True, gc=False):
    """The middle of a city: the mean of its street ZIPs."""

    city: str
    state: str
    point: Point
    time_zone: str


class Places:
    """The shipped table. Single questions read some hundred bytes; `all_zips` and `nearest` read it all."""

    def __init__(self) -> None:
        self._zips = SortedTable("places/data/zips.txt")
        self._cities = SortedTable("places/data/cities.txt")

    @property
    def states(self) -> dict[str, str]:
        """Two-letter codes to names: states, DC, territories, freely associated states."""
        return STATES

    def zip(self, zip: str) -> ZipPlace | None:  # noqa: A002 (the field's own word)
        """Where the five digits are, or None. Military ZIPs are addresses without a place: None."""
        if len(zip) != 5 or not (zip.isascii() and zip.isdigit()):
            return None
        found = self._zips.find(zip)
        return None if found is None else _zip_place(zip, *found)

    def city(self, name: str, state: str) -> CityPlace | None:
        """The city of that name (case, accents, "St." and "Saint" don't matter) in a state, code or name."""
        key, code = city_key(name), state_code(state)
        if not key or code is None:
            return None
        found = self._cities.find(f"{key}|{code}")
        if found is None:
            return None
        city, latitude, longitude, zone = found
        return CityPlace(city, code, Point(float(latitude), float(longitude)), zone)

    def nearest(self, point: Point) -> ZipPlace | None:
        """The ZIP whose middle is nearest (the smaller number, if several); None beyond 60 miles."""
        zips = self._by_latitude
        best: ZipPlace | None = None
        reach = NEAREST_WITHIN_MILES
        # Outwards from the point's own latitude, until latitude alone is too far.
        start = bisect_left(self._latitudes, point.latitude)
        for indexes in (range(start, len(zips)), range(start - 1, -1, -1)):
            for index in indexes:
                place = zips[index]
                if abs(place.point.latitude - point.latitude) * _MILES_PER_DEGREE > reach:
                    break
                miles = miles_between(point, place.point)
                if miles < reach or (miles == reach and (best is None or place.zip < best.zip)):
                    best, reach = place, miles
        return best

    def neighbours(self, zip: str, count: int = 2) -> tuple[ZipPlace, ...]:  # noqa: A002
        """The known ZIPs nearest by number, the nearest first. Raises ValueError unless `zip` is digits."""
        at = bisect_right(self._numbers, zip)
        beside = self._numbers[max(0, at - count) : at + count]
        nearest = sorted(beside, key=lambda other: (abs(int(other) - int(zip)), other))[:count]
        return tuple(self.all_zips()[other] for other in nearest)

    def city_suggestions(self, name: str, state: str, count: int = 3) -> tuple[str, ...]:
        """Names of the state's cities spelled like `name`, the likest first, as "Chicago, IL"."""
        from rapidfuzz import fuzz, process

        code = state_code(state)
        names = {key: city for key, its_state, city, *_rest in self._cities.lines() if its_state == code}
        found = process.extract(city_key(name), list(names), scorer=fuzz.ratio, limit=count, score_cutoff=75)
        return tuple(f"{names[key]}, {code}" for key, _score, _index in found)

    def states_of_city(self, name: str) -> tuple[str, ...]:
        """The states that have a city of exactly that name, in order of their codes."""
        key = city_key(name)
        return tuple(state for its_key, state, *_rest in self._cities.lines() if its_key == key)

    def all_zips(self) -> dict[str, ZipPlace]:
        """Every ZIP, in order; read once."""
        return self._all

    @cached_property
    def _all(self) -> dict[str, ZipPlace]:
        return {
            digits: ZipPlace(digits, Point(float(latitude), float(longitude)), state, city, zone)
            for digits, latitude, longitude, state, city, zone in self._zips.lines()
        }

    @cached_property
    def _numbers(self) -> list[str]:
        return list(self._all)

    @cached_property
    def _by_latitude(self) -> list[ZipPlace]:
        return sorted(self._all.values(), key=lambda place: place.point.latitude)

    @cached_property
    def _latitudes(self) -> list[float]:
        return [place.point.latitude for place in self._by_latitude]


def _zip_place(zip: str, latitude: str, longitude: str, state: str, city: str, zone: str) -> ZipPlace:  # noqa: A002
    return ZipPlace(zip, Point(float(latitude), float(longitude)), state, city, zone)
