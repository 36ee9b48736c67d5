"""Weights learned from labelled sentences: how much each word and pair of words speaks for an outcome.

tools/learn_words.py makes the files; decision 26 says why, and how well they do.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Final
from zlib import crc32

from msgspec import Struct

from opmatch import shipped
from opmatch.kept import kept
from opmatch.vocabulary.grams import GRAMS
from opmatch.vocabulary.small_words import small_words

HUNDREDTHS: Final = 100
"""Weights are whole hundredths: of natural logarithms for needs, of a distance from a boundary for danger."""
_TELLING: Final = {
    "danger": HUNDREDTHS,
    "needs": 3 * HUNDREDTHS,
}  # from which weight slips are mended to a word
_MENDED_FROM: Final = 6  # letters from which a word is still told with one slip of the keys
_TWO_SLIPS_FROM: Final = 9
_MADE_FROM = (
    "vocabulary/words/small.yaml",
    *(f"vocabulary/{module}.py" for module in ("learned", "grams", "tokens")),
)


class Weights(Struct, frozen=True):
    """A file of weights in the form that takes no time to read.

    `grams` are check sums of the grams, ascending, 32 bits each; `places` says where in `numbers` (16 bits
    each) its own start: how rare it is, of how many outcomes it speaks, and for each of them its place and
    weight. `others` is how rare other grams of each kind are taken to be. `telling` are the words that
    misspelt ones are read as.
    """

    outcomes: tuple[str, ...]
    start: tuple[int, ...]
    others: tuple[int, ...]
    grams: bytes
    places: bytes
    numbers: bytes
    telling: str


class Learned:
    """Ready weights."""

    def __init__(self, weights: Weights, grams_of: Callable[[Sequence[str]], tuple[set[str], ...]]) -> None:
        self._grams_of = grams_of
        self.outcomes = weights.outcomes
        self._start = [one / HUNDREDTHS for one in weights.start]
        self._others = weights.others
        self._grams, self._places, self._numbers = array("I"), array("I"), array("h")
        self._grams.frombytes(weights.grams)
        self._places.frombytes(weights.places)
        self._numbers.frombytes(weights.numbers)
        self._telling_words = weights.telling

    @cached_property
    def _telling(self) -> tuple[str, ...]:
        return tuple(self._telling_words.split())

    def knows(self, words: Sequence[str]) -> bool:
        """Whether any of the words, as they stand or mended, says anything."""
        return any(self._place(word) is not None for word in self._mended(words))

    def scores(self, words: Sequence[str]) -> list[float]:
        """What speaks for each outcome: logarithms of chances but for a constant; of danger, a distance.

        1 is how far most sentences learned from stand on either side of the boundary. What the weights say is
        shared among all grams of a text: of one that is mostly unknown they know little, and say little.
        """
        numbers, out = self._numbers, list(self._start)
        for kind, others in zip(self._grams_of(self._mended(words)), self._others, strict=True):
            found = map(self._place, kind)
            places = sorted(place for place in found if place is not None)
            known = sum(numbers[place] ** 2 for place in places)
            length = math.sqrt(known + others**2 * (len(kind) - len(places)))
            for place in places:
                share = numbers[place] / length / HUNDREDTHS
                for pair in self._pairs(place):
                    out[numbers[pair]] += share * numbers[pair + 1]
        return out

    def speaking_for(self, words: Sequence[str], outcome: str) -> list[int]:
        """Where the single words stand that speak for an outcome, the strongest first."""
        numbers, wanted = self._numbers, self.outcomes.index(outcome)
        found: list[tuple[int, int]] = []
        for at, word in enumerate(self._mended(words)):
            place = self._place(word)
            if place is not None:
                weight = sum(numbers[pair + 1] for pair in self._pairs(place) if numbers[pair] == wanted)
                if weight > 0:
                    found.append((-weight * numbers[place], at))
        return [at for _, at in sorted(found)]

    def _place(self, gram: str) -> int | None:
        # Four times in a hundred thousand a sum is a known gram's by chance, and weighs what that one does.
        sum_ = crc32(gram.encode())
        at = bisect_left(self._grams, sum_)
        return self._places[at] if at < len(self._grams) and self._grams[at] == sum_ else None

    def _pairs(self, place: int) -> range:
        return range(place + 2, place + 2 + 2 * self._numbers[place + 1], 2)

    def _mended(self, words: Sequence[str]) -> list[str]:
        return [self._nearest(word) if self._is_a_slip(word) else word for word in words]

    def _is_a_slip(self, word: str) -> bool:
        return len(word) >= _MENDED_FROM - 1 and word.isalpha() and self._place(word) is None

    def _nearest(self, word: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        near = process.extract(word, self._telling, scorer=OSA.distance, score_cutoff=slips, limit=2)
        if not near or near[0][0][0] != word[0] or (len(near) > 1 and near[0][1] == near[1][1]):
            return word
        return near[0][0]


@cache
def learned(name: str) -> Learned:
    """The weights of `vocabulary/words/learned_{name}.txt`, read once."""
    path = f"vocabulary/words/learned_{name}.txt"
    weights = kept(f"learned_{name}", Weights, (path, *_MADE_FROM), lambda: _read(path, _TELLING[name]))
    return Learned(weights, GRAMS[name])


def _read(path: str, least: int) -> Weights:
    """Lines: a remark, the outcomes, what each starts from, how rare other grams of each kind are taken
    to be; then a gram, how rare it is, `place:weight`…

    Words of at least the `least` weight are those that misspelt ones are read as.
    """
    _, outcomes, start, others, *lines = shipped.path(path).read_text(encoding="utf-8").splitlines()
    denials = small_words("negators_en") | small_words("negators_es")
    at: dict[int, int] = {}
    numbers, telling = array("h"), list[str]()
    for line in lines:
        gram, _, said = line.partition("\t")
        at[crc32(gram.encode())] = len(numbers)
        rarity, *pairs = map(int, said.replace(":", "\t").split("\t"))  # half a million lines: no list a pair
        numbers.extend((rarity, len(pairs) // 2, *pairs))
        a_word = len(gram) >= _MENDED_FROM and gram.isalpha() and gram not in denials
        if a_word and max(pairs[1::2]) >= least:
            telling.append(gram)
    sums = sorted(at)
    return Weights(
        outcomes=tuple(outcomes.split("\t")),
        start=tuple(int(one) for one in start.split("\t")),
        others=tuple(int(one) for one in others.split("\t")),
        grams=array("I", sums).tobytes(),
        places=array("I", [at[one] for one in sums]).tobytes(),
        numbers=numbers.tobytes(),
        telling=" ".join(telling),
    )
