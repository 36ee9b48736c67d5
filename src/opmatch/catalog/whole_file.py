"""A file that appears as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from opmatch.errors import UsageError

_OWNER_ONLY: Final = 0o600


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to write to, which takes its place when all has gone well.

    Whatever goes wrong, what was at `path` stays. A new file is for its owner only; a file that is replaced
    keeps its permissions, and a link keeps pointing where it did. Raises UsageError when `path` can't be
    written.
    """
    try:
        target = path.resolve()
        mode = _mode(target)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        raise UsageError(f"{path} can't be written: {_reason(error)}") from None
    except (ValueError, RuntimeError):  # a NUL in the name; a link that leads to itself
        raise UsageError(f"{str(path)!r} can't be used as a file name") from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("r+b") as file:
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


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "its folder doesn't exist"
    return (error.strerror or type(error).__name__).lower()
