"""Catalogs to disk: a file appears as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from opmatch.catalog.plain import Progress
from opmatch.catalog.written import FORMAT_VERSION
from opmatch.catalog.yaml_text import flow
from opmatch.errors import UsageError

_OWNER_ONLY: Final = 0o600
_PROGRESS_EVERY: Final = 256  # programs


def write(
    path: Path,
    header: Mapping[str, Any],
    programs: Iterable[Mapping[str, Any]],
    progress: Progress | None = None,
) -> None:
    """Write a catalog file of `header` (what stands under `catalog`) and `programs`, in the written format.

    It is written beside `path` and then put in its place, so whatever goes wrong, what was there stays. A new
    file is for its owner only, since a catalog may hold confidential addresses; a file that is replaced keeps
    its permissions, and a link keeps pointing where it did. `progress` is called now and then with the
    programs written and the programs in all, where their number is known. Raises UsageError when `path` can't
    be written.
    """
    try:
        target = path.resolve()
        mode = _mode(target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {_reason(error)}") from None
    except (ValueError, RuntimeError):  # a NUL in the name; a link that leads to itself
        raise UsageError(f"{str(path)!r} can't be used as a file name") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(_lines(header, programs, progress))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{path} can't be written: {_reason(error)}") from None
        raise


def _mode(target: Path) -> int:
    """The permissions to write with. Raises UsageError where there is something that isn't a file."""
    try:
        found = target.stat().st_mode
    except FileNotFoundError:
        return _OWNER_ONLY
    if stat.S_ISDIR(found):
        raise UsageError(f"{target} is a folder; name a file in it")
    if not stat.S_ISREG(found):
        raise UsageError(f"{target} is not a file; a catalog is written to a file")
    return stat.S_IMODE(found)


def _lines(
    header: Mapping[str, Any], programs: Iterable[Mapping[str, Any]], progress: Progress | None
) -> Iterator[str]:
    yield f"opmatch: {FORMAT_VERSION}\n"
    yield "catalog:\n" if header else "catalog: {}\n"
    for key, value in header.items():
        yield f"  {flow(key)}: {flow(value)}\n"
    total = len(programs) if isinstance(programs, list | tuple) else None
    written = 0
    for written, program in enumerate(programs, start=1):
        if written == 1:
            yield "programs:\n"
        start = "  - "
        for key, value in program.items():
            yield f"{start}{flow(key)}: {flow(value)}\n"
            start = "    "
        if progress is not None and total is not None and written % _PROGRESS_EVERY == 0:
            progress(written, total)
    if not written:
        yield "programs: []\n"
    if progress is not None and total is not None:
        progress(written, total)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder doesn't exist"
    return (error.strerror or type(error).__name__).lower()
