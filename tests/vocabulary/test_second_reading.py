"""The second reader computes what it says it does."""

from __future__ import annotations

import math
from array import array
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch import shipped
from opmatch.vocabulary import second_reading
from opmatch.vocabulary.second_reading import Layer, Matrix, SecondReader, Weights, second_reader
from scripts import TOP, script

PIECES = ["<", ">", "?", "▁", "▁a", "▁b", "a", "b"]
WIDTH, HEADS, WIDE, PLACES, LAYERS = 6, 2, 5, 7, 2
CHANCE = Random(4)

Rows = list[list[float]]


def some(rows: int, columns: int) -> Matrix:
    numbers = array("b", [CHANCE.randint(-127, 127) for _ in range(rows * columns)])
    return Matrix(
        columns, numbers.tobytes(), array("f", [CHANCE.uniform(0.002, 0.02) for _ in range(rows)]).tobytes()
    )


def line(length: int) -> bytes:
    return array("f", [CHANCE.uniform(-1, 1) for _ in range(length)]).tobytes()


SMALL = Weights(
    made_of="",
    texts=0,
    pieces=" ".join(PIECES),
    likely=array("f", [-9, -9, -9, -3, -4, -4, -5, -5]).tobytes(),
    first=0,
    last=1,
    unknown=2,
    heads=HEADS,
    words=some(len(PIECES), WIDTH),
    places=some(PLACES, WIDTH),
    norm=(line(WIDTH), line(WIDTH)),
    layers=[
        Layer(
            some(3 * WIDTH, WIDTH),
            some(WIDTH, WIDTH),
            some(WIDE, WIDTH),
            some(WIDTH, WIDE),
            (line(3 * WIDTH), line(WIDTH), line(WIDE), line(WIDTH)),
            (line(WIDTH), line(WIDTH), line(WIDTH), line(WIDTH)),
        )
        for _ in range(LAYERS)
    ],
    grades=some(3, WIDTH),
    grade_shifts=line(3),
)


def rows_of(matrix: Matrix) -> Rows:
    numbers, scales = array("b", matrix.numbers), array("f", matrix.scales)
    width = matrix.columns
    return [
        [one * scale for one in numbers[at * width : (at + 1) * width]] for at, scale in enumerate(scales)
    ]


def times(rows: Rows, matrix: Matrix, shift: bytes) -> Rows:
    to, add = rows_of(matrix), array("f", shift)
    return [
        [sum(a * b for a, b in zip(row, one, strict=True)) + more for one, more in zip(to, add, strict=True)]
        for row in rows
    ]


def normed(row: list[float], scale: bytes, shift: bytes) -> list[float]:
    mean = sum(row) / len(row)
    spread = math.sqrt(sum((one - mean) ** 2 for one in row) / len(row) + 1e-12)
    return [
        (one - mean) / spread * a + b
        for one, a, b in zip(row, array("f", scale), array("f", shift), strict=True)
    ]


def attended(asked: Rows) -> Rows:
    """Each place's mean of what all tell, by how well its question fits their answers, head by head."""
    size = WIDTH // HEADS
    out: Rows = [[] for _ in asked]
    for head in range(HEADS):
        start = head * size
        for at, row in enumerate(asked):
            fits = [
                math.exp(
                    sum(row[start + i] * other[WIDTH + start + i] for i in range(size)) / math.sqrt(size)
                )
                for other in asked
            ]
            told = [other[2 * WIDTH + start : 2 * WIDTH + start + size] for other in asked]
            out[at] += [
                sum(fit * one[i] for fit, one in zip(fits, told, strict=True)) / sum(fits)
                for i in range(size)
            ]
    return out


def plus(some: Rows, others: Rows) -> Rows:
    return [[a + b for a, b in zip(row, other, strict=True)] for row, other in zip(some, others, strict=True)]


