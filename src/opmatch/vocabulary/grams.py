"""The words and pairs of words of a text, by which learned weights know it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from opmatch.vocabulary.tokens import BREAK, tokens

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "soooo"
_MASKED = re.compile(r"(?<=[a-z])[013@$!*](?=[a-z])", re.IGNORECASE)  # "su1c1de", "k!ll"
_MEANT = {"0": "o", "1": "i", "3": "e", "@": "a", "$": "s", "!": "i", "*": "i"}
_DIGIT = re.compile(r"\d")


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents or figures ("40" is "00"), and its marks (".", ",", "?")."""
    plain = _MASKED.sub(lambda found: _MEANT[found[0]], _STRETCHED.sub(r"\1", text))
    return [token.typed[0] if token.word == BREAK else _DIGIT.sub("0", token.word) for token in tokens(plain)]


def grams_of(words: Sequence[str]) -> set[str]:
    """Each word, and each two that follow one another."""
    return {*words, *(f"{one} {next_}" for one, next_ in pairwise(words))}
