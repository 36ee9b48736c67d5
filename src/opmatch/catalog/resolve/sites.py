"""Where a program is: a point from coordinates, ZIP or city; what is confidential is hidden here."""

from __future__ import annotations

import math

from opmatch.catalog.flaw import Path
from opmatch.catalog.resolve.scope import Scope, one_line
from opmatch.catalog.written import SiteEntry
from opmatch.model.program import Point, Precision, Site
from opmatch.places.distance import cell_centre
from opmatch.places.names import STATES


def site(entry: SiteEntry, at: Path, scope: Scope) -> tuple[Site, str | None]:
    """The site, and the time zone of its ZIP or cell where that is known."""
    if entry.state is not None:
        state_code(entry.state, (*at, "state"), scope)
    point, precision = _point(entry, at, scope)
    known = scope.zips.get(entry.zip or "")
    state = entry.state or (known.state if known else "")
    if entry.confidential is True:
        centre = None if point is None else cell_centre(point)
        hidden = Site(
            state=state, point=centre, precision=None if centre is None else "cell", confidential=True
        )
        return hidden, None if centre is None else _zone_near(scope, centre, state)
    found = Site(
        street=one_line(entry.street),
        city=one_line(entry.city),
        state=state,
        zip=entry.zip or "",
        point=point,
        precision=precision,
    )
    return found, known.zone if known else None


def state_code(code: str, at: Path, scope: Scope) -> str:
    """`code`, with a flaw where no state has it."""
    if code not in STATES:
        scope.flaw(at, f"no state is called {code!r}", "write the two letters of a state, such as IL")
    return code


def _point(entry: SiteEntry, at: Path, scope: Scope) -> tuple[Point | None, Precision | None]:
    """Where the site is, as exactly as it is said; a ZIP nobody knows leaves it unknown."""
    latitude, longitude = entry.latitude, entry.longitude
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        scope.flaw((*at, missing), "is missing", "write both latitude and longitude, or neither")
    if latitude is not None and longitude is not None:
        if latitude == 0 and longitude == 0:
            scope.flaw((*at, "latitude"), "is in the sea off Africa (0, 0)", "leave unknown coordinates out")
        return Point(latitude, longitude), "exact"
    if entry.zip:
        known = scope.zips.get(entry.zip)
        return (Point(known.latitude, known.longitude), "zip") if known else (None, None)
    if entry.city and entry.state:
        city = scope.places.city(entry.city, entry.state)
        return (Point(city.latitude, city.longitude), "city") if city else (None, None)
    return None, None


def _zone_near(scope: Scope, centre: Point, state: str) -> str | None:
    """The time zone of the ZIP of `state` nearest to a cell's centre: a cell says no more than itself.

    Taken from the site's own ZIP, the zone would tell on which side of a line through the cell it lies.
    """
    shrink = math.cos(math.radians(centre.latitude))

    def apart(code: str) -> tuple[float, str]:
        place = scope.zips[code]
        north = place.latitude - centre.latitude
        east = (place.longitude - centre.longitude) * shrink
        return north * north + east * east, code

    def find() -> str:
        codes = [code for code, place in scope.zips.items() if place.state == state]
        return scope.zips[min(codes, key=apart)].zone if codes else ""

    return scope.shared(("zone", centre, state), find) or None
