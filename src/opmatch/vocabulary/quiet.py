"""Texts that need no look for words of danger: nothing is said in them."""

from __future__ import annotations

from typing import Final

from opmatch.vocabulary.terms import Vocabulary

_WORDLESS: Final = frozenset("0123456789-+,. ")  # a ZIP, a point
_TELLING: Final = frozenset({"suicidal-thoughts", "imminent-risk"})
"""Terms whose bare names the screen may answer to."""


def quiet(vocabulary: Vocabulary, text: str) -> bool:
    """Whether a text is without words, or nothing but a term's own words that aren't about danger.

    Whatever is quiet the screen finds nothing in; only, to know that, its phrases needn't be read.
    """
    if _WORDLESS.issuperset(text):
        return True
    name = text.strip()
    return any(
        term.id not in _TELLING and (name in (term.id, term.label) or name in term.synonyms)
        for terms in vocabulary.of_kind.values()
        for term in terms
    )
