"""Where a program is: a point from coordinates, ZIP or city; what is confidential is hidden here."""

from __future__ import annotations

from opmatch.catalog.flaw import Path
from opmatch.catalog.resolve.scope import Scope, one_line
from opmatch.catalog.written import SiteEntry
from opmatch.model.program import Point, Precision, Site
from opmatch.places.distance import cell_centre
from opmatch.places.lookup import ZipPlace
from opmatch.places.names import STATES


def site(entry: SiteEntry, at: Path, scope: Scope) -> tuple[Site, str | None]:
    """The site, and the time zone of its ZIP or cell where that is known."""
    if entry.state is not None:
        state_code(entry.state, (*at, "state"), scope)
    point, precision = _point(entry, at, scope)
    if entry.confidential is True:
        return _hidden(entry.state or "", point, scope)
    known = scope.zip(entry.zip) if entry.zip else None
    found = Site(
        street=one_line(entry.street),
        city=one_line(entry.city),
        state=entry.state or (known.state if known else ""),
        zip=entry.zip or "",
        point=point,
        precision=precision,
    )
    return found, known.time_zone if known else _zone_of(entry, point, scope)


def _hidden(state: str, point: Point | None, scope: Scope) -> tuple[Site, str | None]:
    """A confidential site, made from nothing but what is stated of the state and the cell of its point.

    State and time zone of its own ZIP could tell on which side of a line through the cell it lies.
    """
    if point is None:
        return Site(state=state, confidential=True), None
    centre = cell_centre(point)
    near = _near(scope, centre)
    site = Site(
        state=state or (near.state if near else ""), point=centre, precision="cell", confidential=True
    )
    return site, near.time_zone if near else None


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
        known = scope.zip(entry.zip)
        return (known.point, "zip") if known else (None, None)
    if entry.city and entry.state:
        city = scope.places.city(entry.city, entry.state)
        return (city.point, "city") if city else (None, None)
    return None, None


def _zone_of(entry: SiteEntry, point: Point | None, scope: Scope) -> str | None:
    """The time zone where no ZIP tells it: the city's, else that around the point."""
    city = scope.places.city(entry.city, entry.state) if entry.city and entry.state else None
    if city is not None:
        return city.time_zone
    near = None if point is None else _near(scope, point)
    return near.time_zone if near else None


def _near(scope: Scope, point: Point) -> ZipPlace | None:
    return scope.shared(("near", point), lambda: (scope.places.nearest(point),))[0]
