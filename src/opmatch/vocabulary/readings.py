"""How one text about a need is understood, with what else it could have meant."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from opmatch.errors import UnknownTermError
from opmatch.vocabulary.index import plain
from opmatch.vocabulary.resolve import resolve
from opmatch.vocabulary.screen import Alarm, screen
from opmatch.vocabulary.terms import Vocabulary


class Candidate(Struct, frozen=True, kw_only=True):
    """A need the text may mean: `score` 0 to 1, `matched` the words of the text that led to it."""

    id: str
    label: str
    score: float
    matched: tuple[str, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """What `find` makes of the text: `sure` when it takes the first candidate, else they are suggestions.

    `declined` is for a code that is known and not a need; `crisis` is whether the words are about danger,
    `alarm` how urgently.
    """

    text: str
    sure: bool
    candidates: tuple[Candidate, ...]
    declined: dict[str, Any] | None
    crisis: bool
    alarm: Alarm | None


def read_need(vocabulary: Vocabulary, text: str) -> Reading:
    """The reading of a word, a phrase or an ICD-10-CM code; no text is an error."""
    alarm = screen(vocabulary, text)
    ids: tuple[str, ...]
    try:
        found = resolve(vocabulary, "need", text)
        sure, ids, score = True, (found.id,), (None if found.how == "spelling" else 1.0)
    except UnknownTermError as error:
        sure, ids, score = False, error.suggestions, None
    candidates = (_candidate(vocabulary, id_, text, score) for id_ in ids)
    return Reading(
        text=text,
        sure=sure,
        candidates=tuple(sorted(candidates, key=lambda one: -one.score)),
        declined=None,
        crisis=alarm is not None,
        alarm=alarm,
    )


def _candidate(vocabulary: Vocabulary, need: str, text: str, score: float | None) -> Candidate:
    """`score` None is worked out from the likeness to the nearest spelling of the need."""
    from rapidfuzz import fuzz

    typed = plain(text)
    spellings = [word for word, id_ in vocabulary.index.words["need"] if id_ == need]
    nearest = max(spellings, key=lambda word: fuzz.token_ratio(typed, word))
    known = nearest.split()
    # A misspelt word led there as much as one that is spelled right.
    matched = tuple(word for word in typed.split() if any(fuzz.ratio(word, one) >= 75 for one in known))
    return Candidate(
        id=need,
        label=vocabulary.label("need", need),
        score=score if score is not None else round(fuzz.token_ratio(typed, nearest) / 100, 2),
        matched=matched or (text.strip(),),
    )
