"""The vocabulary as a catalog may use it: ids, exact labels and synonyms, never a guess."""

from __future__ import annotations

import re
from typing import Final

from opmatch.vocabulary.terms import Kind, Vocabulary

_PLAN: Final = re.compile(r"private:[a-z0-9][a-z0-9-]*")
_NEAR_ENOUGH: Final = 78  # rapidfuzz score, 0 to 100
_SUGGESTIONS: Final = 2


class Words:
    """Looks up what a catalog wrote; case and white space don't count."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._index = {kind: _index(vocabulary, kind) for kind in vocabulary.of_kind}

    def id(self, kind: Kind, text: str) -> str | None:
        """The id of what `text` names exactly, or None. Any `private:plan` is a payer."""
        index = self._index[kind]
        found = index.get(text)
        if found is None:
            folded = _fold(text)
            found = index.get(folded)
            if found is None and kind == "payer" and _PLAN.fullmatch(folded):
                return folded
        return found

    def near(self, kind: Kind, text: str) -> tuple[str, ...]:
        """The ids of what `text` may have been meant as, the nearest first; none where nothing is near."""
        from rapidfuzz import fuzz, process

        index = self._index[kind]
        found = process.extract(
            _fold(text), list(index), scorer=fuzz.WRatio, score_cutoff=_NEAR_ENOUGH, limit=8
        )
        by_score = sorted(found, key=lambda hit: (-hit[1], hit[2]))
        return tuple(dict.fromkeys(index[word] for word, _score, _at in by_score))[:_SUGGESTIONS]


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _index(vocabulary: Vocabulary, kind: Kind) -> dict[str, str]:
    terms = vocabulary.of_kind[kind]
    index = {_fold(term.id): term.id for term in terms}
    for term in terms:
        index.setdefault(_fold(term.label), term.id)
    claims: dict[str, set[str]] = {}
    for term in terms:
        for synonym in term.synonyms:
            claims.setdefault(_fold(synonym), set()).add(term.id)
    for synonym, ids in sorted(claims.items()):
        if len(ids) == 1:  # a word two terms answer to names neither
            index.setdefault(synonym, min(ids))
    return index
