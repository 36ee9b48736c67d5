"""Names of states and cities in one form: two-letter codes, and cities as bare lower-case letters."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

from opmatch.pattern import pattern

STATES: Final[dict[str, str]] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "PR": "Puerto Rico",
    "GU": "Guam",
    "VI": "U.S. Virgin Islands",
    "AS": "American Samoa",
    "MP": "Northern Mariana Islands",
    "FM": "Federated States of Micronesia",
    "PW": "Palau",
    "MH": "Marshall Islands",
}
"""The states, DC, the territories, and the freely associated states that the US mail serves."""

MILITARY_STATES: Final = frozenset({"AE", "AP", "AA"})
"""Post for the armed forces abroad: addresses without a place."""

_WORDS: Final = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_APOSTROPHES: Final = pattern("['’`]")
_BREAKS: Final = pattern(r"[^a-z0-9]+")


def city_key(name: str) -> str:
    """A city's name as bare letters: "St. Louis" is "saintlouis", "O'Fallon" and "O Fallon" are "ofallon"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _BREAKS.sub(" ", _APOSTROPHES.sub("", plain)).split()
    return "".join(_WORDS.get(word, word) for word in words)


def state_code(text: str) -> str | None:
    """The two letters of a state given by code or name in any case, or None."""
    code = text.strip().rstrip(".").upper()
    if code in STATES:
        return code
    return _codes().get(city_key(text))


@cache
def _codes() -> dict[str, str]:
    """Names as city keys to codes."""
    return {
        **{city_key(name): code for code, name in STATES.items()},
        "dc": "DC",
        "virginislands": "VI",
        "micronesia": "FM",
    }
