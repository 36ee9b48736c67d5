"""The programs of a compiled catalog, read one by one as they are asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, overload

import msgspec

from opmatch.compiled.head import (
    CORRECTIONS,
    HEAD,
    IDS_A_BLOCK,
    PROGRAMS_A_BLOCK,
    Head,
    bits_name,
    ids_name,
    points_name,
    rows_name,
)
from opmatch.compiled.pieces import DamagedError, Pieces
from opmatch.compiled.sharing import Shared
from opmatch.matching.case import Case
from opmatch.matching.index import bits
from opmatch.matching.index.reading import Index
from opmatch.matching.index.sift import sift_rows
from opmatch.matching.pool import Beyond, Pool, Sifted
from opmatch.model.program import Origin, Program

KEPT_PROGRAMS = 28_000
"""Decoded programs that stay, for the next request asked of the same catalog: about 2 KB each."""
SHARED_FROM = 1_000
"""Programs from which they share values: a single request ends before that pays."""
KEPT_SET_BYTES = 32 * 1024 * 1024
KEPT_BANDS = 2_000

Remake = Callable[[], Pieces]


@cache
def _decoder() -> msgspec.msgpack.Decoder[Program]:
    return msgspec.msgpack.Decoder(Program)


class CompiledPrograms(Pool, Index):
    """Programs in id order; `remake` gives the pieces anew where they turn out to be damaged."""

    def __init__(self, head: Head, pieces: Pieces, remake: Remake) -> None:
        self.size, self.planes = head.count, head.planes
        self.bands, self.years = head.bands, head.years
        self.circles = {}
        self._head = head
        self._pieces = pieces
        self._remake = remake
        self._sets: dict[int, int] = {}
        self._set_bytes = 0
        self._programs: dict[int, Program] = {}
        self._shared = Shared()
        self._points: dict[int, tuple[Sequence[float], Sequence[float]]] = {}

    @property
    def origins(self) -> tuple[Origin, ...]:
        return self._head.origins

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Program]:
        for block in range(len(self._head.ids)):
            yield from self._rows([row for _, row in self._ids(block)])

    @overload
    def __getitem__(self, at: int) -> Program: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Program, ...]: ...
    def __getitem__(self, at: int | slice) -> Program | tuple[Program, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(self.size)))
        place = range(self.size)[at]
        _, row = self._ids(place // IDS_A_BLOCK)[place % IDS_A_BLOCK]
        return self._at(row)

    def by_id(self, program_id: str) -> Program | None:
        row = self._row(program_id)
        return None if row is None else self._at(row)

    def sift(self, case: Case) -> Sifted:
        known = (self._row(one) for one in case.request.except_ids)
        found = sift_rows(case, self, [row for row in known if row is not None])
        beyond = (Beyond(miles, partial(self._at, row)) for miles, row in found.beyond)
        return Sifted(found.considered, self._rows(found.judged), found.counts, beyond)

    def bits(self, name: str) -> int | None:
        number = self._head.sets.get(name)
        if number is None:
            return None
        found = self._sets.get(number)
        if found is None:
            data = self._piece(bits_name(number))
            found = bits.from_bytes(data)
            if self._set_bytes + len(data) > KEPT_SET_BYTES:
                self._sets.clear()
                self._set_bytes = 0
            self._sets[number] = found
            self._set_bytes += len(data)
        return found

    def points(self, band: int) -> tuple[Sequence[float], Sequence[float]]:
        known = self._points.get(band)
        if known is not None:
            return known
        data = self._piece(points_name(band))
        half = len(data) // 2
        latitudes, longitudes = array("d"), array("d")
        latitudes.frombytes(data[:half])
        longitudes.frombytes(data[half:])
        if len(self._points) >= KEPT_BANDS:
            self._points.clear()
        self._points[band] = latitudes, longitudes
        return latitudes, longitudes

    def everything(self) -> Iterator[tuple[str, bytes]]:
        """All that searching takes, piece by piece: with these, the same can be asked elsewhere."""
        head = self._head
        yield HEAD, self._piece(HEAD)
        yield CORRECTIONS, self._piece(CORRECTIONS)
        for number in range(len(head.ids)):
            yield ids_name(number), self._piece(ids_name(number))
        for number in range(-(-head.count // PROGRAMS_A_BLOCK)):
            yield rows_name(number), self._piece(rows_name(number))
        for number in sorted(set(head.sets.values())):
            yield bits_name(number), self._piece(bits_name(number))
        for band in head.bands:
            yield points_name(band.number), self._piece(points_name(band.number))

    def _row(self, program_id: str) -> int | None:
        block = bisect_right(self._head.ids, program_id) - 1
        if block < 0:
            return None
        return next((row for id_, row in self._ids(block) if id_ == program_id), None)

    def _ids(self, block: int) -> Sequence[tuple[str, int]]:
        found: Any = msgspec.msgpack.decode(self._piece(ids_name(block)))
        return found  # type: ignore[no-any-return]

    def _at(self, row: int) -> Program:
        return next(self._rows([row]))

    def _rows(self, rows: Sequence[int]) -> Iterator[Program]:
        """The programs of these rows, in their order."""
        decoder, at, block = _decoder(), -1, list[msgspec.Raw]()
        for row in rows:
            known = self._programs.get(row)
            if known is not None:
                yield known
                continue
            if row // PROGRAMS_A_BLOCK != at:
                at = row // PROGRAMS_A_BLOCK
                block = msgspec.msgpack.decode(self._piece(rows_name(at)), type=list[msgspec.Raw])
            program = decoder.decode(block[row % PROGRAMS_A_BLOCK])
            if len(self._programs) >= KEPT_PROGRAMS:
                self._programs.clear()
                self._shared.forget()
            if len(self._programs) >= SHARED_FROM:
                program = self._shared.like(program)
            self._programs[row] = program
            yield program

    def _piece(self, name: str) -> bytes:
        try:
            return self._pieces.get(name)
        except DamagedError:
            self._pieces = self._remake()
            return self._pieces.get(name)
