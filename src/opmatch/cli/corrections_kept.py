"""The file that corrections are kept in, as read and as written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from opmatch.cli.catalog_options import load
from opmatch.cli.files import write_private
from opmatch.errors import InputError, UsageError

if TYPE_CHECKING:
    from opmatch.catalog.overlay import CorrectionEntry
    from opmatch.catalog.sources import Source
    from opmatch.model.program import Correction


def keep(file: Path, entry: CorrectionEntry, paths: tuple[Path, ...]) -> Correction:
    """Write the file with `entry` in it, once a catalog has been read with it. Raises UsageError."""
    import msgspec

    from opmatch import api
    from opmatch.catalog import overlay

    text = overlay.overlay_text(overlay.with_correction(entries_of(file), entry))
    try:
        catalog = load(paths, (_source(file, text),))
    except InputError as error:
        ours = [one for one in error.problems if one.file == str(file) and one.record == entry.program]
        if not ours:
            raise
        raise UsageError("\n".join(f"{one.message}; {one.mend}".rstrip("; ") for one in ours)) from None
    api.find_program(catalog, entry.program)
    one = next(c for c in catalog.corrections if (c.program, c.field) == (entry.program, entry.field))
    if one.standing == "no-place":
        raise UsageError(f"{entry.program} has nothing at {entry.field}; see: opmatch show {entry.program}")
    entry = msgspec.structs.replace(entry, was=one.source or None)
    write_private(file, overlay.overlay_text(overlay.with_correction(entries_of(file), entry)))
    if api.find_program(catalog, entry.program).origin.sample and entry.field.startswith("intake"):
        return msgspec.structs.replace(one, value="(fictional)", source="(fictional)")
    return one


def overlays(file: Path) -> tuple[Source, ...]:
    from opmatch.catalog.sources import UnreadableError, read_source

    try:
        return (read_source(file),) if file.exists() else ()
    except UnreadableError as error:
        raise InputError((error.problem,)) from None


def entries_of(file: Path) -> list[CorrectionEntry]:
    """What the file has now; nothing where there is none. Raises InputError where it is no such file."""
    from opmatch.catalog.overlay import read_overlay

    entries: list[CorrectionEntry] = []
    for source in overlays(file):
        kept, problems = read_overlay(source)
        if problems:
            raise InputError(problems)
        entries += [one.entry for one in kept]
    return entries


def _source(file: Path, text: str) -> Source:
    import hashlib

    from opmatch.catalog.sources import Source

    return Source(file, text, hashlib.sha256(text.encode()).hexdigest())
