"""Cells of opmatch's own sheet that hold tracks: "evening: mon,wed 17:30-20:30 seats=3"."""

from __future__ import annotations

import re
from typing import Any, Final

from opmatch.formats.clock_words import stretch, written
from opmatch.formats.file_dates import read_day
from opmatch.formats.free_hours import week_days
from opmatch.formats.plain_cells import Bad, Reader, number, one_of, parts
from opmatch.formats.plain_hours import strict_span
from opmatch.formats.plain_lists import ages, terms
from opmatch.formats.record_ids import slug
from opmatch.model.clock_text import write_days

_NAMED: Final = re.compile(r"([^:]{1,80}):\s*(.+)", re.DOTALL)
_EXTRA: Final = re.compile(r"\s+([a-z]+)=(\S{1,200})")
_BLOCK: Final = re.compile(r"(.{2,60}?)\s+([0-9]\S{0,9}\s*[-–]\s*[0-9]\S{0,9})")


def tracks(text: str, bad: Bad) -> Any:
    found: dict[str, dict[str, Any]] = {}
    for part in parts(text):
        made = _track(part)
        if made is None:
            bad(part, "not a track such as evening: mon,wed 17:30-20:30 seats=3")
            continue
        id_ = made["id"]
        number_ = 1
        while made["id"] in found:
            number_ += 1
            made["id"] = f"{id_}-{number_}"
        found[made["id"]] = made
    return list(found.values()) or None


def _track(part: str) -> dict[str, Any] | None:
    named = _NAMED.fullmatch(part)
    id_ = slug(named[1]) if named else ""
    if named is None or not id_:
        return None
    extra = dict(_EXTRA.findall(named[2]))
    when = _meets(_EXTRA.sub("", named[2]))
    # What can't be read might be a limit, without which the track would look open to all.
    if when is None or not _EXTRAS.keys() >= extra.keys():
        return None
    made = {"id": id_, **when}
    for word, (key, read) in _EXTRAS.items():
        if word in extra:
            made[key] = _whole(read, extra[word].replace(",", ";"))
            if made[key] is None:
                return None
    return made


def _whole(read: Reader, text: str) -> Any:
    """The value of a text, None where any part of it can't be read."""
    unread: list[str] = []
    value = read(text, lambda _text, why: unread.append(why))
    return None if unread else value


def _meets(text: str) -> dict[str, Any] | None:
    """Days with their hours; several such, apart by +, are sessions that differ."""
    found = [_block(one) for one in text.split("+")]
    blocks = [one for one in found if one is not None]
    if len(blocks) < len(found):
        return None
    if len(blocks) == 1:
        ((days, start, end),) = blocks
        return {"days": [days], "start": start, "end": end}
    return {"sessions": [{"day": days, "start": start, "end": end} for days, start, end in blocks]}


def _block(text: str) -> tuple[str, str, str] | None:
    found = _BLOCK.fullmatch(text.strip())
    days = week_days(found[1]) if found else None
    if found is None or days is None:
        return None
    span = stretch(found[2])
    hours = strict_span(found[2]) or (None if isinstance(span, str) else written(span))
    return None if hours is None else (write_days(sorted(days)), *_ends(hours))


def _ends(hours: str) -> tuple[str, str]:
    start, _, end = hours.partition("-")
    return start, end


_EXTRAS: Final[dict[str, tuple[str, Reader]]] = {
    "seats": ("seats_open", number(0, 10_000, whole=True)),
    "counted": ("as_of", lambda text, bad: read_day(text) or bad(text, "not a day")),
    "weeks": ("weeks", number(1, 520, whole=True)),
    "ages": ("ages", ages),
    "genders": ("genders", terms("gender")),
    "languages": ("languages", terms("language")),
    "delivery": ("delivery", one_of("in-person", "virtual", "hybrid")),
}
"""What may stand behind a track's hours, and where it goes in the catalog format."""
