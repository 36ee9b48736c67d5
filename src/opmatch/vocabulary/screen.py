"""A look through free text for words of danger, in English and Spanish.

It goes by weights learned from labelled sentences and by a chart's own signs, nothing more: it does
not catch everything, and its silence says nothing about anybody's safety.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from opmatch.vocabulary.charted import charted
from opmatch.vocabulary.grams import SENTENCE_ENDS, words_of
from opmatch.vocabulary.hearing import hearing
from opmatch.vocabulary.learned import learned
from opmatch.vocabulary.quiet import quiet
from opmatch.vocabulary.terms import Vocabulary
from opmatch.vocabulary.tokens import tokens
from opmatch.vocabulary.tongues import tongues

Alarm = Literal["stop", "notice"]
_SENTENCE_END = re.compile(r"[.!?;\n\r]+")
_WORDS_AT_ONCE: Final = 60
"""Longer texts are heard piece by piece: a cry in a long letter would be drowned."""
_STEP: Final = 30


def screen(vocabulary: Vocabulary, text: str) -> Alarm | None:
    """ "stop" for words that read as danger now, "notice" for thoughts of dying, else None.

    Deterministic. A text is heard as a whole and sentence by sentence, so that nothing ordinary around a cry
    hides it; a sentence by itself has to say it more clearly.
    """
    if quiet(vocabulary, text):
        return None
    from_what = hearing()
    words = words_of(text)
    parts = [*_pieces(words)], [one for sentence in _sentences(words) for one in _pieces(sentence)]
    worst: Alarm | None = "notice" if any(map(charted, _SENTENCE_END.split(text))) else None
    tongue = tongues(tuple(tokens(text)))[0]
    for pieces, least in zip(parts, (from_what.danger[tongue], from_what.danger_in_part), strict=True):
        for piece in pieces:
            danger, now = learned("danger").scores(piece)
            if danger > least:
                if now > from_what.now:
                    return "stop"
                worst = "notice"
    return worst


def _sentences(words: list[str]) -> Iterator[list[str]]:
    """The sentences, where they are several."""
    sentence: list[str] = []
    for at, word in enumerate(words):
        sentence.append(word)
        if word in SENTENCE_ENDS and (len(sentence) > 1 or at):
            yield sentence
            sentence = []
    if sentence and len(sentence) < len(words):
        yield sentence


def _pieces(words: list[str]) -> Iterator[list[str]]:
    """The words, in overlapping pieces where they are many."""
    yield words[:_WORDS_AT_ONCE]
    for start in range(_STEP, len(words) - _STEP, _STEP):
        yield words[start : start + _WORDS_AT_ONCE]
