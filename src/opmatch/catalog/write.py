"""Catalogs to disk, in the catalog format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from opmatch.catalog.plain import Progress
from opmatch.catalog.whole_file import replacing
from opmatch.catalog.written import FORMAT_VERSION
from opmatch.catalog.yaml_text import flow

_PROGRESS_EVERY: Final = 256  # programs


def write(
    path: Path,
    header: Mapping[str, Any],
    programs: Iterable[Mapping[str, Any]],
    progress: Progress | None = None,
) -> None:
    """Write a catalog file of `header` (what stands under `catalog`) and `programs`, in the written format.

    It appears as a whole or not at all, for its owner only where it is new, since a catalog may hold
    confidential addresses. `progress` is called now and then with the programs written and the programs in
    all, where their number is known. Raises UsageError when `path` can't be written.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(header, programs, progress))


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
