"""Clock times as people say them, made into minutes: 24-hour hours, am and pm, and what is left out.

Without am or pm an hour is one of 24. Three habits of speech are followed all the same. The end of "9-5" is
17:00, since 5 comes before 9 and neither is an hour past 12; an end of two digits and minutes ("05:00") is
taken as it stands, and "22-2" ends at two in the night. The bare side of "5-9pm" and "9am-5" takes the am or
pm that makes it nearest to the other. Hours from 1 to 6 with nothing to say which half of the day is meant
are refused: a wrong guess would fit a client into sessions they can't attend.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from opmatch.errors import TextError
from opmatch.intake.quote import quoted
from opmatch.model.week import MINUTES_PER_DAY, Span

HALF_DAY: Final = MINUTES_PER_DAY // 2
_EARLIEST_PLAIN_HOUR: Final = 7  # bare hours before this one are refused: 5 is more often 17:00


class Clock(Struct, frozen=True):
    """One time as written.

    `half` is what was said of it, `padded` a leading zero as in 05:00, `full` two digits and minutes as in
    10:15.
    """

    word: str
    start: int  # where it stands in the text
    end: int
    hour: int
    minute: int = 0
    half: Literal["am", "pm", "noon", "midnight"] | None = None
    padded: bool = False
    full: bool = False

    @property
    def open(self) -> bool:
        """Whether it could be meant for either half of the day."""
        return self.half is None and not self.padded and 1 <= self.hour <= 12

    @property
    def minutes(self) -> int:
        """Minutes since midnight as it stands."""
        hour = self.hour
        if self.half in ("am", "pm"):
            hour = hour % 12 + (12 if self.half == "pm" else 0)
        return hour * 60 + self.minute


def clock_of(text: str, clock: Clock) -> Clock:
    """`clock` itself where such a time exists. Raises TextError."""
    if clock.half in ("am", "pm") and not 1 <= clock.hour <= 12:
        raise wrong(text, clock, "hours with am or pm run from 1 to 12")
    if clock.hour > 24 or (clock.hour == 24 and clock.minute):
        hour = clock.hour if clock.hour < 100 else "that high"
        raise wrong(text, clock, "the day ends at 24:00" if clock.hour == 24 else f"there is no hour {hour}")
    if clock.minute > 59:
        raise wrong(text, clock, f"there is no minute {clock.minute if clock.minute < 100 else 'that high'}")
    return clock


def between(text: str, first: Clock, last: Clock) -> Span:
    """Minutes since midnight, `first` to `last`; an end past 1440 is on the next day. Raises TextError."""
    start, end = first.minutes, last.minutes
    if first.open and last.open:
        _refuse_open(text, first)
        if end <= start and not last.full:
            end += HALF_DAY
    elif first.open and last.half:
        end = end or MINUTES_PER_DAY
        goal = end if end > start % HALF_DAY else end + MINUTES_PER_DAY
        start = max(at for at in _halves(first) if at < goal)
    elif last.open and first.half:
        end = min(
            at for at in (*_halves(last), *(at + MINUTES_PER_DAY for at in _halves(last))) if at > start
        )
    elif last.open and first.hour <= 12 and end <= start and not last.full:
        end += HALF_DAY
    if start == MINUTES_PER_DAY:
        raise wrong(text, first, "24:00 can only be an end; write 00:00 and the next day")
    if end == start and last.half not in ("am", "midnight"):
        raise wrong(text, last, 'starts and ends at the same time; write "all day" for the whole day')
    return (start, end if end > start else end + MINUTES_PER_DAY)


def after(text: str, clock: Clock) -> Span:
    """Minutes since midnight from `clock` to 24:00. Raises TextError."""
    _refuse_open(text, clock)
    if clock.minutes == MINUTES_PER_DAY:
        raise wrong(text, clock, "nothing of the day is left")
    return (clock.minutes, MINUTES_PER_DAY)


def before(text: str, clock: Clock) -> Span:
    """Minutes since midnight from 00:00 to `clock`; midnight is the day's end. Raises TextError."""
    _refuse_open(text, clock)
    if clock.minutes == 0 and not clock.half:
        raise wrong(text, clock, "nothing of the day comes before it")
    return (0, clock.minutes or MINUTES_PER_DAY)


def wrong(text: str, clock: Clock, message: str) -> TextError:
    """An error that points at the time."""
    return TextError(f"{quoted(text)}: {message} (at {quoted(clock.word)})", text, clock.start, clock.end)


def _halves(clock: Clock) -> tuple[int, int]:
    early = clock.hour % 12 * 60 + clock.minute
    return (early, early + HALF_DAY)


def _refuse_open(text: str, clock: Clock) -> None:
    if clock.open and clock.hour < _EARLIEST_PLAIN_HOUR:
        early, late = _halves(clock)
        minute = f":{clock.minute:02d}" if clock.minute else ""
        raise wrong(
            text,
            clock,
            f"morning or afternoon? write {clock.hour}{minute}am or {clock.hour}{minute}pm"
            f" ({early // 60:02d}:{early % 60:02d} or {late // 60:02d}:{late % 60:02d})",
        )
