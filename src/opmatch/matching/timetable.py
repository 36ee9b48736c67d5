"""Whether sessions fit into free time, by the minute, and how much more free time would do."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from opmatch.model.week import MINUTES_PER_DAY, MINUTES_PER_WEEK, Span, Week

NO_TIME = Week()
PLENTY = MINUTES_PER_DAY
"""Minutes to spare in a fully free week, where no edge is near."""


class Bookable(Struct, frozen=True):
    """Single sessions booked within hours: `sessions` of `minutes` each week, each on a day of its own.

    `unsaid` is the time nobody says anything of, all of which counts as possible. On the client's clock.
    """

    hours: Week
    sessions: int
    minutes: int
    unsaid: Week = NO_TIME

    @property
    def possible(self) -> Week:
        """The hours with all unsaid time open."""
        return self.hours.union(self.unsaid.spans)


def session_fits(free: Week, session: Span, travel: int) -> bool:
    """Whether one can leave, attend and be back within one stretch of free time."""
    return free.contains(session[0] - travel, session[1] + travel)


def spare_minutes(free: Week, session: Span, travel: int) -> int:
    """Minutes left at the tighter end of the stretch of free time around a session that fits."""
    if free.is_full:
        return PLENTY
    room = free.room(session[0] - travel, session[1] + travel)
    assert room is not None, "asked only of sessions that fit"
    return min(session[0] - travel - room[0], room[1] - (session[1] + travel))


def starts_by_day(hours: Week, free: Week, travel: int, minutes: int) -> tuple[int, ...]:
    """For each day, Monday first, how many start minutes on that day leave room for one session."""
    common = hours.meet(free.shrink(travel))
    if common.is_full:
        return (MINUTES_PER_DAY,) * 7
    counts = [0] * 7
    for start, end in common.spans:
        last = end - minutes  # the latest start, itself included
        for turn_day in range(start // MINUTES_PER_DAY, last // MINUTES_PER_DAY + 1):
            low = max(start, turn_day * MINUTES_PER_DAY)
            high = min(last, (turn_day + 1) * MINUTES_PER_DAY - 1)
            if low <= high:
                counts[turn_day % 7] += high - low + 1
    return tuple(counts)


def windows_for_track(free: Week, sessions: Iterable[Span], travel: int) -> tuple[Span, ...]:
    """The times, travel included, that must become free for every session to fit."""
    return tuple((s - travel, e + travel) for s, e in sessions if not session_fits(free, (s, e), travel))


def windows_for_bookable(free: Week, bookable: Bookable, travel: int) -> tuple[Span, ...] | None:
    """The least added time, day by day, for the sessions to fit; None when the hours can't hold them."""
    hours = bookable.possible
    fitting = starts_by_day(hours, free, travel, bookable.minutes)
    lacking = bookable.sessions - sum(1 for count in fitting if count)
    offers = sorted(
        offer
        for day in range(7)
        if not fitting[day] and (offer := _cheapest_window(free, hours, day, bookable.minutes, travel))
    )
    if len(offers) < lacking:
        return None
    return tuple(window for _, window in offers[: max(0, lacking)])


def _cheapest_window(free: Week, hours: Week, day: int, minutes: int, travel: int) -> tuple[int, Span] | None:
    """(minutes missing, window) of the session on `day` that needs the least more free time."""
    day_start = day * MINUTES_PER_DAY
    best: tuple[int, Span] | None = None
    turns = (-MINUTES_PER_WEEK, 0, MINUTES_PER_WEEK)
    for low, high in ((s + t, e + t) for s, e in hours.spans for t in turns):
        first = max(low, day_start)
        last = min(high - minutes, day_start + MINUTES_PER_DAY - 1)
        if hours.is_full:
            first, last = day_start, day_start + MINUTES_PER_DAY - 1
        if first > last:
            continue
        # What is missing changes its slope only where an edge of the window meets an edge of free time.
        edges = (edge + t for span in free.spans for edge in span for t in turns)
        bends = {first, last}
        for edge in edges:
            bends.update(s for s in (edge + travel, edge - minutes - travel) if first <= s <= last)
        for start in sorted(bends):
            window = (start - travel, start + minutes + travel)
            missing = window[1] - window[0] - free.meet(Week.of([window])).minutes
            if best is None or (missing, window) < best:
                best = (missing, window)
    return best
