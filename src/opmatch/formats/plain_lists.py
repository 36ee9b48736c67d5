"""Cells of opmatch's own sheet that hold several values, set apart by semicolons."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from opmatch.catalog.written import ProgramEntry
from opmatch.formats.file_dates import read_day
from opmatch.formats.plain_cells import LONGEST, LONGEST_NOTE, Bad, Reader, parts
from opmatch.formats.plain_hours import appointment_hours, hours
from opmatch.formats.plain_text import clean, state_code
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
    return list(dict.fromkeys(found)) or None


def texts_of(longest: int) -> Reader:
    """A reader of texts of up to `longest` characters each."""

    def texts(text: str, bad: Bad) -> Any:
        for part in parts(text):
            if len(part) > longest:
                bad(part, f"longer than {longest} characters")
        return [clean(part, longest) for part in parts(text)] or None

    return texts


def states(text: str, bad: Bad) -> Any:
    found = [state_code(part) or bad(part, "not a state") for part in parts(text.replace(",", ";"))]
    return list(dict.fromkeys(code for code in found if code)) or None


def only(text: str, bad: Bad) -> Any:
    return "unknown" if text.casefold() in ("unknown", "?") else terms("population")(text, bad)


def days(text: str, bad: Bad) -> Any:
    """Days on which facts were confirmed: by key of a program, or by key:id of an entry of a list."""
    found = {}
    for part in parts(text):
        name, _, day = part.rpartition(" ")
        read = read_day(day)
        if read is None or name.partition(":")[0].partition(".")[0] not in ProgramEntry.__struct_fields__:
            bad(part, "not a key and its day, such as availability 2026-10-01")
        else:
            found[name] = read
    return found or None


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


SEVERAL_VALUES: Final[dict[str, Reader]] = {
    "fields": fields,
    "texts": texts_of(LONGEST),
    "notes": texts_of(LONGEST_NOTE),
    "days": days,
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
    **{
        f"terms {kind}": terms(kind)
        for kind in ("need", "service", "population", "payer", "language", "support", "safety flag", "gender")
    },
}
"""By the kind of a column."""
