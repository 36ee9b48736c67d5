"""Cells of opmatch's own sheet that hold one value, by the kind of their column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from opmatch.formats.file_dates import read_day
from opmatch.formats.plain_text import clean, five_digits, state_code, web_address
from opmatch.vocabulary.load import load

Bad = Callable[[str, str], Any]
"""Called with what of a cell can't be read, and why; gives None."""
Reader = Callable[[str, Bad], Any]
"""A cell's text (never blank) to its value, None where nothing of it can be read."""

LONGEST: Final = 500  # characters, as the catalog format has it
LONGEST_NOTE: Final = 4000
_TRI: Final[dict[str, bool | str]] = {
    **dict.fromkeys(("yes", "true", "y", "1"), True),
    **dict.fromkeys(("no", "false", "n", "0"), False),
    **dict.fromkeys(("unknown", "?"), "unknown"),
}
_STATUS: Final = ("active", "paused", "closed")
_AVAILABILITY: Final = ("capacity", "waitlist", "no-capacity", "assessment-required")
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
_PART: Final = re.compile(r"(?:\\[\\;]|[^;])+")
_ESCAPED: Final = re.compile(r"\\([\\;])")
_MOST_DOLLARS: Final = 100_000
_MOST_DIGITS: Final = 20


def parts(text: str) -> list[str]:
    """The values of a cell, each once; `\\;` is a semicolon in a value."""
    found = (" ".join(_ESCAPED.sub(r"\1", part).split()) for part in _PART.findall(text))
    return list(dict.fromkeys(part for part in found if part))


def joined(values: Iterable[str]) -> str:
    """The cell whose parts are `values`."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", value) for value in values)


def a_text(text: str, bad: Bad) -> Any:
    if len(text) > LONGEST:
        bad(text, f"longer than {LONGEST} characters")
    return clean(text, LONGEST) or None


def an_id(text: str, bad: Bad) -> Any:
    if _ID.fullmatch(text):
        return text
    bad(text, "not lower-case letters, digits and hyphens")
    return None


def a_level(text: str, bad: Bad) -> Any:
    hit = load().index.find("level", text)
    return hit[0] if hit else bad(text, "not a level of care")


def tri(text: str, bad: Bad) -> Any:
    """True, False, "unknown"."""
    found = _TRI.get(text.casefold())
    return bad(text, "neither yes, no nor unknown") if found is None else found


def a_flag(text: str, bad: Bad) -> Any:
    found = _TRI.get(text.casefold())
    return found if isinstance(found, bool) else bad(text, "neither yes nor no")


def one_of(*words: str) -> Reader:
    """A reader of exactly these words."""

    def read(text: str, bad: Bad) -> Any:
        word = text.casefold().replace(" ", "-")
        return word if word in words else bad(text, f"none of {', '.join(words)}")

    return read


def a_date(text: str, bad: Bad) -> Any:
    return read_day(text) or bad(text, "not a day such as 2026-10-01")


def a_state(text: str, bad: Bad) -> Any:
    return state_code(text) or bad(text, "not a state")


def a_zip(text: str, bad: Bad) -> Any:
    return five_digits(text) or bad(text, "not a ZIP of five digits")


def a_url(text: str, bad: Bad) -> Any:
    return web_address(text) or bad(text, "not a web address")


def a_zone(text: str, bad: Bad) -> Any:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return bad(text, "not a time zone")
    return text if len(text) <= 60 else bad(text, "not a time zone")


def number(least: float, most: float, *, whole: bool = False, sign: str = "") -> Reader:
    """A reader of numbers from `least` to `most`, without `sign`."""

    def read(text: str, bad: Bad) -> Any:
        try:
            found = float(text.replace(sign, "") if sign else text) if len(text) <= _MOST_DIGITS else math.nan
        except ValueError:
            found = math.nan
        if not least <= found <= most or (whole and not found.is_integer()):
            return bad(text, f"not a {'whole ' if whole else ''}number from {least:g} to {most:g}")
        return int(found) if whole else found

    return read


ONE_VALUE: Final[dict[str, Reader]] = {
    "text": a_text,
    "id": an_id,
    "level": a_level,
    "status": one_of(*_STATUS),
    "availability": one_of(*_AVAILABILITY),
    "tri": tri,
    "flag": a_flag,
    "date": a_date,
    "state": a_state,
    "zip": a_zip,
    "url": a_url,
    "zone": a_zone,
    "latitude": number(-90, 90),
    "longitude": number(-180, 180),
    "dollars": number(0, _MOST_DOLLARS, sign="$"),
    "whole 1 7": number(1, 7, whole=True),
    "whole 5 720": number(5, 720, whole=True),
    "whole 0 3650": number(0, 3650, whole=True),
}
"""By the kind of a column."""
