"""A catalog as opmatch's own sheet, which the import of such sheets reads back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from opmatch.catalog.as_written import Written
from opmatch.formats.exported import Content
from opmatch.formats.plain_cells import joined
from opmatch.formats.plain_columns import Column, columns
from opmatch.formats.plain_out_tracks import age_texts, track_cells, untold
from opmatch.formats.plain_row import FICTIONAL
from opmatch.model.cell_text import guarded


def write_plain(content: Content, path: Path) -> None:
    """The sheet in UTF-8, a row a program; what it has no column for is left out, tracks as a note."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.column for column in columns()])
        for program in content.written():
            writer.writerow(_cells(program, sample=content.sample))


def _cells(program: Written, *, sample: bool) -> list[str]:
    tracks = program.get("tracks", ())
    if (note := untold(tracks)) is not None:
        program = {**program, "tracks": [], "notes": [*program.get("notes", ()), note]}
    out = []
    for column in columns():
        if column.column == FICTIONAL:
            out.append("yes" if sample else "")
        else:
            value = _value(program, column)
            cell = "" if value is None else _WRITERS.get(column.kind, _one)(value)
            out.append(cell if isinstance(value, int | float) else guarded(cell))
    return out


def _value(program: Written, column: Column) -> Any:
    if column.column in _OF_ENTRIES:
        head, wanted = _OF_ENTRIES[column.column]
        return [_said(one) for one in program.get(head, ()) if wanted(_entry(one))] or None
    if column.column == "verified_fields":
        return _days(program) or None
    head, _, tail = column.at.partition(".")
    found = program.get(head)
    return (found or {}).get(tail) if tail else found


def _entry(one: str | Written) -> Written:
    return {"id": one} if isinstance(one, str) else one


def _said(one: str | Written) -> str:
    entry = _entry(one)
    return f"{entry['id']} ({entry['fidelity']})" if _tellable(entry) else str(entry["id"])


def _tellable(entry: Written) -> bool:
    """Whether how an approach is followed can stand in brackets behind it."""
    words = entry.get("fidelity", "")
    return bool(words) and not set(words) & set("()")


# Which entries of a list a column holds. Every payer is in `payers`, so that their order stays.
_OF_ENTRIES: Final[dict[str, tuple[str, Callable[[Written], bool]]]] = {
    "approaches": ("approaches", lambda one: one.get("offered") is None),
    "approaches_absent": ("approaches", lambda one: one.get("offered") is False),
    "payers": ("payers", lambda _one: True),
    "payers_in_network": ("payers", lambda one: one.get("network") == "in"),
    "payers_out_of_network": ("payers", lambda one: one.get("network") == "out"),
    "payers_accepting": ("payers", lambda one: one.get("accepting") is True),
    "payers_not_accepting": ("payers", lambda one: one.get("accepting") is False),
    "languages": ("languages", lambda one: one.get("by") is None),
    "languages_interpreted": ("languages", lambda one: one.get("by") == "interpreter"),
}


def _days(program: Written) -> list[str]:
    """The days of single facts, then those of single entries."""
    fields = program.get("verified", {}).get("fields", {})
    out = [f"{name} {day}" for name, day in fields.items() if ":" not in name]
    for head in ("payers", "approaches", "languages"):
        entries = (_entry(one) for one in program.get(head, ()))
        out += [f"{head}:{one['id']} {one['verified']}" for one in entries if "verified" in one]
    return out


def _one(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return joined(map(str, value))
    return str(value)


def _ages(ranges: list[Written]) -> str:
    return age_texts(ranges, "; ")


def _hours(days: dict[str, str | list[str]]) -> str:
    return "; ".join(
        f"{day} {said if isinstance(said, str) else ', '.join(said)}" for day, said in days.items()
    )


def _fields(fields: list[str]) -> str:
    return "; ".join(fields)


_WRITERS: Final[dict[str, Callable[[Any], str]]] = {
    "ages": _ages,
    "hours": _hours,
    "appointment hours": _hours,
    "fields": _fields,
    "tracks": track_cells,
}
"""By the kind of a column; other kinds are texts, or texts apart by semicolons."""
