"""Cells of opmatch's own sheet that hold weekly hours."""

from __future__ import annotations

from typing import Any

from opmatch.errors import TextError
from opmatch.formats.clock_words import LONGEST as LONGEST_OVERNIGHT
from opmatch.formats.free_hours import weekly_hours
from opmatch.formats.opening_hours import CLOSED, office_hours
from opmatch.formats.plain_cells import Bad, parts
from opmatch.model.clock_text import parse_days, parse_hours, write_days
from opmatch.model.week import MINUTES_PER_DAY, clock, end_clock


def hours(text: str, bad: Bad) -> Any:
    found = _strict_hours(text)
    if found is None and (days := weekly_hours(text.replace(";", "; "))):
        found = office_hours(days)
    return found or bad(text, "not weekly hours such as mon-fri 08:00-17:00; sat closed")


def _strict_hours(text: str) -> dict[str, Any] | None:
    """Hours as the catalog format has them, which other listings' rules of thumb don't judge."""
    out: dict[str, Any] = {}
    seen: set[int] = set()
    for part in parts(text):
        days_text, _, rest = part.partition(" ")
        try:
            days = parse_days(days_text)
        except TextError:
            return None
        spans = [] if rest.casefold() == CLOSED else [strict_span(one) for one in rest.split(",")]
        if None in spans or not seen.isdisjoint(days):
            return None
        seen.update(days)
        texts_ = [one for one in spans if one]
        out[write_days(sorted(days))] = CLOSED if not texts_ else texts_[0] if len(texts_) == 1 else texts_
    return out


def strict_span(text: str) -> str | None:
    """A stretch of the 24-hour clock, over midnight for at most 16 hours, as written."""
    try:
        start, end = parse_hours(text)
    except TextError:
        return None
    if end > MINUTES_PER_DAY and end - start > LONGEST_OVERNIGHT:
        return None
    return f"{clock(start)}-{end_clock(end) if end <= MINUTES_PER_DAY else clock(end - MINUTES_PER_DAY)}"


def appointment_hours(text: str, bad: Bad) -> Any:
    found = hours(text, bad)
    return found if found and any(value != "closed" for value in found.values()) else None
