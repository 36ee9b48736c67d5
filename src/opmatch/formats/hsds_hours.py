"""Schedules of the Human Services Data Specification as weekly opening hours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from opmatch.formats.clock_words import ALL_DAY, opening, stretch, time_of_day
from opmatch.formats.doubts import Doubts
from opmatch.formats.free_hours import Days, week_days, weekly_hours
from opmatch.formats.hsds_limits import NOT_NOW, NOTHING, not_in_force
from opmatch.formats.plain_text import clean, prose, scalar
from opmatch.model.week import Span

_BYDAY: Final = {name: day for day, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_OTHER_RULES: Final = ("bymonthday", "byyearday", "byweekno", "bymonth", "bysetpos")
_UTC: Final = re.compile(r"(.*?)(?:\s*(?:Z|\+00:?00))", re.IGNORECASE)
_OFFSET: Final = re.compile(r"([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)\s*[+-][0-9]{2}:?[0-9]{2}")
_UTC_ZONES: Final = ("z", "utc", "gmt", "0", "+00:00", "-00:00", "0000", "+0000")
_IN_PERSON: Final = re.compile(r"in[ -]?person|walk[ -]?ins?|physical", re.IGNORECASE)

TEXTS: Final = (
    "freq", "interval", "byday", *_OTHER_RULES, "count", "until", "dtstart", "valid_from", "valid_to",
    "timezone", "weekday", "opens_at", "closes_at", "opens", "closes", "attending_type",
    "description", "notes",
)  # fmt: skip


def opening_days(schedules: Iterable[Any], today: dt.date | None, doubts: Doubts) -> Days:
    """The hours by day that `schedules` say, by weekly rules, weekdays or free text.

    A day they contradict each other on, or whose hours aren't understood, is unknown. `today` is the newest
    day the record itself tells of, to see which schedules are over. What is left out is a doubt.
    """
    out: Days = {}
    unclear: set[int] = set()
    for schedule in schedules:
        if isinstance(schedule, str):
            schedule = {"description": schedule}
        if not isinstance(schedule, Mapping):
            doubts.add("schedule", clean(str(schedule)), "not a schedule")
            continue
        text = {name: clean(scalar(schedule.get(name)), 400) for name in TEXTS}
        text = {name: "" if value.casefold() in ("null", "none") else value for name, value in text.items()}
        found = _one(text, today)
        if isinstance(found, str):
            if any(text.values()):
                doubts.add("schedule", _shown(text), found)
                unclear.update(() if found in NOT_NOW else _days_of(text))
            elif said := {key: value for key, value in schedule.items() if value and not key.endswith("id")}:
                doubts.add("schedule", prose(str(said), 300), "not a schedule that can be read")
            continue
        unclear.update(_said_beside(text, found, doubts))
        for day, spans in found.items():
            # Closed on a day that another line opens: which of them holds isn't known.
            if day in out and (not spans or not out[day]) and spans != out[day]:
                doubts.add("schedule", _shown(text), "contradicts another line")
                unclear.add(day)
            out.setdefault(day, []).extend(spans)
    return {day: spans for day, spans in out.items() if day not in unclear}


def _said_beside(text: Mapping[str, str], found: Days, doubts: Doubts) -> list[int]:
    """Tells of words beside the hours that may limit them; the days for which they say other hours."""
    if text["attending_type"] and not _IN_PERSON.fullmatch(text["attending_type"]):
        doubts.add("schedule", f"attending_type {text['attending_type']}", "said beside the hours")
    other: list[int] = []
    for words in filter(None, (text["description"], text["notes"])):
        told = weekly_hours(words)
        if told is None:
            doubts.add("schedule", words, "said beside the hours")
            continue
        apart = [day for day in found if day in told and any(span not in told[day] for span in found[day])]
        if apart:
            doubts.add("schedule", _shown(text), "its words say other hours")
            other.extend(apart)
    return other


def _one(text: Mapping[str, str], today: dt.date | None) -> Days | str:
    """One schedule's hours, or why it says none."""
    if over := not_in_force(text, today):
        return over
    if text["freq"].upper() not in ("", "WEEKLY", "DAILY"):
        return "not a weekly rule"
    if text["interval"] not in ("", "0", "1", "1.0"):
        return "not every week"
    if any(text[rule].casefold() not in NOTHING for rule in _OTHER_RULES):
        return "a rule on more than days of the week"
    days = _days_of(text)
    hours = _hours(text)
    if (
        not days
        and not (text["weekday"] or text["byday"] or text["freq"])
        and not (text["opens_at"] or text["closes_at"] or text["opens"] or text["closes"])
    ):
        return weekly_hours(text["description"]) or "not weekly hours that can be read"
    if not days:
        return "its days can't be read"
    if isinstance(hours, str):
        return hours
    return {day: list(hours) for day in days}


def _days_of(text: Mapping[str, str]) -> tuple[int, ...]:
    """The days a schedule speaks of, as far as they can be read."""
    if text["byday"]:
        parts = [part.strip().upper() for part in text["byday"].split(",")]
        if all(part in _BYDAY for part in parts):
            return tuple(dict.fromkeys(_BYDAY[part] for part in parts))
        return week_days(text["byday"]) or ()
    if text["weekday"]:
        if text["weekday"] in tuple("1234567"):
            return (int(text["weekday"]) - 1,)  # ISO 8601, as the older specification has it
        return week_days(text["weekday"]) or ()
    return tuple(range(7)) if text["freq"].upper() == "DAILY" else ()


def _hours(text: Mapping[str, str]) -> list[Span] | str:
    first, last = text["opens_at"] or text["opens"], text["closes_at"] or text["closes"]
    for one in (first, last):
        if (
            one
            and (found := stretch(one)) in ("closed", ALL_DAY)
            and (not last or not first or first == last)
        ):
            return [] if found == "closed" else [ALL_DAY]
        if one and not (first and last) and not isinstance(stretch(one), str):
            return [_span(stretch(one))]
    if not first or not last:
        return "opening or closing time is missing"
    if _in_utc(first, text) or _in_utc(last, text):
        return _local(text, _bare(first), _bare(last))
    opens, closes = time_of_day(_bare(first)), time_of_day(_bare(last))
    if opens is None or closes is None:
        return "its times can't be read"
    span = opening(opens, closes)
    return span if isinstance(span, str) else [span]


def _span(found: Span | str) -> Span:
    assert not isinstance(found, str)
    return found


def _in_utc(time: str, text: Mapping[str, str]) -> bool:
    return _UTC.fullmatch(time) is not None or text["timezone"].casefold() in _UTC_ZONES


def _bare(time: str) -> str:
    """A time without its zone; one with an offset is the clock on the wall there."""
    found = _UTC.fullmatch(time) or _OFFSET.fullmatch(time)
    return found[1] if found else time


def _local(text: Mapping[str, str], first: str, last: str) -> list[Span] | str:
    # Many exporters write Z behind local times. Only where the description says the same hours is it sure.
    opens, closes = time_of_day(first), time_of_day(last)
    if opens is not None and closes is not None:
        span = opening(opens, closes)
        told = weekly_hours(text["description"])
        if told and not isinstance(span, str) and all(span in spans for spans in told.values()):
            return [span]
    return "its times are in UTC, or said to be: the hours on the wall aren't known"


def _shown(text: Mapping[str, str]) -> str:
    return prose(", ".join(f"{name} {value}" for name, value in text.items() if value), 300)
