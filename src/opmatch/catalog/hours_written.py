"""Weekly hours as the catalog format writes them, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from opmatch.model.clock_text import write_days
from opmatch.model.program import Session
from opmatch.model.week import DAYS, MINUTES_PER_DAY, Span, Week, clock, end_clock

_LONGEST_OVERNIGHT: Final = 16 * 60  # minutes; a longer block over midnight is refused when read
_CLOSED: Final = "closed"


def days_written(week: Week, days: Iterable[int] | None) -> dict[str, str | list[str]]:
    """The hours by day, days with the same hours together; `days` without hours are written as closed.

    With `days` None, a day that isn't written is closed. A block goes over midnight only where the next day
    isn't one of `days`, for that would make the next day known.
    """
    stated = set(range(7)) if days is None else set(days)
    by_day: dict[int, list[Span]] = {} if days is None else {day: [] for day in sorted(stated)}
    for span in week.spans:
        for day, block in _by_day(span, stated):
            by_day.setdefault(day, []).append(block)
    alike: dict[tuple[Span, ...], list[int]] = {}
    for day in sorted(by_day):
        alike.setdefault(tuple(sorted(by_day[day])), []).append(day)
    return {write_days(same): _texts(blocks) for blocks, same in alike.items()}


def sessions_written(sessions: Sequence[Session]) -> dict[str, Any]:
    """The sessions of a track as days with one start and end, or one by one where they differ."""
    times = {(clock(one.span[0]), end_clock(one.span[1]), one.required) for one in sessions}
    if len(times) == 1:
        ((start, end, required),) = times
        if required:
            days = sorted(one.span[0] // MINUTES_PER_DAY for one in sessions)
            return {"days": [write_days(days)], "start": start, "end": end}
    return {
        "sessions": [
            {
                "day": DAYS[one.span[0] // MINUTES_PER_DAY],
                "start": clock(one.span[0]),
                "end": end_clock(one.span[1]),
                **({} if one.required else {"required": False}),
            }
            for one in sessions
        ]
    }


def _by_day(span: Span, stated: set[int]) -> Iterable[tuple[int, Span]]:
    """The span as blocks of the day each begins on."""
    start, end = span
    while start < end:
        day, of_day = divmod(start, MINUTES_PER_DAY)
        length = end - start
        if of_day + length <= MINUTES_PER_DAY:
            yield day % 7, (of_day, of_day + length)
            return
        if (day + 1) % 7 in stated:
            yield day % 7, (of_day, MINUTES_PER_DAY)
            start = (day + 1) * MINUTES_PER_DAY
            continue
        if length <= _LONGEST_OVERNIGHT:
            yield day % 7, (of_day, of_day + length)
            return
        # Too long for one block over midnight: the day itself, then what begins in its last minute.
        yield day % 7, (of_day, MINUTES_PER_DAY)
        yield day % 7, (MINUTES_PER_DAY - 1, of_day + length)
        return


def _texts(blocks: tuple[Span, ...]) -> str | list[str]:
    if not blocks:
        return _CLOSED
    texts = [f"{clock(start)}-{end_clock(end)}" for start, end in blocks]
    return texts[0] if len(texts) == 1 else texts
