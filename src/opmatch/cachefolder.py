"""The user's cache folder: what can be made again at any time, kept so that it needn't be.

Nothing in it is trusted: whoever reads a file checks that it is whole and its own, else makes it anew.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from opmatch.userfolders import user_folder

VARIABLE = "OPMATCH_CACHE_DIR"
OFF = "off"
"""The value of the variable that keeps nothing and reads nothing."""
_TEMPORARY = ".tmp"
_LEFT_BEHIND_SECONDS = 24 * 3600.0  # no file takes a day to write; its writer was killed
_SUM_BYTES = 4
_LENGTH_BYTES = 8
_HEAD_BYTES = _SUM_BYTES + _LENGTH_BYTES


def folder() -> Path | None:
    """Where things are kept, whether or not it exists; None where nothing is to be kept."""
    if named := os.environ.get(VARIABLE):
        return None if named == OFF else Path(named)
    return user_folder("cache")


def read(name: str) -> bytes | None:
    """What was kept under `name`; None where there is nothing, or nothing whole."""
    at = folder()
    if at is None:
        return None
    try:
        data = (at / name).read_bytes()
    except (OSError, ValueError):
        return None
    content = data[_HEAD_BYTES:]
    return content if data[:_HEAD_BYTES] == _head(content) else None


def keep(name: str, content: bytes) -> None:
    """Keep `content` under `name`, in place of what was there. Raises OSError where that can't be done."""
    at = folder()
    if at is None:
        return
    with replacing(at / name) as temporary:
        temporary.write_bytes(_head(content) + content)


def _head(content: bytes) -> bytes:
    """What tells a whole file from a damaged one; damage is no attack, and hashlib takes 3 ms to import."""
    return crc32(content).to_bytes(_SUM_BYTES) + len(content).to_bytes(_LENGTH_BYTES)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """An empty file of one's own beside `path`, which takes its place at the end: as a whole or not at all.

    Two who do this at once don't meet; the later one's file stays. Raises OSError.
    """
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(path.parent)
    # mkstemp makes the file 0600 from the start: which catalogs somebody reads is nobody else's business.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_TEMPORARY)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def sweep(at: Path) -> None:
    """Remove what writers who were killed left behind."""
    import time

    with contextlib.suppress(OSError):
        for left in at.glob(f".*{_TEMPORARY}"):
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                left.unlink()
