"""The vocabulary as a catalog may use it: ids, exact labels and synonyms, never a guess."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from opmatch.vocabulary.index import Index, plain
from opmatch.vocabulary.terms import Kind, Vocabulary

_PLAN: Final = re.compile(r"private:[a-z0-9][a-z0-9-]*")
_NEAR_ENOUGH: Final = 80  # rapidfuzz score, 0 to 100
_SUGGESTIONS: Final = 2


class Words:
    """Looks up what a catalog wrote; case, hyphens and plurals don't count."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ids = {kind: {term.id: term.id for term in terms} for kind, terms in vocabulary.of_kind.items()}

    def id(self, kind: Kind, text: str) -> str | None:
        """The id of what `text` names exactly, or None. Any `private:plan` is a payer."""
        known = self._ids[kind].get(text)  # nearly always; the index is made only for the rest
        if known is not None:
            return known
        if kind == "payer" and _PLAN.fullmatch(text):
            return text
        found = self._index.find(kind, text)
        return None if found is None else found[0]

    def near(self, kind: Kind, text: str) -> tuple[str, ...]:
        """The ids of what `text` may have been meant as, the nearest first; none where nothing is near."""
        from rapidfuzz import fuzz, process

        id_of = dict(self._index.words.get(kind, ()))
        found = process.extract(
            plain(text), list(id_of), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=8
        )
        by_score = sorted(found, key=lambda hit: (-hit[1], hit[2]))
        return tuple(dict.fromkeys(id_of[word] for word, _score, _at in by_score))[:_SUGGESTIONS]

    @cached_property
    def _index(self) -> Index:
        kinds = {
            kind: tuple((term.id, term.label, term.synonyms) for term in terms)
            for kind, terms in self._vocabulary.of_kind.items()
        }
        return Index.of({str(kind): entries for kind, entries in kinds.items()}, {})
