"""Cells of opmatch's own sheet that hold several values, set apart by semicolons."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from opmatch.errors import TextError
from opmatch.formats.clock_words import LONGEST as LONGEST_OVERNIGHT
from opmatch.formats.clock_words import stretch, written
from opmatch.formats.free_hours import week_days, weekly_hours
from opmatch.formats.opening_hours import CLOSED, office_hours
from opmatch.formats.plain_cells import LONGEST, Bad, Reader
from opmatch.formats.plain_text import clean, state_code
from opmatch.formats.record_ids import slug
from opmatch.model.clock_text import parse_days, parse_hours, write_days
from opmatch.model.week import MINUTES_PER_DAY, clock, end_clock
from opmatch.vocabulary.index import key
from opmatch.vocabulary.load import load
from opmatch.vocabulary.terms import Kind

_FIELDS: Final = {
    "mentalhealth": ("mental-health",),
    "substanceuse": ("substance-use",),
    "both": ("mental-health", "substance-use"),
}
_AGES: Final = re.compile(r"([0-9]{1,3})\s*(?:(\+)|(?:-|–|to)\s*([0-9]{1,3}))?\s*(\?)?")
_OLDEST: Final = 200  # years
_FIDELITY: Final = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_PLAN: Final = re.compile(r"private:[a-z0-9][a-z0-9-]{0,60}")
_TRACK: Final = re.compile(
    r"([^:]{1,80}):\s*(.{2,60}?)\s+([0-9]\S{0,9}\s*[-–]\s*[0-9]\S{0,9})((?:\s+(?:seats|weeks)=[0-9]{1,4})*)"
)
_EXTRA: Final = re.compile(r"(seats|weeks)=([0-9]+)")
_MOST_SEATS, _MOST_WEEKS = 10_000, 520


def parts(text: str) -> list[str]:
    """The values of a cell, each once."""
    return list(dict.fromkeys(part for part in (" ".join(part.split()) for part in text.split(";")) if part))


@lru_cache(maxsize=8192)
def term(kind: Kind, text: str) -> str | None:
    """The id that `text` means exactly, or None."""
    if kind == "payer" and _PLAN.fullmatch(text):
        return text
    hit = load().index.find(kind, text) if len(text) <= LONGEST else None
    return hit[0] if hit else None


def terms(kind: Kind) -> Reader:
    """A reader of vocabulary words."""

    def read(text: str, bad: Bad) -> Any:
        found = []
        for part in parts(text):
            id_ = term(kind, part)
            found.append(id_ if id_ is not None else bad(part, f"not a {kind} that is known"))
        return list(dict.fromkeys(id_ for id_ in found if id_ is not None)) or None

    return read


def as_entries(read: Reader, **more: Any) -> Reader:
    """A reader of the same ids with more said about each."""

    def entries(text: str, bad: Bad) -> Any:
        return [{"id": id_, **more} for id_ in read(text, bad) or ()] or None

    return entries


def fields(text: str, bad: Bad) -> Any:
    found: list[str] = []
    for part in parts(text.replace(",", ";")):
        of_part = _FIELDS.get(key(part))
        found.extend(of_part if of_part else bad(part, "not a field of care") or ())
    return [field for field in _FIELDS["both"] if field in found] or None


def texts(text: str, bad: Bad) -> Any:
    for part in parts(text):
        if len(part) > LONGEST:
            bad(part, f"longer than {LONGEST} characters")
    return [clean(part, LONGEST) for part in parts(text)] or None


def states(text: str, bad: Bad) -> Any:
    found = [state_code(part) or bad(part, "not a state") for part in parts(text.replace(",", ";"))]
    return list(dict.fromkeys(code for code in found if code)) or None


def only(text: str, bad: Bad) -> Any:
    return "unknown" if text.casefold() in ("unknown", "?") else terms("population")(text, bad)


def approaches(text: str, bad: Bad) -> Any:
    found: dict[str, Any] = {}
    for part in parts(text):
        detailed = None if term("approach", part) else _FIDELITY.fullmatch(part)
        id_ = term("approach", detailed[1] if detailed else part)
        if id_ is None:
            bad(part, "not an approach that is known")
        else:
            found.setdefault(id_, {"id": id_, "fidelity": clean(detailed[2], LONGEST)} if detailed else id_)
    return list(found.values()) or None


def ages(text: str, bad: Bad) -> Any:
    out = []
    for part in parts(text.replace(",", ";")):
        found = _AGES.fullmatch(part)
        low = int(found[1]) if found else _OLDEST + 1
        high = None if found is None or found[2] else int(found[3] or found[1])
        if low > _OLDEST or (high is not None and not low <= high <= _OLDEST):
            bad(part, "not a range of ages such as 18-64 or 65+")
            continue
        sure = {} if found is None or not found[4] else {"sure": False}
        out.append({"min": low, **({} if high is None else {"max": high}), **sure})
    return out or None


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


SEVERAL_VALUES: Final[dict[str, Reader]] = {
    "fields": fields,
    "texts": texts,
    "states": states,
    "ages": ages,
    "only": only,
    "approaches": approaches,
    "absent": as_entries(terms("approach"), offered=False),
    "interpreted": as_entries(terms("language"), by="interpreter"),
    "payers in": as_entries(terms("payer"), network="in"),
    "payers out": as_entries(terms("payer"), network="out"),
    "payers accepting": as_entries(terms("payer"), accepting=True),
    "payers not accepting": as_entries(terms("payer"), accepting=False),
    "hours": hours,
    "appointment hours": appointment_hours,
    "tracks": tracks,
    **{
        f"terms {kind}": terms(kind)
        for kind in ("need", "service", "population", "payer", "language", "support", "safety flag", "gender")
    },
}
"""By the kind of a column."""