def by_hand(pieces: list[int]) -> tuple[float, float]:
    """The odds, number by number."""
    at = [SMALL.first, *pieces[: PLACES - 2], SMALL.last]
    words, places = rows_of(SMALL.words), rows_of(SMALL.places)
    x = [
        normed([a + b for a, b in zip(words[one], place, strict=True)], *SMALL.norm)
        for one, place in zip(at, places, strict=False)
    ]
    for layer in SMALL.layers:
        heard = times(attended(times(x, layer.attention, layer.shifts[0])), layer.together, layer.shifts[1])
        x = [normed(row, *layer.norms[:2]) for row in plus(x, heard)]
        wide = times(x, layer.wider, layer.shifts[2])
        bent = [
            [one / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (one + 0.044715 * one**3))) for one in row]
            for row in wide
        ]
        x = [normed(row, *layer.norms[2:]) for row in plus(x, times(bent, layer.narrower, layer.shifts[3]))]
    mean = [sum(column) / len(x) for column in zip(*x, strict=True)]
    ((ordinary, ideation, now),) = times([mean], SMALL.grades, SMALL.grade_shifts)
    danger = math.log(math.exp(ideation) + math.exp(now))
    return max(-6, min(6, danger - ordinary)), max(-6, min(6, now - ideation))


@given(st.lists(st.sampled_from(["a", "b", "ab", "ba", "x", "aab"]), max_size=6))
def test_odds_are_those_worked_out_by_hand(words: list[str]) -> None:
    reader = SecondReader(SMALL)
    pieces = reader._pieces.of(" ".join(words))
    assert reader.odds(" ".join(words)) == pytest.approx(by_hand(pieces), abs=1e-4)


def test_what_does_not_fit_is_left_unread() -> None:
    reader = SecondReader(SMALL)
    assert reader.odds("a " * 50) == reader.odds("a " * 5) != reader.odds("a " * 4)


def test_the_shipped_one_hears_what_words_alone_leave_open() -> None:
    odds = second_reader().odds
    assert odds("she took all her pills and won't wake up")[0] > 2
    assert odds("the bus was late and dinner got cold")[0] < -2
    assert odds("I've already swallowed the whole bottle")[1] > odds("I sometimes wish I was dead")[1]


def test_its_file_says_what_it_is() -> None:
    weights = msgspec.msgpack.decode(shipped.path(second_reading.FILE).read_bytes(), type=Weights)
    pieces = weights.pieces.split(" ")
    assert len(pieces) == len(set(pieces)) == len(array("f", weights.likely))
    assert weights.words.columns * len(pieces) == len(weights.words.numbers)
    assert {pieces[weights.first], pieces[weights.last]} == {"<s>", "</s>"}


def test_the_mean_of_sittings_lies_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(TOP / "tools")
    mean_of = script("tools/teach_reader.py").mean_of
    moved = some(3 * WIDTH, WIDTH)
    layers = [msgspec.structs.replace(SMALL.layers[0], attention=moved), *SMALL.layers[1:]]
    other = msgspec.structs.replace(SMALL, layers=layers, grade_shifts=line(3))

    def near(one: Matrix, numbers: list[float]) -> None:
        """A number is kept to a 254th of the largest of its row."""
        got = [number for row in rows_of(one) for number in row]
        assert got == pytest.approx(numbers, abs=max(map(abs, numbers)) / 200)

    mean = mean_of([SMALL, other])
    pairs = zip(rows_of(SMALL.layers[0].attention), rows_of(moved), strict=True)
    near(mean.layers[0].attention, [(a + b) / 2 for one, two in pairs for a, b in zip(one, two, strict=True)])
    near(mean.layers[1].wider, [number for row in rows_of(SMALL.layers[1].wider) for number in row])
    shifts = zip(array("f", SMALL.grade_shifts), array("f", other.grade_shifts), strict=True)
    assert array("f", mean.grade_shifts).tolist() == pytest.approx([(a + b) / 2 for a, b in shifts])
    assert msgspec.structs.replace(mean, layers=[], grades=SMALL.grades, grade_shifts=b"") == (
        msgspec.structs.replace(SMALL, layers=[], grade_shifts=b"")
    )
