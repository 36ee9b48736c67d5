"""Exact look-up of the words of each kind, whatever their case, accents, hyphens and plurals."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from opmatch.pattern import pattern

Match = Literal["id", "label", "synonym"]
Entry = tuple[str, str, tuple[str, ...]]
"""A term's id, label and synonyms."""
Exact = dict[str, tuple[str, Match]]
"""Key to id, and how it was found."""
Words = tuple[tuple[str, str], ...]
"""Plain spellings, each with its id."""

_APOSTROPHES = pattern("['’‘ʼʻ`´]")
_NOT_WORD = pattern(r"[\W_]+")
_BRACKETS = pattern(r"\s*\(([^()]*)\)")
_CODE = pattern(r"[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?")
_SHORTEST_PLURAL = 4
"""Shorter words keep their s: "aas" is no plural, and "pes" isn't "pe"."""


def plain(text: str) -> str:
    """Lower case, no accents or apostrophes, words apart by one space, plurals as singulars."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_singular(word) for word in _NOT_WORD.split(_APOSTROPHES.sub("", folded)) if word)


def key(text: str) -> str:
    """What texts are compared by: `plain` without its spaces, so "self-harm" is "selfharm"."""
    return plain(text).replace(" ", "")


def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > _SHORTEST_PLURAL else word[:-1]


def spellings(label: str) -> tuple[str, ...]:
    """A label as it may be typed: whole, without its brackets, and what is in the brackets."""
    inside = tuple(part.strip() for found in _BRACKETS.findall(label) for part in (found,))
    outside = _BRACKETS.sub("", label).strip()
    return tuple(dict.fromkeys(part for part in (label, outside, *inside) if part))


class Index(Struct, frozen=True):
    """What texts of each kind mean exactly, and the words that misspelt ones are compared with.

    Earlier terms win a key that two share; ids win over labels, labels over synonyms.
    """

    exact: dict[str, Exact]
    words: dict[str, Words]
    codes: dict[str, str]  # code prefix without the dot to need

    @staticmethod
    def of(kinds: Mapping[str, tuple[Entry, ...]], codes: Mapping[str, str]) -> Index:
        exact: dict[str, Exact] = {}
        words: dict[str, Words] = {}
        for kind, entries in kinds.items():
            spelled: dict[str, str] = {}
            found = exact[kind] = {}
            for how in ("id", "label", "synonym"):
                for entry in entries:
                    for text in texts(entry, how):
                        simple = plain(text)
                        found.setdefault(simple.replace(" ", ""), (entry[0], how))
                        spelled.setdefault(simple, entry[0])
            words[kind] = tuple(spelled.items())
        return Index(exact, words, {prefix.replace(".", ""): need for prefix, need in codes.items()})

    def find(self, kind: str, text: str) -> tuple[str, Match] | None:
        """The id that `text` means exactly, and how."""
        return self.exact[kind].get(key(text))


def is_code(text: str) -> bool:
    """Whether the text is one ICD-10-CM code, with or without its dot."""
    return _CODE.fullmatch(text.strip().upper()) is not None


def texts(entry: Entry, how: Match) -> tuple[str, ...]:
    """The words of one term that count as `how`."""
    term, label, synonyms = entry
    if how == "id":
        return (term,)
    return spellings(label) if how == "label" else synonyms
