"""What a compiled catalog still knows of files that haven't changed, when others of its files have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from opmatch.catalog.load import Known
from opmatch.catalog.one_file import FileReading
from opmatch.catalog.overlay import Kept
from opmatch.catalog.sources import Source
from opmatch.compiled.head import (
    CORRECTIONS,
    HEAD,
    PROGRAMS_A_BLOCK,
    Head,
    MadeFrom,
    Part,
    part_name,
    rows_name,
)
from opmatch.compiled.pieces import DamagedError, Pieces
from opmatch.model.program import Correction, Program


def known_readings(pieces: Pieces, before: MadeFrom, now: MadeFrom) -> Known | None:
    """Readings of unchanged files, as long as this opmatch made them and no correction bears on them."""
    if (before.format, before.code) != (now.format, now.code):
        return None
    try:
        old = _Old(pieces)
    except (DamagedError, msgspec.MsgspecError):
        return None
    return old.reading


class _Old:
    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        head = msgspec.msgpack.decode(pieces.get(HEAD), type=Head)
        numbers = range(head.parts)
        parts = [msgspec.msgpack.decode(pieces.get(part_name(one)), type=Part) for one in numbers]
        self._parts = {(one.path, one.sha256): one for one in parts}
        told = msgspec.msgpack.decode(pieces.get(CORRECTIONS), type=tuple[Correction, ...])
        self._corrected = {one.program for one in told}
        self._rows = msgspec.msgpack.Decoder(list[Program])

    def reading(self, source: Source, kept: Mapping[str, Sequence[Kept]]) -> FileReading | None:
        part = self._parts.get((str(source.path), source.sha256))
        if part is None:
            return None
        try:
            programs = self._programs(part)
        except (DamagedError, msgspec.MsgspecError, IndexError):
            return None
        if any(one.id in kept or one.id in self._corrected for _, one in programs):
            return None
        return FileReading(source=source, info=part.info, as_of=part.as_of, programs=programs)

    def _programs(self, part: Part) -> tuple[tuple[int, Program], ...]:
        blocks = sorted({row // PROGRAMS_A_BLOCK for _, row in part.programs})
        read = {block: self._rows.decode(self._pieces.get(rows_name(block))) for block in blocks}
        return tuple(
            (index, read[row // PROGRAMS_A_BLOCK][row % PROGRAMS_A_BLOCK]) for index, row in part.programs
        )
