"""Where a person is, from a ZIP, "City, ST" or "lat,lon", with a way out of every mistake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from opmatch.errors import TextError
from opmatch.intake.quote import quoted
from opmatch.model.program import Point
from opmatch.model.request import Place
from opmatch.pattern import pattern
from opmatch.places.names import state_code

if TYPE_CHECKING:
    from opmatch.places.lookup import Places

_NUMBER: Final = r"[+-]?[0-9]{1,3}(?:\.[0-9]{0,20})?"
_LAT_LON: Final = pattern(rf"\s*({_NUMBER})\s*[,; ]\s*({_NUMBER})\s*")
_ZIP: Final = pattern(r"([0-9]{5})(?:[- ]?[0-9]{4})?")
_TRAILING_ZIP: Final = pattern(r"(.*[^\W\d].*?)[,\s]+([0-9]{5})(?:-[0-9]{4})?")
_MILITARY_PREFIXES: Final = (
    *(f"{number:03d}" for number in range(90, 99)),
    "340",
    *map(str, range(962, 967)),
)
_FORMS: Final = "write a ZIP, City, ST or latitude,longitude"
_MAX_TEXT: Final = 200
_MAX_STATE_WORDS: Final = 4  # federated states of micronesia


def parse_place(text: str, places: Places) -> Place:
    """The place `text` names. Raises TextError that says what wasn't understood and what is near it.

    A ZIP+4 is kept as its five digits: four more would say which house.
    """
    words = text.strip()
    if not words or len(words) > _MAX_TEXT:
        _fail(text, f"no place given; {_FORMS}")
    if match := _LAT_LON.fullmatch(words):
        return _point(text, float(match[1]), float(match[2]), places)
    if match := _ZIP.fullmatch(words):
        return _zip(text, match[1], places)
    if re.fullmatch(r"[0-9][0-9 -]*", words):
        _not_a_zip(text, words, places)
    if match := _TRAILING_ZIP.fullmatch(words):  # "Chicago, IL 60610"
        place = _zip(text, match[2], places)
        state = _split_city(match[1])[1]
        if state and state != place.state:
            _fail(text, f"ZIP {match[2]} is in {place.state}, not in {state}; {_FORMS}")
        return place
    return _city(text, words, places)


def _point(text: str, latitude: float, longitude: float, places: Places) -> Place:
    if abs(latitude) > 90 or abs(longitude) > 180:
        other = (
            ", longitude first? write latitude,longitude" if abs(latitude) <= 180 >= abs(longitude) else ""
        )
        _fail(text, f"latitudes run from -90 to 90 and longitudes from -180 to 180{other}")
    point = Point(latitude, longitude)
    near = places.nearest(point)
    if near is None and longitude > 0 and places.nearest(Point(latitude, -longitude)):
        _fail(text, f"is in no state; did you mean {latitude:.10g},{-longitude:.10g} (west of Greenwich)?")
    if near is None and abs(longitude) <= 90 and places.nearest(Point(longitude, latitude)):
        _fail(text, f"is in no state; did you mean {longitude:.10g},{latitude:.10g}?")
    return Place(
        text=f"{latitude:.10g},{longitude:.10g}",
        point=point,
        state=near.state if near else "",
        time_zone=near.time_zone if near else None,
        precision="exact",
    )


def _zip(text: str, digits: str, places: Places) -> Place:
    found = places.zip(digits) or _unknown_zip(text, digits, places)
    return Place(
        text=digits, point=found.point, state=found.state, time_zone=found.time_zone, precision="zip"
    )


def _unknown_zip(text: str, digits: str, places: Places) -> NoReturn:
    if digits.startswith(_MILITARY_PREFIXES):
        _fail(text, "is military post, which has no place; give a ZIP or city near the person")
    near = ", ".join(f"{place.zip} ({place.city}, {place.state})" for place in places.neighbours(digits))
    _fail(text, f"is no ZIP this program knows; nearest known: {near}")


def _not_a_zip(text: str, words: str, places: Places) -> NoReturn:
    padded = words.zfill(5)
    if len(words) in (3, 4) and (found := places.zip(padded)):
        _fail(text, f"a ZIP has five digits; did you mean {padded} ({found.city}, {found.state})?")
    _fail(text, "a ZIP has five digits, such as 60610 or 02134")


def _city(text: str, words: str, places: Places) -> Place:
    name, state = _split_city(words)
    if state == "DC":  # one city, and people leave its name out
        name = name or "Washington"
    if not name and state:
        again = f", or {quoted(f'{words}, {state}')} for the city" if places.city(words, state) else ""
        _fail(text, f"is a whole state; give a ZIP or a city in it{again}")
    if not state:
        _no_state(text, words, places)
    found = places.city(name, state)
    if found is None:
        if any(char.isdigit() for char in name) or "," in name:
            _fail("", "write only the city and state, without the street: Chicago, IL")
        near = places.city_suggestions(name, state)
        hint = f"did you mean {' or '.join(near)}?" if near else "check the spelling, or give a ZIP"
        _fail(text, f"no such city in {places.states[state]}; {hint}")
    return Place(
        text=f"{found.city}, {found.state}",
        point=found.point,
        state=found.state,
        time_zone=found.time_zone,
        precision="city",
    )


def _split_city(words: str) -> tuple[str, str]:
    """City and state code; the state empty where none is named, the city where only a state is."""
    if state := state_code(words):
        return "", state
    city, comma, tail = words.rpartition(",")
    if comma:
        return city.strip(), state_code(tail) or ""
    parts = words.split()
    for count in range(min(_MAX_STATE_WORDS, len(parts) - 1), 0, -1):
        if state := state_code(" ".join(parts[-count:])):
            return " ".join(parts[:-count]), state
    return words, ""


def _no_state(text: str, words: str, places: Places) -> NoReturn:
    name, comma, tail = (part.strip() for part in words.rpartition(","))
    if comma and tail:
        _fail(tail, "is no state; write the city, then its state: Chicago, IL")
    states = places.states_of_city(name or words)
    if not states:
        _fail(text, f"is no place this program knows; {_FORMS}")
    shown = ", ".join(states[:6]) + (", …" if len(states) > 6 else "")
    _fail(text, f"which state ({shown})? write it as {(name or words).title()}, {states[0]}")


def _fail(text: str, message: str) -> NoReturn:
    joint = " " if message.startswith("is ") else ": "
    raise TextError(f"{quoted(text)}{joint}{message}" if text else message, text, 0, len(text))
