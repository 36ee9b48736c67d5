"""How far is still near: "15", "15mi", "25 km", in miles."""

from __future__ import annotations

import re
from typing import Final

from opmatch.errors import TextError
from opmatch.intake.quote import quoted
from opmatch.pattern import pattern
from opmatch.places.distance import MILES_PER_KM

MOST_MILES: Final = 12_500.0  # half around the Earth
_DISTANCE: Final = pattern(
    r"([0-9]{1,6}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})\s*(?:(mi|miles?)|(kms?|kilomet(?:er|re)s?))?\.?",
    re.IGNORECASE,
)


def parse_within(text: str) -> float:
    """Miles, 0 or more; a bare number is miles. Raises TextError."""
    match = _DISTANCE.fullmatch(text.strip())
    if match is None:
        raise TextError(f"{quoted(text)} is no distance; write 15, 15mi or 25km", text, 0, len(text))
    miles = float(match[1]) * (MILES_PER_KM if match[3] else 1.0)
    if miles > MOST_MILES:
        raise TextError(f"{quoted(text)} is farther than any place on Earth", text, 0, len(text))
    return miles
