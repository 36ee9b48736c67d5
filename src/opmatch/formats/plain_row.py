"""One row of opmatch's own sheet as a program."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any, Final

from opmatch.catalog.written import ProgramEntry
from opmatch.formats.doubts import Doubts
from opmatch.formats.imported import Written
from opmatch.formats.plain_cells import ONE_VALUE, Reader
from opmatch.formats.plain_columns import REQUIRED, Column, columns
from opmatch.formats.plain_lists import SEVERAL_VALUES, appointment_hours, fields
from opmatch.formats.plain_text import clean, without_blanks

SOURCE: Final = "csv"
_ORDER: Final = ProgramEntry.__struct_fields__  # the catalog format's own
_FIRST: Final = ("id", "name", "organization", "field", "level")

Cells = Mapping[str, str]
"""Texts by column name, as `column_name` writes it."""


def essentials(cells: Cells) -> tuple[str, list[str], str]:
    """Name, fields and level of a row, each blank where it isn't there or can't be read."""
    nothing: Any = lambda _part, _why: None  # noqa: E731
    name = clean(cells.get("name", ""))
    level = cells.get("level", "")
    field = cells.get("field", "")
    return (
        name,
        (fields(field, nothing) if field else None) or [],
        (ONE_VALUE["level"](level, nothing) if level else None) or "",
    )


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
    for column in columns():
        text = cells.get(column.column, "")
        if not text or column.column == "id":
            continue
        value = _reader(column.column, column.kind)(text, functools.partial(doubts.add, column.column))
        if value is not None:
            _put(found, column, value)
    for name, text in cells.items():
        if text and name not in _names():
            doubts.add(name, text, "no column of this sheet")
    _complete(found, row, doubts)
    notes = [*found.get("notes", ()), *doubts.notes()]
    found["notes"] = list(dict.fromkeys(notes))
    return without_blanks(**{key: found[key] for key in dict.fromkeys((*_FIRST, *_ORDER)) if key in found})


def _reader(column: str, kind: str) -> Reader:
    if column == "appointment_hours":
        return appointment_hours
    return ONE_VALUE.get(kind) or SEVERAL_VALUES[kind]


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
    for track in found.get("tracks", ()):
        if counted is not None and "seats_open" in track:
            track["as_of"] = counted
    found["source"] = {"name": SOURCE, "record": str(row), **found.get("source", {})}


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(column.column for column in columns())
