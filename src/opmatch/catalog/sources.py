"""The catalog files behind some paths, and the text of one: found, measured and decoded with care."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from opmatch.errors import Problem

SUFFIXES: Final = (".yaml", ".yml", ".json")
MAX_BYTES: Final = 512 * 1024 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY_MEND = "a catalog is YAML or JSON text; directories are read with `opmatch catalog import`"


class Source(Struct, frozen=True):
    """One file as read: its text and the SHA-256 of its bytes."""

    path: Path
    text: str
    sha256: str

    @property
    def is_json(self) -> bool:
        return self.path.suffix.lower() == ".json"


class UnreadableError(Exception):
    """A path nothing can be read from; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def catalog_files(paths: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """The files to read, in the order given and sorted within folders, each once; what is wrong with `paths`.

    Folders are searched through, without hidden entries and without following links to other folders.
    """
    files: dict[str, Path] = {}
    problems = []
    for path in paths:
        if _is_folder(path):
            found = sorted(_within(path))
            if not found:
                message = "is a folder without catalogs"
                problems.append(Problem(str(path), message, mend=f"they end in {', '.join(SUFFIXES)}"))
        else:
            found = [path]
        for file in found:
            files.setdefault(_identity(file), file)
    return list(files.values()), problems


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # such as a name too long: reading it will tell
        return False


def _identity(path: Path) -> str:
    """The same for all names of one file."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _within(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(parent, name)


def read_source(path: Path, limit: int = MAX_BYTES) -> Source:
    """The file's text (UTF-8, a byte order mark dropped). Raises UnreadableError."""
    data = _read_bytes(path, limit)
    if data.startswith(_UTF16):
        raise _unreadable(path, "is written in UTF-16", "save it as UTF-8")
    if b"\0" in data:
        raise _unreadable(path, "is not a text file", _BINARY_MEND)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte 0x{data[error.start]:02X})"
        raise _unreadable(path, message, "save it as UTF-8", line) from None
    import hashlib  # slow to load, and nothing is read where it is kept

    return Source(path, text, hashlib.sha256(data).hexdigest())


def _read_bytes(path: Path, limit: int) -> bytes:
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise _unreadable(path, "is not a file", "name a YAML or JSON file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise _unreadable(path, "there is no such file", "check the name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name can't be used"
        raise _unreadable(path, f"can't be read: {reason}", "") from None
    if len(data) > limit:
        raise _unreadable(
            path, f"is larger than {limit // 1024 // 1024} MB", "split it into several catalogs"
        )
    return data


def _unreadable(path: Path, message: str, mend: str, line: int | None = None) -> UnreadableError:
    return UnreadableError(Problem(str(path), message, line, mend=mend))
