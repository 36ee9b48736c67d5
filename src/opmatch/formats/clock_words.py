"""Times of day and stretches of time as listings write them: 8:30AM, noon, 9 am to 5 pm, 24 Hours, Closed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal

from opmatch.model.week import MINUTES_PER_DAY, Span, clock, end_clock

LONGEST: Final = (
    16 * 60
)  # minutes; a longer day is a typo or an on-call line, never resolved (docs/formats.md)
ALL_DAY: Final[Span] = (0, MINUTES_PER_DAY)

_NOON: Final = 12
_LAST_MINUTE: Final = 59
_TWELVE_HOURS: Final = re.compile(
    r"(1[0-2]|0?[1-9])(?::([0-5][0-9])(?::00)?)?\s*([ap])\.?\s?m\.?", re.IGNORECASE
)
_TWENTY_FOUR: Final = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])(?::[0-5][0-9](?:\.0+)?)?")
_WORDS: Final = {"noon": 12 * 60, "12 noon": 12 * 60, "midnight": 0, "12 midnight": 0}
_ALL_DAY_WORDS: Final = re.compile(
    r"(?:open\s*)?(?:24\s*(?:hours|hrs?)(?:\s*(?:a|per|/)\s*day)?|24\s*/\s*7|all day)", re.IGNORECASE
)
_CLOSED_WORDS: Final = re.compile(r"closed", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill?\b|\bthrough\b)\s*", re.IGNORECASE)
_LONGEST_TEXT: Final = 60


@lru_cache(maxsize=4096)
def time_of_day(text: str) -> int | None:
    """Minutes since midnight (0 to 1440), or None.

    A bare hour ("8") and a one-digit hour without am or pm ("5:00") are None: nobody knows which half of the
    day is meant. Two digits ("17:30", "09:00:00") are a 24-hour clock.
    """
    words = text.strip()
    if len(words) > _LONGEST_TEXT:
        return None
    if words.casefold() in _WORDS:
        return _WORDS[words.casefold()]
    if found := _TWELVE_HOURS.fullmatch(words):
        hour = int(found[1]) % _NOON + (_NOON if found[3].lower() == "p" else 0)
        return hour * 60 + int(found[2] or 0)
    if found := _TWENTY_FOUR.fullmatch(words):
        minute = int(found[1]) * 60 + int(found[2])
        return minute if minute <= MINUTES_PER_DAY else None
    return None


def stretch(text: str) -> Span | Literal["closed"] | str:
    """The minutes of a text such as "8:30AM - 5:00PM", "closed", or why it says no opening hours."""
    words = text.strip()
    if len(words) > _LONGEST_TEXT:
        return _NO_HOURS
    if _CLOSED_WORDS.fullmatch(words):
        return "closed"
    if _ALL_DAY_WORDS.fullmatch(words):
        return ALL_DAY
    ends = _BETWEEN.split(words)
    if len(ends) != 2:
        return _NO_HOURS
    first, last = map(time_of_day, ends)
    return _NO_HOURS if first is None or last is None else opening(first, last)


_NO_HOURS: Final = "not a stretch of time that can be read"


def opening(first: int, last: int) -> Span | str:
    """Opening and closing minute as a span, or why they can't be opening hours. Midnight closes a day."""
    first %= MINUTES_PER_DAY
    if first == last % MINUTES_PER_DAY:
        return "opens and closes at the same time"
    if last == 0:
        last = MINUTES_PER_DAY
    if last < first:
        return "closes before it opens"
    if last - first > LONGEST:
        return "open for more than 16 hours"
    return first, last


def written(span: Span) -> str:
    """The span as the catalog format writes it: 08:30-17:00."""
    return f"{clock(span[0])}-{end_clock(span[1])}"
