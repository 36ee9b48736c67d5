"""Whether what was compiled is still what its sources say, without reading them where that can be told."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from msgspec.structs import replace

from opmatch import __version__, shipped
from opmatch.catalog.sources import Source, catalog_files
from opmatch.compiled.head import FORMAT, FileStamp, MadeFrom

SETTLED_NS = 2_000_000_000
"""A file that was changed so shortly before it was looked at may have changed again within one tick of its
clock (two seconds on FAT): its time proves nothing, and its content is looked at."""
_ROOMS = ("catalog", "compiled", "matching", "model", "places", "vocabulary")


def code_stamp() -> str:
    """What this opmatch and its data are: its version, and the files they stand in as they are now."""
    seen = [f"{FORMAT} {__version__}"]
    for room in _ROOMS:
        _add_folder(seen, str(shipped.path(room)))
    return mark_of(seen)


def mark_of(texts: Sequence[str]) -> str:
    """What tells these texts from others: a check sum and their length, as nobody means to deceive us."""
    data = "\0".join(texts).encode(errors="surrogatepass")
    return f"{crc32(data):08x}{len(data):08x}{crc32(data[::-1]):08x}"


def _add_folder(found: list[str], folder: str) -> None:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                _add_folder(found, entry.path)
            else:
                seen = entry.stat()
                found.append(f"{entry.name} {seen.st_size} {seen.st_mtime_ns}")


def stamps(files: Sequence[Path]) -> tuple[FileStamp, ...] | None:
    """The files as they stand, not read yet; None where one of them is no plain file."""
    found: list[FileStamp] = []
    for file in files:
        try:
            seen = file.stat()
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(seen.st_mode):
            return None
        found.append(FileStamp(str(file), seen.st_size, seen.st_mtime_ns, seen.st_ino, ""))
    return tuple(found)


def made_from_now(paths: Sequence[Path], overlays: Sequence[Source], files: Sequence[FileStamp]) -> MadeFrom:
    """What a catalog compiled now would be made from; the files' contents aren't known yet."""
    return MadeFrom(
        format=FORMAT,
        code=code_stamp(),
        paths=tuple(map(str, paths)),
        overlays=tuple((str(one.path), one.sha256) for one in overlays),
        files=tuple(files),
        at_ns=time.time_ns(),
        folder=str(Path.cwd()),
    )


def still_current(kept: MadeFrom, now: MadeFrom) -> MadeFrom | None:
    """`kept` where nothing it was made from has changed, newly stamped where that spares the next a look."""
    same = (kept.format, kept.code, kept.paths, kept.overlays) == (
        now.format,
        now.code,
        now.paths,
        now.overlays,
    )
    if not same or [one.path for one in kept.files] != [one.path for one in now.files]:
        return None
    files: list[FileStamp] = []
    for before, after in zip(kept.files, now.files, strict=True):
        if _unchanged(before, after, kept.at_ns):
            files.append(before)
            continue
        if before.size != after.size or _sha256(after.path) != before.sha256:
            return None
        files.append(_with_content(after, before.sha256))
    looked_at = [one for one, before in zip(files, kept.files, strict=True) if one is not before]
    if not looked_at or any(now.at_ns - one.changed_ns < SETTLED_NS for one in looked_at):
        return kept
    return replace(now, files=tuple(files))


def looks_current(kept: MadeFrom, overlays: Sequence[Source]) -> bool:
    """The same from wherever one is now: its relative paths are meant from the folder they were named in."""
    paths = [Path(kept.folder, one) for one in kept.paths]
    found = stamps(catalog_files(paths)[0])
    if found is None:
        return False
    now = replace(made_from_now(paths, overlays, found), paths=kept.paths)
    absolute = tuple(replace(one, path=str(Path(kept.folder, one.path))) for one in kept.files)
    return still_current(replace(kept, files=absolute), now) is not None


def with_contents(made_from: MadeFrom, sha256: dict[str, str]) -> MadeFrom:
    """The same with what was read of each file, by path."""
    files = tuple(_with_content(one, sha256.get(one.path, "")) for one in made_from.files)
    return replace(made_from, files=files)


def _with_content(one: FileStamp, sha256: str) -> FileStamp:
    return replace(one, sha256=sha256)


def _unchanged(before: FileStamp, after: FileStamp, seen_ns: int) -> bool:
    same = (before.size, before.changed_ns, before.inode) == (after.size, after.changed_ns, after.inode)
    return same and before.changed_ns + SETTLED_NS <= seen_ns


def _sha256(path: str) -> str:
    import hashlib

    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a path as it was kept)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
