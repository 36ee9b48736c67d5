"""The words and pairs of words of a text, by which learned weights know it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Final

from opmatch.vocabulary.small_words import small_words
from opmatch.vocabulary.tokens import BREAK, tokens

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "soooo"
_MASKED = re.compile(r"(?<=[a-z])[013@$!*](?=[a-z])", re.IGNORECASE)  # "su1c1de", "k!ll"
_MEANT = {"0": "o", "1": "i", "3": "e", "@": "a", "$": "s", "!": "i", "*": "i"}
_DIGIT = re.compile(r"\d")
SENTENCE_ENDS: Final = frozenset(".!?;\n\r…")
_SAYING_NOTHING: Final = frozenset(".\n\r")
_MARKS: Final = SENTENCE_ENDS | {","}
_DENIES_FOLLOWING: Final = 7  # words
_DENIED: Final = "~"


def words_of(text: str) -> list[str]:
    """The words of a text without case, accents or figures ("40" is "00"), and its marks (".", ",", "?")."""
    return [
        token.typed[0] if token.word == BREAK else _DIGIT.sub("0", token.word)
        for token in tokens(unmasked(text))
    ]


def unmasked(text: str) -> str:
    """The text with "su1c1de" and "soooo" spelled as they are meant."""
    return _MASKED.sub(lambda found: _MEANT[found[0]], _STRETCHED.sub(r"\1", text))


def grams_of(words: Sequence[str]) -> set[str]:
    """Each word, and each two that follow one another."""
    return {*words, *(f"{one} {next_}" for one, next_ in pairwise(words))}


def wide_grams_of(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """What is said close together, and each two words as they follow one another, however far ("took_pills").

    Close together: the grams of the words, those denied apart from others, with what is first ("^ i") and
    last ("die $"). A full stop or a line's end says nothing at the end, nor do marks far apart.
    """
    end = len(words)
    while end and words[end - 1] in _SAYING_NOTHING:
        end -= 1
    told = _denied_apart(words[:end])
    if not told:
        return set(), set()
    far = {f"{one}_{other}" for one, other in combinations([word for word in told if word not in _MARKS], 2)}
    return grams_of(told) | {f"^ {told[0]}", f"{told[-1]} $"}, far


def _one_kind(words: Sequence[str]) -> tuple[set[str]]:
    return (grams_of(words),)


GRAMS: Final[dict[str, Callable[[Sequence[str]], tuple[set[str], ...]]]] = {
    "danger": wide_grams_of,
    "needs": _one_kind,
}
"""What each file of weights knows a text by: kinds of grams, each counting the same however many it has."""


def _denied_apart(words: Sequence[str]) -> list[str]:
    """The words; what is denied is another word: in "don't want to die" stand "~want", "~to" and "~die"."""
    negators, listing, turns, ends_list, more, in_between = _steering()
    out: list[str] = []
    left, lists = 0, False
    for at, word in enumerate(words):
        if word in SENTENCE_ENDS or (word in ends_list if lists else word == "," or word in turns):
            left = 0
        elif word in negators:
            following = next((other for other in words[at + 1 : at + 4] if other not in in_between), "")
            if following not in more:
                left, lists = _DENIES_FOLLOWING, word in listing
        elif left > 0 and word != ",":
            out.append(_DENIED + word)
            left -= 1
            continue
        out.append(word)
    return out


@cache
def _steering() -> tuple[frozenset[str], ...]:
    return (
        small_words("negators_en") | small_words("negators_es"),
        small_words("listing"),
        small_words("turns_en") | small_words("turns_es"),
        small_words("ending") | small_words("reporting"),
        small_words("more_than_said"),
        small_words("in_between"),
    )
