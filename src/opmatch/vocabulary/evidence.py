"""Which needs a text is about: the phrases found in it and the weights of its words, put together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from opmatch.vocabulary.grams import words_of
from opmatch.vocabulary.hearing import hearing
from opmatch.vocabulary.learned import learned
from opmatch.vocabulary.small_words import small_words
from opmatch.vocabulary.taken import taken_terms
from opmatch.vocabulary.terms import Vocabulary
from opmatch.vocabulary.tokens import BREAK, Token
from opmatch.vocabulary.tongues import tongues
from opmatch.vocabulary.weigh import Weighed, denied_in

NO_NEED: Final = "-"
"""The outcome of texts about none: it takes its share of the evidence and is never a candidate."""
_LEFT_OUT: Final = "."
_FAINT: Final = 0.02  # a share under which a need is not worth naming
_TELLING_WORDS: Final = 3  # words that are shown where no phrase led to a need


class Evidence(Struct, frozen=True):
    """A need with its share of all evidence, 0 to 1, and the positions of the words that led to it."""

    id: str
    share: float
    at: tuple[int, ...]


def needs_in(text: str, typed: Sequence[Token], weighed: Sequence[Weighed]) -> tuple[Evidence, ...]:
    """The needs that phrases (`weighed`) and single words speak for, the strongest first; ties by id."""
    weights = learned("needs")
    words = _leading(_undenied(words_of(text), typed))
    if not weighed and not weights.knows(words):
        return ()
    phrases = {one.id: one for one in weighed}
    each = hearing().cue
    scores = {
        id_: score + (each * phrases[id_].weight if id_ in phrases else 0.0)
        for id_, score in zip(weights.outcomes, weights.scores(words), strict=True)
    }
    most = max(scores.values())
    chances = {id_: math.exp(score - most) for id_, score in scores.items()}
    whole = sum(chances.values())
    shares = {id_: chance / whole for id_, chance in chances.items() if id_ != NO_NEED}
    told = [id_ for id_ in shares if shares[id_] >= _FAINT]
    return tuple(
        Evidence(id_, shares[id_], phrases[id_].at if id_ in phrases else _telling(typed, id_))
        for id_ in sorted(told, key=lambda id_: (-shares[id_], id_))
    )


def taken_needs(
    vocabulary: Vocabulary, found: Sequence[Evidence], weighed: tuple[Weighed, ...]
) -> tuple[str, ...]:
    """The needs that can be taken without asking: the first, with others that are named outright beside it.

    None where they have less than a sure share of the evidence between them, or none clearly comes first.
    """
    if not found:
        return ()
    first = found[0]
    named = taken_terms(vocabulary, "need", weighed)
    others = tuple(id_ for id_ in named if id_ != first.id)
    taken = (first.id, *others) if first.id in named and first.share >= hearing().first else (first.id,)
    share = sum(one.share for one in found if one.id in taken)
    return taken if share >= hearing().sure else ()


def _undenied(words: list[str], typed: Sequence[Token]) -> list[str]:
    """The words but for what is denied; a Spanish "no" denies little but dying: "no puedo dormir"."""
    if len(words) != len(typed):
        return words  # masked letters were read as one word
    tongue = tongues(tuple(typed))[0]
    denied = denied_in(typed, tongue)
    if tongue == "es":
        deniers, wanting = small_words("listing") | {"sin"}, small_words("wanting")
        dying = small_words("dying")
        denied = {
            at: by
            for at, by in denied.items()
            if typed[by].word in deniers or typed[by + 1].word in wanting or typed[at].word in dying
        }
    return [_LEFT_OUT if at in denied or at in denied.values() else word for at, word in enumerate(words)]


def _leading(words: list[str]) -> list[str]:
    """What stands before "such as", whose kind has been named, and before "induced", which tells of what."""
    for at, word in enumerate(words):
        if at and (word == "induced" or words[at : at + 2] == ["such", "as"]):
            return words[:at]
    return words


def _telling(typed: Sequence[Token], id_: str) -> tuple[int, ...]:
    """The words that speak most for a need by themselves, small ones ("the", "mi") aside."""
    small = small_words("english") | small_words("spanish")
    words = ["" if token.word == BREAK or token.word in small else token.word for token in typed]
    return tuple(sorted(learned("needs").speaking_for(words, id_)[:_TELLING_WORDS]))
