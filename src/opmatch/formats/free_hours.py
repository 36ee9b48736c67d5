"""Weekly hours as people write them in one line: "Monday - Friday: 8:30AM - 5:00PM; Saturday: Closed"."""

from __future__ import annotations

import re
from typing import Final

from opmatch.formats.clock_words import stretch
from opmatch.model.clock_text import day_range
from opmatch.model.week import Span

Days = dict[int, list[Span]]
"""Spans by day (0 Monday); a closed day has none."""

_LONGEST: Final = 400  # characters
_STARTS: Final = {
    "mo": 0,
    "tu": 1,
    "we": 2,
    "th": 3,
    "fr": 4,
    "sa": 5,
    "su": 6,
    "m": 0,
    "t": 1,
    "w": 2,
    "f": 4,
}
_RANGES: Final = {"weekdays": (0, 1, 2, 3, 4), "weekends": (5, 6), "daily": tuple(range(7))}

_DAY: Final = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\.?|weds|mo|tu|we|th|fr|sa|su|m|t|w|f)"
    r"(?![a-z])"
)
_TO: Final = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b)\s*"
_AND: Final = r"\s*(?:,\s*and\b|,|&|/|\band\b)\s*"
_MANY: Final = (
    r"week\s?days?(?![a-z])|week\s?ends?(?![a-z])|daily|every\s?day(?![a-z])"
    r"|(?:7|seven)\s+days(?:\s+a\s+week)?"
)
_ITEM: Final = rf"(?:{_DAY}(?:{_TO}{_DAY})?|{_MANY})"
_TIME: Final = (
    r"(?:(?:1[0-2]|0?[1-9])(?::[0-5][0-9])?\s*[ap]\.?\s?m(?![a-z])\.?|[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?"
    r"|(?:12\s)?noon|(?:12\s)?midnight)"
)
_STRETCH: Final = rf"(?:{_TIME}\s*(?:-|–|—|\bto\b|\buntil\b|\btill?\b|\bthrough\b)\s*{_TIME})"
_ALL_DAY: Final = r"(?:open\s+)?24\s*(?:/\s*7|(?:hours|hrs?)(?:\s*(?:a|per|/)\s*day)?)"
_HOURS: Final = rf"(?:closed|{_ALL_DAY}|{_STRETCH}(?:{_AND}{_STRETCH})*)"

_DAYS_AT: Final = re.compile(rf"{_ITEM}(?:{_AND}{_ITEM})*", re.IGNORECASE)
_HOURS_AT: Final = re.compile(_HOURS, re.IGNORECASE)
_ITEM_AT: Final = re.compile(_ITEM, re.IGNORECASE)
_DAY_AT: Final = re.compile(_DAY, re.IGNORECASE)
_STRETCH_AT: Final = re.compile(_STRETCH, re.IGNORECASE)
_LEAD: Final = re.compile(
    r"\s*(?:(?:office\s+|business\s+|opening\s+)?hours(?:\s+of\s+operation)?\s*(?::|are\b)?)?\s*",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"\s*(?::|,|-|–|\(|\bfrom\b|\bopen\b|\bon\b)?\s*(?:from\b)?\s*", re.IGNORECASE)
_AFTER: Final = re.compile(r"\s*\)?\s*(?:[;,.&]|\band\b)?\s*", re.IGNORECASE)


def weekly_hours(text: str) -> Days | None:
    """The hours of `text`, or None where any part of it isn't understood: half a schedule is no schedule.

    Days may stand before or after their hours, the same way throughout.
    """
    if len(text) > _LONGEST:
        return None
    words = text.strip()
    start = _matched(_LEAD, words, 0)
    first, second = (_DAYS_AT, _HOURS_AT) if _DAYS_AT.match(words, start) else (_HOURS_AT, _DAYS_AT)
    out: Days = {}
    at = start
    while at < len(words):
        one = first.match(words, at)
        other = second.match(words, _matched(_BETWEEN, words, one.end())) if one else None
        if one is None or other is None:
            return None
        days_text, hours_text = (one[0], other[0]) if first is _DAYS_AT else (other[0], one[0])
        spans = _spans(hours_text)
        days = week_days(days_text)
        if spans is None or days is None or not out.keys().isdisjoint(days):
            return None
        out.update({day: list(spans) for day in days})
        at = _matched(_AFTER, words, other.end())
    return out or None


def week_days(text: str) -> tuple[int, ...] | None:
    """The days of "Monday - Friday", "Mon, Wed & Fri", "weekdays" or "MO,WE"; None for what says none."""
    words = text.strip()
    if len(words) > _LONGEST or not _DAYS_AT.fullmatch(words):
        return None
    days: list[int] = []
    for item in _ITEM_AT.findall(words):
        simple = item.lower().replace(" ", "")
        if simple.startswith("weekd"):
            days.extend(_RANGES["weekdays"])
        elif simple.startswith("weeke"):
            days.extend(_RANGES["weekends"])
        elif simple.startswith(("daily", "every", "7", "seven")):
            days.extend(_RANGES["daily"])
        else:
            ends = [_number(day) for day in _DAY_AT.findall(item)]
            days.extend(day_range(ends[0], ends[-1]))
    return tuple(dict.fromkeys(days))


def _number(day: str) -> int:
    letters = day.lower()
    return _STARTS.get(letters[:2], _STARTS.get(letters[:1], 0))


def _spans(text: str) -> list[Span] | None:
    found: list[Span] = []
    texts = _STRETCH_AT.findall(text) or [text]
    for one in texts:
        span = stretch(one)
        if span == "closed":
            return []
        if isinstance(span, str):
            return None
        found.append(span)
    return found


def _matched(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
