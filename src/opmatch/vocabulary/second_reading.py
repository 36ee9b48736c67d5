"""A second reading of what the weights of words leave open: a small network that knows how words go together.

It reads the pieces of a text in their order, each in the light of all others, in a few layers (A. Vaswani et
al., "Attention is all you need", 2017, https://arxiv.org/abs/1706.03762). tools/teach_reader.py makes its
file; decision 27 says why, and from what.
"""

from __future__ import annotations

import math
import os
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from opmatch import shipped
from opmatch.vocabulary.pieces import Pieces

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Numbers = NDArray[float32]

FILE: Final = "vocabulary/words/second_reading.msgpack"
_ALL: Final = slice(None)
_TINY: Final = 1e-12  # keeps a division from zero
_GELU: Final = math.sqrt(2 / math.pi), 0.044715  # of the approximation by tanh
_MOST: Final = 6.0
"""No text is surer than this, in natural logarithms of odds."""


class Matrix(Struct, frozen=True, array_like=True):
    """Whole numbers of 8 bits, row by row, and what each row is to be multiplied by (32 bits each)."""

    columns: int
    numbers: bytes
    scales: bytes

    def ready(self, rows: list[int] | slice = _ALL) -> Numbers:
        """Rows by columns, of all rows or some."""
        import numpy as np

        numbers = np.frombuffer(self.numbers, np.int8).reshape(-1, self.columns)[rows]
        scaled: Numbers = numbers.astype(np.float32) * np.frombuffer(self.scales, "<f4")[rows, None]
        return scaled


class Layer(Struct, frozen=True, array_like=True):
    """One layer: what asks, is asked and is told in one, what puts heads together, the wide part, norms."""

    attention: Matrix
    together: Matrix
    wider: Matrix
    narrower: Matrix
    shifts: tuple[bytes, bytes, bytes, bytes]  # of the four above
    norms: tuple[bytes, bytes, bytes, bytes]  # after attention and after the wide part: scale, shift


class Weights(Struct, frozen=True):
    """The file. `texts` were read to learn it, `pieces` are parted by spaces, `likely` is of 32 bits each."""

    made_of: str
    texts: int
    pieces: str
    likely: bytes
    first: int
    last: int
    unknown: int
    heads: int
    words: Matrix
    places: Matrix
    norm: tuple[bytes, bytes]
    layers: list[Layer]
    grades: Matrix
    grade_shifts: bytes


class SecondReader:
    """Ready to read."""

    def __init__(self, weights: Weights) -> None:
        import numpy as np

        def line(content: bytes) -> Numbers:
            return np.frombuffer(content, "<f4")

        self._pieces = Pieces(weights.pieces.split(" "), line(weights.likely).tolist(), weights.unknown)
        self._ends = weights.first, weights.last
        self._heads = weights.heads
        self._words, self._places = weights.words, weights.places.ready()
        self._norm = tuple(map(line, weights.norm))
        self._layers = [
            (
                [
                    (np.ascontiguousarray(matrix.ready().T), line(shift))  # a third faster than as it lies
                    for matrix, shift in zip(
                        (one.attention, one.together, one.wider, one.narrower), one.shifts, strict=True
                    )
                ],
                [line(norm) for norm in one.norms],
            )
            for one in weights.layers
        ]
        self._grades = weights.grades.ready().T, line(weights.grade_shifts)

    def odds(self, text: str) -> tuple[float, float]:
        """How much speaks for danger rather than none, and for now rather than ideation.

        Natural logarithms, between -6 and 6. What doesn't fit (some 120 pieces do) is left unread.
        """
        ordinary, ideation, now = self._read(self._pieces.of(text)[: len(self._places) - 2]).tolist()
        danger = max(ideation, now) + math.log1p(math.exp(-abs(ideation - now)))
        return _within(danger - ordinary), _within(now - ideation)

    def _read(self, pieces: list[int]) -> Numbers:
        import numpy as np

        at = [self._ends[0], *pieces, self._ends[1]]
        x: Numbers = _normed(self._words.ready(at) + self._places[: len(at)], *self._norm)
        length, width = x.shape
        for (asking, together, wider, narrower), norms in self._layers:
            asked = (x @ asking[0] + asking[1]).reshape(length, 3, self._heads, width // self._heads)
            ask, key, told = asked.transpose(1, 2, 0, 3)
            heed = ask @ key.transpose(0, 2, 1) / np.float32(math.sqrt(width // self._heads))
            heed = np.exp(heed - heed.max(axis=-1, keepdims=True))
            heed /= heed.sum(axis=-1, keepdims=True)
            heard: Numbers = (heed @ told).transpose(1, 0, 2).reshape(length, width)
            x = _normed(x + heard @ together[0] + together[1], *norms[:2])
            wide: Numbers = x @ wider[0] + wider[1]
            wide *= 0.5 * (1 + np.tanh(_GELU[0] * (wide + _GELU[1] * wide * wide * wide)))
            x = _normed(x + wide @ narrower[0] + narrower[1], *norms[2:])
        graded: Numbers = x.mean(axis=0) @ self._grades[0] + self._grades[1]
        return graded


def _normed(x: Numbers, scale: Numbers, shift: Numbers) -> Numbers:
    x = x - x.mean(axis=-1, keepdims=True)
    x /= (((x * x).mean(axis=-1, keepdims=True)) + _TINY) ** 0.5
    return x * scale + shift


def _within(odds: float) -> float:
    return max(-_MOST, min(_MOST, odds))


@cache
def second_reader() -> SecondReader:
    """The shipped one, read once."""
    # A text is too little for several cores: they wait for one another. Heeded if numpy isn't loaded yet.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return SecondReader(msgspec.msgpack.decode(shipped.path(FILE).read_bytes(), type=Weights))
