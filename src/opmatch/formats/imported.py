"""What an importer hands over: programs in the written catalog format, and what became of every record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from opmatch.model.program import Field, Level

Written = dict[str, Any]
"""A program (or a catalog header) as the catalog format writes it."""
Progress = Callable[[int, int], None]
"""Called with the records done and the records in all."""


class Summary(Struct, frozen=True, kw_only=True):
    """What was read and what became of it; every record read is imported or skipped for one reason."""

    read: int
    records_imported: int
    imported: dict[Level, int]  # programs
    fields: dict[Field, int]  # programs; one that works in both fields counts in both
    skipped: dict[str, int]  # records by reason, most first
    unknown_codes: dict[str, int]  # records by code, most first, the 20 most frequent
    files: tuple[tuple[str, str, int], ...]  # file, source name, records
    unclear: dict[str, int] = {}  # values left out by field, most first
    remarks: tuple[str, ...] = ()  # what a person should know of the files as a whole

    @property
    def programs(self) -> int:
        return sum(self.imported.values())


class Imported(Struct, frozen=True, kw_only=True):
    """A catalog to write: its header, its programs in id order, and the summary to show."""

    header: Written
    programs: list[Written]
    summary: Summary


class Streamed(Struct, frozen=True, kw_only=True):
    """A catalog too large to hold: its programs come one by one, and the summary is there once they have."""

    header: Written
    programs: Iterator[Written]
    summary: Callable[[], Summary]
