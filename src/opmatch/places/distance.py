"""Distances between points, and the coarse cells that hide confidential sites."""

from __future__ import annotations

from math import asin, cos, floor, radians, sin, sqrt
from typing import Final

from opmatch.model.program import Point

EARTH_RADIUS_MILES: Final = 3958.7613  # mean radius, IUGG
MILES_PER_KM: Final = 0.621371192
CELLS_PER_DEGREE: Final = 10  # a confidential site is known to 0.1°, some seven miles


def miles_between(a: Point, b: Point) -> float:
    """Great-circle miles, exactly 0 for the same point."""
    if a == b:
        return 0.0
    phi_a, phi_b = radians(a.latitude), radians(b.latitude)
    half_phi = (phi_b - phi_a) / 2
    half_lambda = radians(b.longitude - a.longitude) / 2
    h = sin(half_phi) ** 2 + cos(phi_a) * cos(phi_b) * sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(min(1.0, h)))


def cell_centre(point: Point) -> Point:
    """The centre of the 0.1° cell `point` lies in: the same for every point of the cell, 2 decimals."""
    return Point(_centre(point.latitude), _centre(point.longitude))


def _centre(degrees: float) -> float:
    # Rounded first, so that 41.9 (stored as 41.89999…) and 41.9000000001 lie in the same cell.
    cell = floor(round(degrees * CELLS_PER_DEGREE, 6))
    return round((cell + 0.5) / CELLS_PER_DEGREE, 2)
