"""The catalog at some paths from the cache where it is current, else compiled and kept there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from opmatch import cachefolder
from opmatch.catalog.sources import Source, catalog_files
from opmatch.compiled import file as files
from opmatch.compiled.fresh import made_from_now, mark_of, stamps, still_current, with_contents
from opmatch.compiled.head import CORRECTIONS, HEAD, MADE_FROM, Head, MadeFrom, encode
from opmatch.compiled.pieces import DamagedError, MemoryPieces, Pieces
from opmatch.compiled.programs import CompiledPrograms
from opmatch.errors import InputError, Problem
from opmatch.model.program import Catalog, Correction

if TYPE_CHECKING:
    from opmatch.matching.formula import Formula
    from opmatch.places.lookup import Places
    from opmatch.vocabulary.terms import Vocabulary

_T = TypeVar("_T")
FOLDER, SUFFIX = "catalogs", ".sqlite"
Progress = Callable[[int, int], None]
Tell = Callable[[str], None]


class Means(Struct, frozen=True):
    """What reading a catalog takes, loaded only where one has to be read."""

    vocabulary: Callable[[], Vocabulary]
    places: Callable[[], Places]
    formula: Callable[[], Formula]


class Wanted(Struct, frozen=True):
    """The catalogs asked for."""

    paths: tuple[Path, ...]
    overlays: tuple[Source, ...]


def load(wanted: Wanted, means: Means, progress: Progress | None = None, tell: Tell | None = None) -> Catalog:
    """The catalogs, merged. `tell` is told, in a line, when nothing can be kept. Raises InputError."""
    folder = cachefolder.folder()
    found, problems = catalog_files(wanted.paths)
    now = None if problems or not found else stamps(found)
    if folder is None or now is None:
        return _read(wanted, means, progress)
    try:
        path = folder.absolute() / FOLDER / name_of(wanted.paths)
        made_from = made_from_now(wanted.paths, wanted.overlays, now)
    except OSError:  # such as a folder one is in that is gone
        return _read(wanted, means, progress)
    said = _why_not(path.parent)
    if said is not None:
        _tell(tell, folder, said)
        return _read(wanted, means, progress)
    kept = _open(path)
    if kept is not None:
        current = still_current(kept.made_from, made_from)
        if current is not None:
            if current is not kept.made_from:
                with contextlib.suppress(OSError):
                    files.rewrite(path, MADE_FROM, encode(current))
            with contextlib.suppress(DamagedError):
                return catalog_of(kept.pieces, _remaking(wanted, means, kept.made_from, path))
            kept = None
    pieces = _compiled(wanted, made_from, means, kept, progress)
    try:
        files.write(path, pieces.made)
    except OSError as error:
        _tell(tell, folder, error.strerror or str(error))
    return catalog_of(pieces, lambda: pieces)


def name_of(paths: Sequence[Path]) -> str:
    """The file that keeps the catalogs at `paths`; from another folder, the same words name others."""
    return mark_of([text for path in paths for text in (str(path), os.path.realpath(path))]) + SUFFIX


def _why_not(folder: Path) -> str | None:
    """Why nothing can be written to the folder, known before all the work; None where it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        return error.strerror or str(error)
    return None if os.access(folder, os.W_OK) else "it is not yours to write"


def _tell(tell: Tell | None, folder: Path, why: str) -> None:
    if tell is not None:
        tell(f"nothing can be kept in {folder} ({why}): catalogs are read anew each time")


class Kept(Struct, frozen=True):
    """An open file."""

    pieces: files.FilePieces
    made_from: MadeFrom


def _open(path: Path) -> Kept | None:
    try:
        pieces = files.FilePieces(path)
    except (OSError, DamagedError):
        return None
    try:
        return Kept(pieces, decoded(pieces, MADE_FROM, MadeFrom))
    except DamagedError:
        pieces.close()
        return None


def decoded(pieces: Pieces, name: str, kind: type[_T]) -> _T:
    """A piece as what it is. Raises DamagedError."""
    try:
        return msgspec.msgpack.decode(pieces.get(name), type=kind)
    except msgspec.MsgspecError:
        raise DamagedError(name) from None


def _read(wanted: Wanted, means: Means, progress: Progress | None) -> Catalog:
    from opmatch.catalog.load import load as read

    return read(wanted.paths, means.vocabulary(), means.places(), progress, wanted.overlays)


def _compiled(
    wanted: Wanted, made_from: MadeFrom, means: Means, kept: Kept | None, progress: Progress | None
) -> MemoryPieces:
    from opmatch.catalog.load import read_all
    from opmatch.catalog.plain import collector_paused
    from opmatch.compiled.compile import compiled
    from opmatch.compiled.known import known_readings

    vocabulary, places = means.vocabulary(), means.places()
    known = None if kept is None else known_readings(kept.pieces, kept.made_from, made_from)
    read = read_all(wanted.paths, vocabulary, places, progress, wanted.overlays, known)
    contents = {str(one.source.path): one.source.sha256 for one in read.readings}
    contents |= {str(one.path): one.sha256 for one in read.overlays}
    with collector_paused():
        made = compiled(read, with_contents(made_from, contents), vocabulary, means.formula(), progress)
    return MemoryPieces(made)


def _remaking(wanted: Wanted, means: Means, made_from: MadeFrom, path: Path) -> Callable[[], Pieces]:
    """What to do when a piece turns out to be damaged: read the sources again, and keep what they say."""

    def remake() -> Pieces:
        pieces = _compiled(wanted, made_from, means, None, None)
        if decoded(pieces, MADE_FROM, MadeFrom).files != made_from.files:
            changed = Problem(
                str(wanted.paths[0]), "changed while it was being searched", mend="run it again"
            )
            raise InputError((changed,))
        with contextlib.suppress(OSError):
            files.write(path, pieces.made)
        return pieces

    return remake


def catalog_of(pieces: Pieces, remake: Callable[[], Pieces]) -> Catalog:
    """The catalog that these pieces are. Raises DamagedError."""
    head = decoded(pieces, HEAD, Head)
    corrections = decoded(pieces, CORRECTIONS, tuple[Correction, ...]) if head.corrected else ()
    return Catalog(  # where its programs begin is left to whoever reads the files again
        infos=head.infos,
        programs=CompiledPrograms(head, pieces, remake),
        as_of=head.as_of,
        corrections=corrections,
    )
