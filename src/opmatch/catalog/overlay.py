"""The file corrections are kept in: read, and written as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct

from opmatch.catalog.events import read_yaml
from opmatch.catalog.flaw import Flaw, FlawedError, path_text
from opmatch.catalog.flaw import Path as FlawPath
from opmatch.catalog.json_text import read_json
from opmatch.catalog.leaves import Date, ProgramId, Text, said
from opmatch.catalog.lines import lines_of
from opmatch.catalog.problems import convert, flaws_of
from opmatch.catalog.sources import Source
from opmatch.catalog.written import FORMAT_VERSION
from opmatch.catalog.yaml_text import flow
from opmatch.errors import Problem

_MARK: Final = re.compile(r"""^["'{]*\s*["']?corrections["']?\s*:""", re.MULTILINE)
_HEAD: Final = "# What was found to be so, over what catalogs say; written by `opmatch catalog correct`.\n"


class CorrectionEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One corrected field. A value left out says that the fact is no longer known."""

    program: ProgramId
    field: Annotated[Text, Meta(min_length=1)]
    by: Annotated[
        Text, said("How it was found out.", "phone", mend="write phone, web or visit"), Meta(min_length=1)
    ]
    date: Date
    value: Any = None
    was: Any = msgspec.UNSET
    who: Text | None = None


class OverlayFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Corrections, each of one field of one program."""

    opmatch: Annotated[Literal[1], said("The version of this format.", mend="write opmatch: 1")]
    corrections: tuple[CorrectionEntry, ...] | None = None


class Kept(Struct, frozen=True, kw_only=True):
    """One correction as read, with where it stands."""

    entry: CorrectionEntry
    file: str
    line: int | None = None


def is_overlay(source: Source) -> bool:
    """Whether a file holds corrections and not programs."""
    if _MARK.search(source.text) is None:
        return False
    try:
        data = (read_json(source.text) if source.is_json else read_yaml(source.text)).data
    except FlawedError:
        return False
    return isinstance(data, dict) and "corrections" in data and "programs" not in data


def read_overlay(source: Source) -> tuple[tuple[Kept, ...], tuple[Problem, ...]]:
    """The corrections of a file in their order, or what is wrong with it."""
    try:
        document = read_json(source.text) if source.is_json else read_yaml(source.text)
    except FlawedError as error:
        return (), problems_at(source, error.flaws)
    try:
        written = convert(document.data, OverlayFile)
    except msgspec.ValidationError:
        return (), problems_at(source, flaws_of(document.data, OverlayFile, ()))
    if document.flaws:
        return (), problems_at(source, document.flaws)
    entries = written.corrections or ()
    lines = lines_of(source.text, [("corrections", at) for at in range(len(entries))])
    return tuple(
        Kept(entry=entry, file=str(source.path), line=lines.get(("corrections", at)))
        for at, entry in enumerate(entries)
    ), ()


def problems_at(source: Source, flaws: Iterable[Flaw]) -> tuple[Problem, ...]:
    """Flaws of an overlay with their lines."""
    flaws = tuple(flaws)
    wanted: set[FlawPath] = {flaw.path for flaw in flaws if flaw.line is None and flaw.path}
    lines = lines_of(source.text, wanted)
    return tuple(
        Problem(
            str(source.path),
            flaw.message,
            flaw.line or lines.get(flaw.path),
            None,
            path_text(flaw.path),
            flaw.mend,
        )
        for flaw in flaws
    )


def overlay_text(entries: Sequence[CorrectionEntry]) -> str:
    """The file that holds `entries`, in their order."""
    lines = [_HEAD, f"opmatch: {FORMAT_VERSION}\n", "corrections:\n" if entries else "corrections: []\n"]
    for entry in entries:
        said: dict[str, Any] = {"program": entry.program, "field": entry.field}
        if entry.value is not None:
            said["value"] = entry.value
        if entry.was is not msgspec.UNSET:
            said["was"] = entry.was
        said |= {"by": entry.by} | ({"who": entry.who} if entry.who else {}) | {"date": entry.date}
        start = "  - "
        for key, value in said.items():
            lines.append(f"{start}{key}: {flow(value)}\n")
            start = "    "
    return "".join(lines)


def with_correction(entries: Sequence[CorrectionEntry], new: CorrectionEntry) -> tuple[CorrectionEntry, ...]:
    """`entries` with `new` at the end, in place of any earlier one of the same field of the same program."""
    return (*without_correction(entries, new.program, new.field), new)


def without_correction(
    entries: Sequence[CorrectionEntry], program: str, field: str
) -> tuple[CorrectionEntry, ...]:
    """`entries` less those of this field of this program."""
    return tuple(entry for entry in entries if (entry.program, entry.field) != (program, field))


def new_entry(program: str, field: str, value: Any, *, by: str, date: dt.date, who: str) -> CorrectionEntry:
    """A correction nobody has held against a catalog yet."""
    return CorrectionEntry(program=program, field=field, value=value, by=by, date=date, who=who or None)
