"""A catalog as a SQLite database: plain tables with foreign keys, and views for common questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, Final

from opmatch import shipped
from opmatch.formats.exported import Content
from opmatch.formats.sqlite_rows import rows
from opmatch.vocabulary.load import load

SCHEMA: Final = "formats/sqlite.sql"
_BATCH: Final = 2000  # programs


def write_sqlite(content: Content, path: Path) -> None:
    """The database; unknown is NULL everywhere, never 0."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        # It replaces nothing until it is whole, so it needs no journal of its own.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(shipped.path(SCHEMA).read_text(encoding="utf-8"))
        database.execute("BEGIN")
        day = None if content.as_of is None else content.as_of.isoformat()
        _insert(database, "catalog", [(content.name, int(content.sample), day)])
        _insert(database, "term", _terms())
        for batch in _batched(content):
            for table, found in batch.items():
                _insert(database, table, found)
        database.execute("COMMIT")


def _terms() -> Iterator[tuple[str, str, str]]:
    return ((kind, term.id, term.label) for kind, terms in load().of_kind.items() for term in terms)


def _batched(content: Content) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    """Rows by table, some thousand programs at a time."""
    batch: dict[str, list[tuple[Any, ...]]] = {}
    for number, program in enumerate(content.each(), start=1):
        for table, row in rows(program, sample=content.sample):
            batch.setdefault(table, []).append(row)
        if number % _BATCH == 0:
            yield batch
            batch = {}
    yield batch


def _insert(database: sqlite3.Connection, table: str, found: Iterable[tuple[Any, ...]]) -> None:
    rest = iter(found)
    first = next(rest, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", chain([first], rest))
