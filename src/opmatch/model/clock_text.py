"""Days and 24-hour clock times as text, in the strict form that catalogs and canonical answers use."""

from __future__ import annotations

from typing import Final

from opmatch.errors import TextError
from opmatch.model.week import DAYS, MINUTES_PER_DAY, MINUTES_PER_WEEK, Span, Week, clock, end_clock
from opmatch.pattern import pattern

_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT: Final = {"tues": 1, "thur": 3, "thurs": 3, "weds": 2}
DAY_NUMBERS: Final[dict[str, int]] = {
    **{day: number for number, day in enumerate(DAYS)},
    **{name: number for number, name in enumerate(_NAMES)},
    **{name + "s": number for number, name in enumerate(_NAMES)},
    **_SHORT,
}
"""Every accepted word for a day, lower case; 0 is Monday."""

_CLOCK: Final = pattern(r"([0-9]{1,2}):([0-9]{2})\Z")
_DASH: Final = pattern(r"\s*[-–—]\s*")


def day_range(first: int, last: int) -> tuple[int, ...]:
    """The days from `first` to `last`, both included, over the week's end where need be (sat-mon)."""
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def parse_days(text: str) -> tuple[int, ...]:
    """Day numbers of "mon", "mon-thu", "sat-mon" or "mon,wed,fri", each once, in the order written.

    Raises TextError that points at the word that is no day.
    """
    found: list[int] = []
    at = 0
    for part in text.split(","):
        ends = [_day(word, text, at + part.find(word)) for word in _DASH.split(part.strip())]
        if len(ends) > 2:
            raise TextError(f"{text!r}: write a range as mon-fri, single days as mon,wed,fri", text, at, at)
        found.extend(day_range(ends[0], ends[-1]))
        at += len(part) + 1
    return tuple(dict.fromkeys(found))


def _day(word: str, text: str, at: int) -> int:
    number = DAY_NUMBERS.get(word.lower())
    if number is None:
        raise TextError(f"{text!r}: {word!r} is no day; write {', '.join(DAYS)}", text, at, at + len(word))
    return number


def parse_clock(text: str) -> int:
    """Minutes since midnight of a 24-hour time, "00:00" to "24:00". Raises TextError."""
    match = _CLOCK.match(text.strip())
    if match is None:
        raise TextError(f"{text!r} is no time of day; write it as 17:30", text, 0, len(text))
    hour, minute = int(match[1]), int(match[2])
    if minute > 59 or hour * 60 + minute > MINUTES_PER_DAY:
        raise TextError(f"{text!r} is no time of day; the clock runs from 00:00 to 24:00", text, 0, len(text))
    return hour * 60 + minute


def parse_hours(text: str) -> Span:
    """Minutes since midnight of "08:00-20:00"; an end at or before its start is on the next day.

    Raises TextError, for equal ends too: they could mean no time or the whole day.
    """
    parts = _DASH.split(text.strip())
    if len(parts) != 2:
        raise TextError(f"{text!r} is no stretch of time; write it as 08:00-20:00", text, 0, len(text))
    start, end = map(parse_clock, parts)
    if start in (end, MINUTES_PER_DAY):
        raise TextError(f"{text!r} has no length; write 00:00-24:00 for the whole day", text, 0, len(text))
    return (start, end if end > start else end + MINUTES_PER_DAY)


def write_week(week: Week) -> tuple[str, ...]:
    """The week as canonical texts ("mon-fri 17:30-21:00"), which read back as the same week.

    Days that share a block are written together; a block crosses midnight as "22:00-02:00". Ordered by
    first day, then start; an empty week gives no text.
    """
    days_of: dict[tuple[int, int], list[int]] = {}
    for span in week.spans:
        for start, end in _daily_blocks(span):
            day, of_day = divmod(start, MINUTES_PER_DAY)
            days_of.setdefault((of_day, end - start), []).append(day % 7)
    # A block from Sunday midnight belongs to Monday, so days may come out of order.
    lines = sorted((sorted(days), start, length) for (start, length), days in days_of.items())
    return tuple(
        f"{write_days(days)} {clock(start)}-{end_clock(start + length)}" for days, start, length in lines
    )


def _daily_blocks(span: Span) -> list[Span]:
    """The span as blocks that a start day and two clock times can say."""
    start, end = span
    midnight = (start // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY
    if end <= midnight or end - start < MINUTES_PER_DAY:
        return [span]
    blocks = [(start, midnight)]
    while end - midnight >= MINUTES_PER_DAY:
        blocks.append((midnight, midnight + MINUTES_PER_DAY))
        midnight += MINUTES_PER_DAY
    if end > midnight:
        blocks.append((midnight, end))
    assert end - start <= MINUTES_PER_WEEK
    return blocks


def write_days(days: list[int]) -> str:
    """Days in order as text: three or more in a row as a range, others one by one."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[day] for day in run)
        for run in runs
    )
