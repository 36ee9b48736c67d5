"""Texts in pieces of words, as the second reading takes them: frequent words whole, rarer ones in parts.

The parts of a word are those that are likeliest together (a unigram model: T. Kudo, "Subword Regularization",
2018, https://arxiv.org/abs/1804.10959).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

BEGINNING: Final = "▁"
"""Stands before what begins a word."""
_STRANGE: Final = -10.0  # how much less likely than any piece a character is that is in none
_REMEMBERED: Final = 4096  # words
_LONGEST: Final = 100  # letters of a word; what comes after says nothing, and would take long
_AS_TYPED: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})


def plain(text: str) -> str:
    """Small letters, one space between words, marks as they are typed, nothing that can't be seen."""
    told = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.translate(_AS_TYPED)).lower())
    return " ".join("".join(one for one in told if unicodedata.category(one) != "Cf").split())


class Pieces:
    """The pieces that are known, with how likely each is (natural logarithms)."""

    def __init__(self, pieces: list[str], likely: list[float], unknown: int) -> None:
        self._at = {piece: at for at, piece in enumerate(pieces)}
        self._likely = likely
        self._unknown = unknown
        self._longest = max(map(len, pieces))
        self._strange = min(likely) + _STRANGE
        self._of_word = lru_cache(_REMEMBERED)(self._likeliest)

    def of(self, text: str) -> list[int]:
        """Where each of a text's pieces stands among the known ones."""
        words = plain(text).split()
        return [at for word in words for at in self._of_word(BEGINNING + word[:_LONGEST])]

    def _likeliest(self, word: str) -> list[int]:
        # Of the likeliest way up to each letter: how likely it is, its last piece, and where that starts.
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)]
        for end in range(1, len(word) + 1):
            ways = [(best[end - 1][0] + self._strange, self._unknown, end - 1)]
            for start in range(max(0, end - self._longest), end):
                at = self._at.get(word[start:end])
                if at is not None:
                    ways.append((best[start][0] + self._likely[at], at, start))
            best.append(max(ways))
        pieces, end = list[int](), len(word)
        while end:
            _, at, end = best[end]
            pieces.append(at)
        return pieces[::-1]
