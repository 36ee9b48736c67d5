"""How far apart two clocks of the United States are on one day."""

from __future__ import annotations

import datetime as dt
from functools import cache


@cache
def minutes_ahead(theirs: str, ours: str, on: dt.date) -> int:
    """The minutes by which the clock of zone `ours` runs ahead of that of `theirs` at noon of a day.

    Zones are IANA names. One day's difference stands for the whole week: around a change of clocks a weekly
    timetable has no single answer. An unknown zone counts as no difference.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    noon = dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC)
    try:
        offsets = [noon.astimezone(ZoneInfo(zone)).utcoffset() for zone in (theirs, ours)]
    except (ZoneInfoNotFoundError, ValueError):
        return 0
    assert offsets[0] is not None
    assert offsets[1] is not None
    return round((offsets[1] - offsets[0]).total_seconds() / 60)
