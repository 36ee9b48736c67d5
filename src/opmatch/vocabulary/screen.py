"""A look through free text for words of danger, in English and Spanish.

It goes by weights learned from labelled sentences, by a second reading of what these leave open, and by a
chart's own signs, nothing more: it does not catch everything, and its silence says nothing about anybody's
safety.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

from opmatch.vocabulary.charted import charted
from opmatch.vocabulary.grams import unmasked, words_of
from opmatch.vocabulary.hearing import hearing
from opmatch.vocabulary.learned import learned
from opmatch.vocabulary.quiet import quiet
from opmatch.vocabulary.terms import Vocabulary

Alarm = Literal["stop", "notice"]
_SENTENCE_END = re.compile(r"[.!?;…\n\r]+")
_WORD = re.compile(r"\S+")
_RUN = re.compile(r"\w+")  # "a.b.c" has three: a text without spaces has no more sentences than are read
_WORDS_AT_ONCE: Final = 60
"""Longer texts are heard piece by piece: a cry in a long letter would be drowned."""
_STEP: Final = 30
_WORDS_READ_AGAIN: Final = 95
"""A text of no more is read again as a whole, whatever piece of it is open: that is how it was taught."""
_WORDS_READ: Final = 4000
"""What comes after so many is not heard, so that any text costs little."""


def screen(vocabulary: Vocabulary, text: str) -> Alarm | None:
    """ "stop" for words that read as danger now, "notice" for thoughts of dying, else None.

    Deterministic. A text is heard as a whole and sentence by sentence, so that nothing ordinary around a cry
    hides it; a sentence by itself has to say it more clearly.
    """
    if quiet(vocabulary, text):
        return None
    from_what = hearing()
    for beyond in islice(_RUN.finditer(text), _WORDS_READ, _WORDS_READ + 1):
        text = text[: beyond.start()]
    sentences = list(dict.fromkeys(one for one in _SENTENCE_END.split(text) if _RUN.search(one)))
    worst: Alarm | None = "notice" if any(map(charted, sentences)) else None
    again = from_what.read_again
    for some, least, within in (
        ([text], from_what.danger, again.within),
        (sentences if len(sentences) > 1 else [], from_what.danger_in_part, again.within_in_part),
    ):
        for piece, around in ((piece, part) for part in some for piece in _pieces(part)):
            danger, now = _heard(piece, around, least, within)
            if danger > least:
                if now > from_what.now:
                    return "stop"
                worst = "notice"
    return worst


def _heard(text: str, around: str, least: float, within: float) -> tuple[float, float]:
    """What speaks for danger, and for its happening now; read again where it is near to the least.

    `around` is what the text is a piece of.
    """
    words = words_of(text)
    danger, now = learned("danger").scores(words)
    again = hearing().read_again
    a_sentence = 2 * len(set(words)) >= len(words)  # a word said over and over is none, and was never taught
    if a_sentence and abs(danger - least) < within:
        from opmatch.vocabulary.second_reading import second_reader

        whole = around if len(around.split()) <= _WORDS_READ_AGAIN else text
        more, sooner = second_reader().odds(unmasked(whole))
        return danger + again.counts * more, now + again.counts_now * sooner
    return danger, now


def _pieces(text: str) -> Iterator[str]:
    """The text, in overlapping pieces where its words are many."""
    words = [found.span() for found in _WORD.finditer(text)]
    yield text[: words[:_WORDS_AT_ONCE][-1][1]] if words else text
    for start in range(_STEP, len(words) - _STEP, _STEP):
        piece = words[start : start + _WORDS_AT_ONCE]
        yield text[piece[0][0] : piece[-1][1]]
