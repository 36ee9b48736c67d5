"""The compiled catalogs in the cache folder: what they are of, and away with them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from opmatch import cachefolder
from opmatch.catalog.sources import Source
from opmatch.compiled.file import FilePieces
from opmatch.compiled.fresh import looks_current
from opmatch.compiled.head import HEAD, MADE_FROM, Head, MadeFrom
from opmatch.compiled.load import FOLDER, SUFFIX, decoded
from opmatch.compiled.pieces import DamagedError


class Compiled(Struct, frozen=True, kw_only=True):
    """One file; of one that can't be read, nothing else is known."""

    file: str
    bytes: int
    catalogs: tuple[str, ...] = ()
    programs: int = 0
    current: bool = False


def compiled_catalogs(overlays: Sequence[Source]) -> tuple[Compiled, ...]:
    """Every file there, in the order of names; `overlays` are the corrections in use."""
    return tuple(_seen(path, overlays) for path in _files())


def clear() -> int:
    """Remove all of them and what killed writers left; the bytes this frees. Raises OSError."""
    freed = 0
    for path in _files(temporary=True):
        freed += path.stat().st_size
        path.unlink()
    return freed


def _files(*, temporary: bool = False) -> Iterator[Path]:
    folder = cachefolder.folder()
    if folder is None:
        return
    yield from sorted((folder / FOLDER).glob(f"*{SUFFIX}"))
    if temporary:
        yield from sorted((folder / FOLDER).glob(f".*{SUFFIX}.*"))


def _seen(path: Path, overlays: Sequence[Source]) -> Compiled:
    size = path.stat().st_size
    with contextlib.suppress(DamagedError):
        pieces = FilePieces(path)
        try:
            made_from, head = decoded(pieces, MADE_FROM, MadeFrom), decoded(pieces, HEAD, Head)
        finally:
            pieces.close()
        named = tuple(str(Path(made_from.folder, one)) for one in made_from.paths)
        current = looks_current(made_from, overlays)
        return Compiled(file=str(path), bytes=size, catalogs=named, programs=head.count, current=current)
    return Compiled(file=str(path), bytes=size)
