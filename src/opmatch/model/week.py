"""Time on a weekly clock: minute intervals on a circle of seven days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from msgspec import Struct

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = get_args(Day)
MINUTES_PER_DAY: Final = 24 * 60
MINUTES_PER_WEEK: Final = 7 * MINUTES_PER_DAY

Span = tuple[int, int]
"""Minutes since Monday 00:00, end exclusive; starts in 0..10079 and may end past 10080 (Sunday night)."""


class Week(Struct, frozen=True, order=True):
    """A set of minutes of the week, as merged spans in order; only the last may cross Sunday midnight.

    Build it with `Week.of`, which merges overlapping and touching spans, over the week's end too.
    A fully free week is the one span (0, 10080).
    """

    spans: tuple[Span, ...] = ()

    @staticmethod
    def of(spans: Iterable[Span]) -> Week:
        """The union of `spans`; a span may start anywhere (it is folded into the week); empty ones vanish."""
        flat: list[Span] = []
        for start, end in spans:
            if end - start >= MINUTES_PER_WEEK:
                return FULL_WEEK
            if end <= start:
                continue
            offset = start % MINUTES_PER_WEEK
            flat.append((offset, offset + end - start))
        # Unroll what crosses the week's end, merge on a line, then roll up again.
        line = sorted(
            piece
            for start, end in flat
            for piece in (
                [(start, end)]
                if end <= MINUTES_PER_WEEK
                else [(start, MINUTES_PER_WEEK), (0, end - MINUTES_PER_WEEK)]
            )
        )
        merged: list[Span] = []
        for start, end in line:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        if merged and merged[0] == (0, MINUTES_PER_WEEK):
            return FULL_WEEK
        if len(merged) > 1 and merged[0][0] == 0 and merged[-1][1] == MINUTES_PER_WEEK:
            head = merged.pop(0)
            merged[-1] = (merged[-1][0], MINUTES_PER_WEEK + head[1])
        return Week(tuple(merged))

    @property
    def is_full(self) -> bool:
        return self.spans == FULL_SPANS

    @property
    def minutes(self) -> int:
        """How many minutes of the week are in it."""
        return sum(end - start for start, end in self.spans)

    @property
    def bits(self) -> int:
        """The minutes as a bit each, the first of Monday lowest: whole weeks compare in one step."""
        found = 0
        for start, end in self.spans:
            found |= ((1 << (end - start)) - 1) << start
        return (found | found >> MINUTES_PER_WEEK) & ((1 << MINUTES_PER_WEEK) - 1)

    def contains(self, start: int, end: int) -> bool:
        """Whether all of [start, end) lies in one span; the circle is walked, so any start will do."""
        return self.is_full or self.room(start, end) is not None

    def room(self, start: int, end: int) -> Span | None:
        """The span around [start, end), moved to the same turn of the week as `start`, or None."""
        length = end - start
        offset = start % MINUTES_PER_WEEK
        for low, high in self.spans:
            for turn in (0, MINUTES_PER_WEEK):
                at = offset + turn
                if low <= at and at + length <= high:
                    return (low - at + start, high - at + start)
        return None

    def union(self, other: Iterable[Span]) -> Week:
        return Week.of((*self.spans, *other))

    def shrink(self, minutes: int) -> Week:
        """Every span shortened by `minutes` at both ends; a full week has no ends."""
        if self.is_full or minutes == 0:
            return self
        return Week.of((s + minutes, e - minutes) for s, e in self.spans if e - s > 2 * minutes)

    def shift(self, minutes: int) -> Week:
        """The same time read off a clock that runs `minutes` ahead."""
        if self.is_full or minutes == 0:
            return self
        return Week.of((s + minutes, e + minutes) for s, e in self.spans)

    def meet(self, other: Week) -> Week:
        """The minutes in both."""
        if self.is_full:
            return other
        if other.is_full:
            return self
        turns = (-MINUTES_PER_WEEK, 0, MINUTES_PER_WEEK)
        return Week.of(
            (max(a, c + t), min(b, d + t))
            for a, b in self.spans
            for c, d in other.spans
            for t in turns
            if max(a, c + t) < min(b, d + t)
        )

    def minus(self, other: Week) -> Week:
        """The minutes in this one only."""
        if not other.spans:
            return self
        if other.is_full:
            return Week()
        ends = (other.spans[-1][1] - MINUTES_PER_WEEK, *(end for _start, end in other.spans))
        starts = (*(start for start, _end in other.spans), other.spans[0][0] + MINUTES_PER_WEEK)
        # Between the spans, on one turn of the circle from the last span's end to its next.
        return self.meet(Week.of(zip(ends[:-1], starts[:-1], strict=True)))


FULL_SPANS: Final[tuple[Span, ...]] = ((0, MINUTES_PER_WEEK),)
FULL_WEEK: Final = Week(FULL_SPANS)


def clock(minute: int) -> str:
    """The time of day of a minute of the week, as "HH:MM"."""
    of_day = minute % MINUTES_PER_DAY
    return f"{of_day // 60:02d}:{of_day % 60:02d}"


def end_clock(minute: int) -> str:
    """Like `clock` for the end of a span: midnight is "24:00"."""
    return "24:00" if minute % MINUTES_PER_DAY == 0 else clock(minute)


def day_of(minute: int) -> Day:
    """The day a minute of the week falls on."""
    return DAYS[minute % MINUTES_PER_WEEK // MINUTES_PER_DAY]
