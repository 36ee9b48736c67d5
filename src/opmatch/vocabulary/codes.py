"""ICD-10-CM codes in a text: single ones, lists and ranges, each a need or declined by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from opmatch.kept import kept_yaml
from opmatch.pattern import pattern
from opmatch.vocabulary.index import key
from opmatch.vocabulary.terms import Vocabulary

_CODE = r"[A-TV-Z]\d[0-9AB](?:\.?[0-9A-Z]{1,4})?"
_CODES = pattern(rf"\b({_CODE})\b(?:\s*(?:-|–|—|\bto\b|\bthrough\b)\s*({_CODE})\b)?", re.IGNORECASE)
_LIST = pattern(
    rf"\s*(?:(?:icd[- ]?10(?:[- ]?cm)?|dx|code|codes|diagnosis)\b[\s:]*)?"
    rf"{_CODE}(?:\s*(?:[,;/&+|-]|–|—|\bto\b|\bthrough\b|\band\b|\s)\s*{_CODE})*\s*[.,;]?\s*",
    re.IGNORECASE,
)
_DOT_AFTER = 3
_MAX_CODES = 40  # of a text


class Declined(Struct, frozen=True, kw_only=True):
    """A code that is known and is not a need here: why, and what to look for instead."""

    code: str
    label: str
    reason: str
    look_for: str
    words: tuple[str, ...] = ()

    def as_data(self, code: str) -> dict[str, Any]:
        """The names other tools depend on, for the code as it was asked."""
        return {"code": code, "label": self.label, "reason": self.reason, "look_for": self.look_for}


class CodeWords(Struct, frozen=True, kw_only=True):
    """What words/codes.yaml holds."""

    needs: dict[str, tuple[str, ...]]
    declined: tuple[Declined, ...]
    chapters: dict[str, str]


@cache
def code_words() -> CodeWords:
    """Codes beyond those of needs.yaml, read once."""
    return kept_yaml("vocabulary/words/codes.yaml", CodeWords)


@cache
def _by_words() -> dict[str, Declined]:
    return {key(word): one for one in code_words().declined for word in (one.label, *one.words)}


def named_declined(text: str) -> Declined | None:
    """What is declined under exactly this name."""
    return _by_words().get(key(text))


def codes_alone(text: str) -> tuple[tuple[str, str], ...]:
    """The codes of a text of nothing but codes, as (first, last) of each range; else empty."""
    return tuple(codes_in(text)) if _LIST.fullmatch(text) else ()


def codes_in(text: str) -> Iterator[tuple[str, str]]:
    """Codes standing in a text: (code, code), or (first, last) for a range."""
    for count, found in enumerate(_CODES.finditer(text)):
        if count >= _MAX_CODES:
            return
        first = _dotted(found[1])
        yield first, _dotted(found[2]) if found[2] else first


def place_code(vocabulary: Vocabulary, code: str) -> str | Declined:
    """The need of a code, or why there is none; the longest prefix over both files decides."""
    bare = code.replace(".", "").upper()
    for end in range(len(bare), 2, -1):
        found = _prefixes(vocabulary).get(bare[:end])
        if found is not None:
            return found
    about = code_words().chapters.get(bare[:1], "something else")
    return Declined(
        code=code,
        label=f"a code for {about}",
        reason="It isn't a mental-health or substance-use need that this vocabulary knows.",
        look_for="The problem in words, or the medical service the code belongs to.",
    )


def place_range(vocabulary: Vocabulary, first: str, last: str) -> tuple[str, ...]:
    """The needs whose codes lie in a range of categories, by how many of them do; F32-F33 is depression."""
    low, high = first.replace(".", "")[:3], last.replace(".", "")[:3]
    found: dict[str, int] = {}
    for prefix, placed in _prefixes(vocabulary).items():
        if isinstance(placed, str) and low <= prefix[:3] <= high:
            found[placed] = found.get(placed, 0) + (2 if len(prefix) == _DOT_AFTER else 1)
    return tuple(sorted(found, key=lambda need: (-found[need], need)))


_TABLES: dict[int, tuple[Vocabulary, dict[str, str | Declined]]] = {}


def _prefixes(vocabulary: Vocabulary) -> dict[str, str | Declined]:
    known = _TABLES.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        table: dict[str, str | Declined] = {one.code.replace(".", ""): one for one in code_words().declined}
        for need, codes in code_words().needs.items():
            table.update((code.replace(".", ""), need) for code in codes)
        for term in vocabulary.needs:
            table.update((code.replace(".", ""), term.id) for code in term.icd10cm)
        known = _TABLES[id(vocabulary)] = (vocabulary, table)
    return known[1]


def _dotted(code: str) -> str:
    bare = code.upper().replace(".", "")
    return f"{bare[:_DOT_AFTER]}.{bare[_DOT_AFTER:]}" if len(bare) > _DOT_AFTER else bare
