"""Phrases written as in crisis.yaml, found in a list of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Positions of words, end exclusive."""

_MAX_GAP = 3  # words that a * may stand for
_GROUP = re.compile(r"<(\w+)>")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place of a phrase: these words (or a number, a year, any few words), perhaps left out."""

    words: frozenset[str] = frozenset()
    number: bool = False
    year: bool = False
    gap: bool = False
    optional: bool = False

    def takes(self, token: str) -> bool:
        if self.number:
            return token.isdecimal()
        return _YEAR.fullmatch(token) is not None if self.year else token in self.words


@dataclass(slots=True)
class Phrases:
    """Many phrases, kept by their first word so that a long text costs little."""

    by_word: dict[str, list[tuple[_Slot, ...]]] = field(default_factory=dict)
    by_number: list[tuple[_Slot, ...]] = field(default_factory=list)

    @staticmethod
    def of(lines: Iterable[str], groups: Mapping[str, str]) -> Phrases:
        """Reads phrases; raises ValueError for one that starts with a gap or names an unknown group."""
        phrases = Phrases()
        for line in lines:
            slots = tuple(_slot(part) for part in _GROUP.sub(lambda m: _group(groups, m[1]), line).split())
            if not slots or slots[0].gap or slots[0].optional:
                raise ValueError(f"phrase {line!r} has to start with a word")
            if slots[0].number or slots[0].year:
                phrases.by_number.append(slots)
            for word in slots[0].words:
                phrases.by_word.setdefault(word, []).append(slots)
        return phrases

    def spans(self, tokens: Sequence[str]) -> Iterator[Span]:
        """Where phrases stand, by their first word; the empty token is never part of one."""
        for start, token in enumerate(tokens):
            candidates = self.by_word.get(token, ())
            if token.isdecimal():
                candidates = (*candidates, *self.by_number)
            for slots in candidates:
                end = _end(slots, tokens, start)
                if end is not None:
                    yield start, end

    def found(self, tokens: Sequence[str]) -> bool:
        return next(self.spans(tokens), None) is not None


def _group(groups: Mapping[str, str], name: str) -> str:
    if name not in groups:
        raise ValueError(f"no group of words is called {name!r}")
    return groups[name]


def _slot(part: str) -> _Slot:
    if part == "*":
        return _Slot(gap=True)
    body = part.removesuffix("?")
    return _Slot(
        words=frozenset(body.split("|")),
        number=body == "#",
        year=body == "####",
        optional=body != part,
    )


def _end(slots: tuple[_Slot, ...], tokens: Sequence[str], at: int) -> int | None:
    """Where the phrase ends when it starts at `at`, the shortest way; None when it doesn't."""
    if not slots:
        return at
    slot, rest = slots[0], slots[1:]
    if slot.gap:
        for skip in range(_MAX_GAP + 1):
            if "" in tokens[at : at + skip]:
                return None
            end = _end(rest, tokens, at + skip)
            if end is not None:
                return end
        return None
    if at < len(tokens) and slot.takes(tokens[at]):
        end = _end(rest, tokens, at + 1)
        if end is not None:
            return end
    return _end(rest, tokens, at) if slot.optional else None
