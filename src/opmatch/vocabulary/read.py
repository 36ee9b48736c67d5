"""Free text to vocabulary terms: what it is about, how sure that is, and the words that led there."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from opmatch.vocabulary.coded import declined_words, read_codes
from opmatch.vocabulary.codes import codes_alone, named_declined
from opmatch.vocabulary.cuebook import SECTION_OF as SECTION_OF
from opmatch.vocabulary.cuebook import weigh_text
from opmatch.vocabulary.evidence import needs_in, taken_needs
from opmatch.vocabulary.index import plain
from opmatch.vocabulary.reading import MAX_CANDIDATES, Candidate
from opmatch.vocabulary.reading import Reading as Reading
from opmatch.vocabulary.screen import screen
from opmatch.vocabulary.taken import MAX_TAKEN, taken_terms
from opmatch.vocabulary.terms import Kind, Vocabulary
from opmatch.vocabulary.tokens import Token

FAINT = 0.05  # weight under which a term is not worth naming
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\band\b|\by\b)\s*", re.IGNORECASE)
SHORT_WORDS = 3  # up to these a text may be one misspelt term


def read(vocabulary: Vocabulary, kind: Kind, text: str) -> Reading:
    """The reading of any text as one kind of term. Deterministic; never raises."""
    alarm = screen(vocabulary, text)
    return replace(read_terms(vocabulary, kind, text), crisis=alarm is not None, alarm=alarm)


def read_terms(vocabulary: Vocabulary, kind: Kind, text: str) -> Reading:
    """The reading without the screen, for texts that have been screened."""
    candidates, taken, declined = _read(vocabulary, kind, text)
    return Reading(
        text=text,
        sure=bool(taken),
        candidates=candidates,
        declined=declined,
        crisis=False,
        alarm=None,
        taken=taken,
        coded=kind == "need" and bool(codes_alone(text)),
    )


def near_miss(vocabulary: Vocabulary, kind: Kind, text: str) -> str | None:
    """The term that a few words clearly misspell."""
    from opmatch.vocabulary.resolve import clear_near_miss

    found = clear_near_miss(vocabulary, kind, text)
    return None if found is None else found[0]


def _read(
    vocabulary: Vocabulary, kind: Kind, text: str
) -> tuple[tuple[Candidate, ...], tuple[str, ...], dict[str, Any] | None]:
    exact = vocabulary.index.find(kind, text)
    if exact is not None and not (kind == "payer" and exact[1] == "synonym"):
        return _one(vocabulary, kind, exact[0], text, 1.0)
    if kind == "need":
        found = read_codes(vocabulary, text)
        if found is not None:
            return found
        named = named_declined(text)
        if named is not None:
            return (), (), named.as_data(named.code)
        listed = _listed(vocabulary, text)
        if len(listed) > 1:
            return tuple(_one(vocabulary, kind, *one, 1.0)[0][0] for one in listed), _ids(listed), None
    weighed, typed = weigh_text(vocabulary, kind, text)
    if exact is not None:
        also = taken_terms(vocabulary, kind, weighed)
        if exact[0] not in also:  # only "no insurance" and the like mean more than the term they are exactly
            return _one(vocabulary, kind, exact[0], text, 1.0)
    elif len(text.split()) <= SHORT_WORDS and (near := near_miss(vocabulary, kind, text)) is not None:
        from rapidfuzz import fuzz

        spelled = [word for word, id_ in vocabulary.index.words[kind] if id_ == near]
        return _one(
            vocabulary,
            kind,
            near,
            text,
            round(max(fuzz.ratio(plain(text), word) for word in spelled) / 100, 2),
        )
    if kind != "need":
        candidates = (
            _candidate(vocabulary, kind, one.id, one.weight / (one.weight + 1.0), one.at, typed)
            for one in weighed[:MAX_CANDIDATES]
            if one.weight >= FAINT
        )
        return tuple(candidates), taken_terms(vocabulary, kind, weighed), None
    evidence = needs_in(text, typed, weighed)
    candidates = (
        _candidate(vocabulary, kind, one.id, one.share, one.at, typed) for one in evidence[:MAX_CANDIDATES]
    )
    declined = declined_words(typed, weighed)
    return tuple(candidates), () if declined else taken_needs(vocabulary, evidence, weighed), declined


def _listed(vocabulary: Vocabulary, text: str) -> tuple[tuple[str, str], ...]:
    """The needs of a list of nothing but their names, each with its own words; else none."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        exact = vocabulary.index.find("need", part)
        if exact is None:
            return ()
        found.setdefault(exact[0], part)
    return tuple(found.items())[:MAX_TAKEN]


def _ids(listed: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(id_ for id_, _ in listed)


def _one(
    vocabulary: Vocabulary, kind: Kind, id_: str, text: str, score: float
) -> tuple[tuple[Candidate, ...], tuple[str, ...], None]:
    label = vocabulary.label(kind, id_)
    return (Candidate(id=id_, label=label, score=score, matched=tuple(text.split())),), (id_,), None


def _candidate(
    vocabulary: Vocabulary, kind: Kind, id_: str, score: float, at: tuple[int, ...], typed: tuple[Token, ...]
) -> Candidate:
    words = dict.fromkeys(typed[one].typed for one in at)
    return Candidate(id=id_, label=vocabulary.label(kind, id_), score=round(score, 2), matched=tuple(words))
