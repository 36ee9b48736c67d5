"""Pieces in an SQLite file of one table, written whole and never changed."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from opmatch import cachefolder
from opmatch.compiled.pieces import DamagedError, Pieces, opened, sealed

_TABLE = "CREATE TABLE piece (name TEXT PRIMARY KEY, body BLOB NOT NULL)"
_PAGE_BYTES = 16_384
"""Most pieces are some tens of KB, and each page of one is a read of its own."""
_WRITE = "INSERT OR REPLACE INTO piece VALUES (?, ?)"


class FilePieces(Pieces):
    """The pieces of a file. One that is replaced meanwhile stays open as it was."""

    def __init__(self, path: Path) -> None:
        """Raises DamagedError for what is no such file, OSError where there is none."""
        path.stat()
        try:
            # Nobody ever writes to a file that is in its place, so it needs no locks and no journal.
            self._connection = sqlite3.connect(
                f"{_address(path.absolute())}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise DamagedError(str(error)) from None

    def get(self, name: str) -> bytes:
        try:
            found = self._connection.execute("SELECT body FROM piece WHERE name = ?", (name,)).fetchone()
        except (sqlite3.Error, OverflowError, UnicodeError, MemoryError) as error:
            raise DamagedError(str(error)) from None
        if found is None or not isinstance(found[0], bytes):
            raise DamagedError(name)
        return opened(name, found[0])

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()


def _address(path: Path) -> str:
    """The path as SQLite takes it with options; a plain one without the module that quotes others."""
    text = str(path)
    if text.startswith("/") and text.isascii() and not any(sign in text for sign in "%?#"):
        return f"file://{text}"
    return path.as_uri()


def write(path: Path, made: Mapping[str, bytes]) -> None:
    """The file with these pieces, in place of what was there. Raises OSError."""
    with cachefolder.replacing(path) as temporary, _changing(temporary) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute(_TABLE)
        connection.executemany(_WRITE, ((name, sealed(name, body)) for name, body in made.items()))


def rewrite(path: Path, name: str, body: bytes) -> None:
    """The file with another piece of this name. Raises OSError."""
    from shutil import copyfile

    with cachefolder.replacing(path) as temporary:
        copyfile(path, temporary)
        with _changing(temporary) as connection:
            connection.execute(_WRITE, (name, sealed(name, body)))


@contextlib.contextmanager
def _changing(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    try:
        # Until it is in its place nobody reads it; what a crash leaves of it is never looked at.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        with connection:
            yield connection
    except sqlite3.Error as error:
        raise OSError(str(error)) from None
    finally:
        with contextlib.suppress(sqlite3.Error):
            connection.close()
