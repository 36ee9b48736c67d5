"""One row of opmatch's own sheet as a program."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any, Final

from opmatch.catalog.written import ProgramEntry
from opmatch.formats.doubts import Doubts
from opmatch.formats.imported import Written
from opmatch.formats.plain_cells import ONE_VALUE
from opmatch.formats.plain_columns import REQUIRED, Column, columns
from opmatch.formats.plain_lists import SEVERAL_VALUES
from opmatch.formats.plain_text import clean, without_blanks
from opmatch.formats.plain_tracks import tracks

SOURCE: Final = "csv"
FICTIONAL: Final = "fictional"  # the column that says so
_READERS: Final = {**ONE_VALUE, **SEVERAL_VALUES, "tracks": tracks}
_ORDER: Final = ProgramEntry.__struct_fields__  # the catalog format's own
_LONGEST_CACHED: Final = 200  # characters
_FIRST: Final = ("id", "name", "organization", "field", "level")

Cells = Mapping[str, str]
"""Texts by column name, as `column_name` writes it."""


def essentials(cells: Cells) -> tuple[str, list[str], str]:
    """Name, fields and level of a row, each blank where it isn't there or can't be read."""
    field, level = (read_cell(_kinds()[name], cells.get(name, ""))[0] for name in ("field", "level"))
    return clean(cells.get("name", "")), field or [], level or ""


def is_fictional(cells: Cells) -> bool:
    """Whether a row says that its program is made up."""
    return read_cell("flag", cells.get(FICTIONAL, ""))[0] is True


def why_skipped(cells: Cells) -> str:
    """Why a row makes no program; "" where it makes one."""
    found = dict(zip(REQUIRED, essentials(cells), strict=True))
    missing = next((column for column in REQUIRED if not found[column]), "")
    if not missing:
        return ""
    return f"no {missing}" if not cells.get(missing) else f"a {missing} that can't be read"


def program(cells: Cells, row: int, doubts: Doubts) -> Written:
    """The program of a row that isn't skipped, without `id`; what can't be read is a doubt and a note."""
    found: Written = {}
    unread: set[str] = set()
    for column in columns():
        text = cells.get(column.column, "")
        if not text or column.column in ("id", FICTIONAL):
            continue
        value, bad = read_cell(column.kind, text)
        for part, why in bad:
            doubts.add(column.column, part, why)
        if bad:
            unread.add(column.column)
        if value is not None:
            _put(found, column, value)
    for name, text in cells.items():
        if text and name not in _kinds():
            doubts.add(name, text, "no column of this sheet")
    _complete(found, row, doubts)
    _leave_open(found, unread)
    notes = [*found.get("notes", ()), *doubts.notes()]
    found["notes"] = list(dict.fromkeys(notes))
    if not found.get("verified", {}).get("fields", True):
        del found["verified"]["fields"]
    return without_blanks(**{key: found[key] for key in dict.fromkeys((*_FIRST, *_ORDER)) if key in found})


Reading = tuple[Any, tuple[tuple[str, str], ...]]
"""The value of a cell, never to be changed in place, and what of the cell can't be read, with the reasons."""


def read_cell(kind: str, text: str) -> Reading:
    """A cell's text as a value of its column's kind; None for a blank and for what can't be read at all."""
    if not text:
        return None, ()
    # Large sheets say the same few thousand things again and again.
    return _cached(kind, text) if len(text) <= _LONGEST_CACHED else _reading(kind, text)


def _reading(kind: str, text: str) -> Reading:
    bad: list[tuple[str, str]] = []
    value = _READERS[kind](text, lambda part, why: bad.append((part, why)))
    return value, tuple(bad)


_cached = functools.lru_cache(maxsize=16384)(_reading)


def _put(found: Written, column: Column, value: Any) -> None:
    head, _, tail = column.at.partition(".")
    if tail:
        found.setdefault(head, {})[tail] = value
    elif isinstance(value, list) and isinstance(found.get(head), list):
        found[head] = _joined(found[head], value)
    else:
        found[head] = value


def _joined(known: Iterable[Any], more: Iterable[Any]) -> list[Any]:
    """Entries by id, what several columns say of one together; the first to say a thing is right."""
    out: dict[str, Any] = {}
    for entry in (*known, *more):
        id_ = entry["id"] if isinstance(entry, dict) else entry
        before = out.get(id_)
        as_dict = {"id": before} if isinstance(before, str) else before
        now = {"id": entry} if isinstance(entry, str) else entry
        merged = {**now, **(as_dict or {})}
        out[id_] = id_ if len(merged) == 1 else merged
    return list(out.values())


def _complete(found: Written, row: int, doubts: Doubts) -> None:
    """What several cells say together: a point of two coordinates, appointments with hours, seats."""
    site = found.get("site", {})
    halves = [name for name in ("latitude", "longitude") if name in site]
    if len(halves) == 1 or (len(halves) == 2 and site["latitude"] == 0 == site["longitude"]):
        doubts.add(
            "latitude, longitude", ", ".join(str(site[name]) for name in halves), "no place on the map"
        )
        for name in halves:
            del site[name]
    appointments = found.get("appointments", {})
    if appointments and "hours" not in appointments:
        doubts.add("sessions_a_week, session_minutes", str(appointments), "without appointment_hours")
        del found["appointments"]
    counted = found.pop("seats_as_of", None)
    if counted is not None and "tracks" in found:
        found["tracks"] = [
            {"as_of": counted, **track} if "seats_open" in track else track for track in found["tracks"]
        ]
    _date_entries(found)
    found["source"] = {"name": SOURCE, "record": str(row), **found.get("source", {})}


def _date_entries(found: Written) -> None:
    """Moves the days of single entries ("payers:medicaid") to these entries."""
    days = found.get("verified", {}).get("fields", {})
    of_entries = {name: days[name] for name in days if ":" in name}
    if not of_entries:
        return
    found["verified"]["fields"] = {name: days[name] for name in days if name not in of_entries}
    for name, day in of_entries.items():
        head, _, id_ = name.partition(":")
        if isinstance(found.get(head), list):
            found[head] = [
                {**(one if isinstance(one, dict) else {"id": one}), "verified": day}
                if (one["id"] if isinstance(one, dict) else one) == id_
                else one
                for one in found[head]
            ]


def _leave_open(found: Written, unread: Iterable[str]) -> None:
    """Opens lists of which a part couldn't be read: what isn't in them must not become a no."""
    for column in unread:
        match column:
            case "payers" | "payers_in_network" | "payers_accepting" | "expresses_payers":
                found["payers_complete"] = False
            case "ages":
                found["ages_complete"] = False
            case "genders" | "exclusions" | "licensed_states":
                found.pop(column, None)
            case "expresses_genders":
                found.pop("genders", None)
            case "only":
                found.get("needs", {}).pop("only", None)
            case "only_for":
                found.setdefault("populations", {})["only"] = "unknown"
            case "confidential":
                found.setdefault("site", {})["confidential"] = True


@functools.cache
def _kinds() -> dict[str, str]:
    return {column.column: column.kind for column in columns()}
