"""Cells of opmatch's own sheet that hold weekly hours or tracks."""

from __future__ import annotations

import re
from typing import Any, Final

from opmatch.errors import TextError
from opmatch.formats.clock_words import LONGEST as LONGEST_OVERNIGHT
from opmatch.formats.clock_words import stretch, written
from opmatch.formats.free_hours import week_days, weekly_hours
from opmatch.formats.opening_hours import CLOSED, office_hours
from opmatch.formats.plain_cells import Bad, parts
from opmatch.formats.record_ids import slug
from opmatch.model.clock_text import parse_days, parse_hours, write_days
from opmatch.model.week import MINUTES_PER_DAY, clock, end_clock

_TRACK: Final = re.compile(
    r"([^:]{1,80}):\s*(.{2,60}?)\s+([0-9]\S{0,9}\s*[-–]\s*[0-9]\S{0,9})((?:\s+(?:seats|weeks)=[0-9]{1,4})*)"
)
_EXTRA: Final = re.compile(r"(seats|weeks)=([0-9]+)")
_MOST_SEATS, _MOST_WEEKS = 10_000, 520


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
        spans = [] if rest.casefold() == CLOSED else [_strict_span(one) for one in rest.split(",")]
        if None in spans or not seen.isdisjoint(days):
            return None
        seen.update(days)
        texts_ = [one for one in spans if one]
        out[write_days(sorted(days))] = CLOSED if not texts_ else texts_[0] if len(texts_) == 1 else texts_
    return out


def _strict_span(text: str) -> str | None:
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


def tracks(text: str, bad: Bad) -> Any:
    found: dict[str, dict[str, Any]] = {}
    for part in parts(text):
        made = _track(part)
        if made is None:
            bad(part, "not a track such as evening: mon,wed 17:30-20:30 seats=3")
            continue
        id_ = made["id"]
        number = 1
        while made["id"] in found:
            number += 1
            made["id"] = f"{id_}-{number}"
        found[made["id"]] = made
    return list(found.values()) or None


def _track(part: str) -> dict[str, Any] | None:
    found = _TRACK.fullmatch(part)
    days = week_days(found[2]) if found else None
    block = _block(found[3]) if found else None
    id_ = slug(found[1]) if found else ""
    if found is None or days is None or block is None or not id_:
        return None
    extra = {name: int(value) for name, value in _EXTRA.findall(found[4])}
    start, end = block.split("-")
    made: dict[str, Any] = {"id": id_, "days": [write_days(sorted(days))], "start": start, "end": end}
    if extra.get("seats", 0) > _MOST_SEATS or not 1 <= extra.get("weeks", 1) <= _MOST_WEEKS:
        return None
    return {
        **made,
        **({"seats_open": extra["seats"]} if "seats" in extra else {}),
        **({"weeks": extra["weeks"]} if "weeks" in extra else {}),
    }


def _block(text: str) -> str | None:
    span = stretch(text)
    return _strict_span(text) or (None if isinstance(span, str) else written(span))
