"""The words of a sentence as the screen's frames write them: contractions apart, slips of the keys mended."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opmatch.vocabulary.danger import Danger

_WORD_OR_COMMA = re.compile(r"[^\W_]+|[,:().!?;\n]| - |—|–")
_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_APOSTROPHED = re.compile(r"\w+'\w+")
_WILL = re.compile(r"\b(i|he|she|they|we|you|it|that|there)'ll\b")  # before apostrophes go: "ill" is a word
_WOULD = re.compile(r"\b(he|she|they|we|you|it|that)'d\b")  # "shed" and "wed" are words
_NOUN_IS = re.compile(r"\b(\w{3,})'s (?=(?:not|going|gonna|about|been|having|trying|a|in|on|dying|got)\b)")
_STRETCHED = re.compile(r"([a-z])\1{2,}")  # "soooo"
_MASKED = str.maketrans({"1": "i", "!": "i", "3": "e", "0": "o", "@": "a", "$": "s", "*": "i"})
_MASKED_WORD = re.compile(r"[a-z@$!*]*(?:[a-z][10@$!*3]|[10@$!*3][a-z])[a-z10@$!*3]*")
_LONG, _LONGER = 6, 9  # letters from which one slip, then two, still tell the word


def words_of(danger: Danger, sentence: str) -> tuple[list[str], frozenset[int]]:
    """Words without case or accents, and the positions of words that a comma follows."""
    folded = unicodedata.normalize("NFKD", sentence).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _APOSTROPHES.sub("'", folded)
    folded = _APOSTROPHED.sub(lambda found: " ".join(danger.spelled.get(found[0], (found[0],))), folded)
    folded = _WOULD.sub(r"\1 would", _WILL.sub(r"\1 will", folded))
    folded = _NOUN_IS.sub(r"\1 is ", folded)
    folded = _MASKED_WORD.sub(lambda found: _unmasked(danger, found[0]), folded)
    tokens: list[str] = []
    commas: set[int] = set()
    for word in _WORD_OR_COMMA.findall(folded.replace("'", "")):
        if not word[0].isalnum():
            commas.add(len(tokens) - 1)
        else:
            tokens.extend(_spelled(danger, word))
    return tokens, frozenset(commas)


def _spelled(danger: Danger, word: str) -> tuple[str, ...]:
    found = danger.spelled.get(word)
    if found is not None:
        return found
    if word.isdecimal():
        return (word,)
    short = _STRETCHED.sub(r"\1", word)
    if short != word:
        return danger.spelled.get(short) or (_mended(danger, short),)
    return (_mended(danger, word),)


def _unmasked(danger: Danger, word: str) -> str:
    """ "su1c1de" and "d!e" as they are meant, where that is one of the screen's words."""
    plain = word.translate(_MASKED)
    right = danger.spelled.get(word, ())
    return word if right or plain not in {*danger.mended, "kill", "die", "suicide", "suicidal"} else plain


def _mended(danger: Danger, word: str) -> str:
    """A long word of danger that was misspelt; other words as they are."""
    if len(word) < _LONG - 1 or word in danger.mended_not or word in danger.grammar.known:
        return word
    return _nearest(danger.mended, word) or word


@lru_cache(maxsize=4096)
def _nearest(known: tuple[str, ...], word: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if word in known:
        return word
    slips = 2 if len(word) >= _LONGER else 1
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    if found is None or found[0][0] != word[0] or len(found[0]) < _LONG:
        return None
    if found[1] > 1 and len(found[0]) < _LONGER:
        return None
    return found[0]
