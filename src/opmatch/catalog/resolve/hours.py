"""Clock texts to minutes of the week: sessions of tracks, appointment hours, opening hours."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from opmatch.catalog.flaw import Path, shown
from opmatch.catalog.resolve.scope import Scope
from opmatch.catalog.written import TrackEntry
from opmatch.errors import TextError
from opmatch.model.clock_text import parse_clock, parse_days
from opmatch.model.program import Session
from opmatch.model.week import DAYS, MINUTES_PER_DAY, Span, Week

_LONGEST_OVERNIGHT: Final = 16 * 60  # minutes; longer, start and end were swapped
_CLOSED: Final = "closed"
_RANGE: Final = re.compile(r"(.+?)\s?[-–]\s?(.+)")
_RANGE_MEND: Final = 'write from and to, such as "08:00-17:00", a list of such, or closed'

_days = lru_cache(maxsize=256)(parse_days)
_clock = lru_cache(maxsize=2048)(parse_clock)


def track_sessions(track: TrackEntry, at: Path, scope: Scope) -> tuple[Session, ...]:
    """The sessions of a track in the order of the week; a flaw for each time that can't be."""
    stated = [name for name in ("days", "start", "end") if getattr(track, name)]
    found: list[Session] = []
    if track.sessions:
        if stated:
            message = f"has both sessions and {', '.join(stated)}"
            scope.flaw(at, message, "keep sessions, or days with start and end")
        for index, entry in enumerate(track.sessions):
            here = (*at, "sessions", index)
            spans = _spans((entry.day,), entry.start, entry.end, (*here, "day"), here, scope)
            found.extend(Session(span, entry.required is not False) for span in spans)
    elif len(stated) < 3:
        for name in ("days", "start", "end"):
            if name not in stated:
                scope.flaw(
                    (*at, name), "is missing", "write days, start and end; leave out a track without them"
                )
    else:
        texts = (track.days,) if isinstance(track.days, str) else track.days or ()
        spans = _spans(texts, track.start or "", track.end or "", (*at, "days"), at, scope)
        found.extend(Session(span) for span in spans)
    found.sort(key=lambda session: session.span)
    for one, next_one in pairwise(found):
        if one.span == next_one.span:
            scope.flaw(
                at, f"has the same session on {_name(one.span[0] // MINUTES_PER_DAY)} twice", "keep one"
            )
    return tuple(found)


def week_hours(
    hours: dict[str, str | tuple[str, ...]], at: Path, scope: Scope
) -> tuple[Week, tuple[int, ...]]:
    """Hours by day as a week, and the days spoken of (0 Monday … 6 Sunday), the closed ones among them."""
    key = ("hours", tuple(hours.items()))
    return scope.shared(key, lambda: _week(hours, at, scope))


def _week(hours: dict[str, str | tuple[str, ...]], at: Path, scope: Scope) -> tuple[Week, tuple[int, ...]]:
    spans: list[Span] = []
    said: dict[int, str] = {}
    for key, value in hours.items():
        here = (*at, key)
        texts = [(value, here)] if isinstance(value, str) else [(t, (*here, i)) for i, t in enumerate(value)]
        on_one_day = [span for text, place in texts for span in _range(text, place, scope)]
        for day in _read_days(key, here, scope):
            if day in said:
                message = f"gives {_name(day)} again, after {said[day]}"
                scope.flaw(here, message, "give each day once")
            said[day] = key
            offset = day * MINUTES_PER_DAY
            spans.extend((start + offset, end + offset) for start, end in on_one_day)
    return Week.of(spans), tuple(sorted(said))


def _range(text: str, at: Path, scope: Scope) -> list[Span]:
    """Minutes of a day from a text such as 08:00-17:00; none for closed and for what has a flaw."""
    if text.strip().casefold() == _CLOSED:
        return []
    parts = _RANGE.fullmatch(text.strip())
    if parts is None:
        scope.flaw(at, f"can't be {shown(text)!r}", _RANGE_MEND)
        return []
    span = _span(0, parts[1], parts[2], (at, at), at, scope)
    return [span] if span else []


def _spans(texts: tuple[str, ...], start: str, end: str, days_at: Path, at: Path, scope: Scope) -> list[Span]:
    found: list[Span] = []
    seen: set[int] = set()
    for index, text in enumerate(texts):
        for day in _read_days(text, (*days_at, index) if len(texts) > 1 else days_at, scope):
            if day in seen:
                scope.flaw(days_at, f"has {_name(day)} twice", "keep one")
                continue
            seen.add(day)
            span = _span(day, start, end, ((*at, "start"), (*at, "end")), at, scope)
            if span is None:
                return found
            found.append(span)
    return found


def _span(day: int, start: str, end: str, ends_at: tuple[Path, Path], at: Path, scope: Scope) -> Span | None:
    """Minutes of the week from `start` to `end`, which is on the next day where it isn't after `start`."""
    first, last = _read_clock(start, ends_at[0], scope), _read_clock(end, ends_at[1], scope)
    if first is None or last is None:
        return None
    if first == MINUTES_PER_DAY:
        scope.flaw(ends_at[0], "starts at 24:00", "write 00:00 on the next day")
        return None
    if first == last:
        scope.flaw(at, f"starts and ends at {start}", "write the time it ends")
        return None
    if last < first:
        last += MINUTES_PER_DAY
        if last - first > _LONGEST_OVERNIGHT:
            message = f"runs from {start} to {end} of the next day"
            scope.flaw(at, message, "were start and end swapped?")
            return None
    offset = day * MINUTES_PER_DAY
    return offset + first, offset + last


def _read_days(text: str, at: Path, scope: Scope) -> tuple[int, ...]:
    try:
        return _days(text)
    except TextError as error:
        scope.flaw(at, str(error))
        return ()


def _read_clock(text: str, at: Path, scope: Scope) -> int | None:
    try:
        return _clock(text)
    except TextError as error:
        scope.flaw(at, str(error))
        return None


def _name(day: int) -> str:
    return DAYS[day % len(DAYS)]
