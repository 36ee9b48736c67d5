"""A small grammar: classes of words, with lines of words, classes and gaps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from opmatch.pattern import pattern

Kind = Literal["word", "gap", "far", "filler", "end", "unless", "unless before"]
_SIGNS: dict[str, Kind] = {"*": "gap", "**": "far", "~": "filler", "$": "end"}
WIDTHLESS: frozenset[Kind] = frozenset({"end", "unless", "unless before"})
NUMBER, YEAR, END = "#", "####", "$"
_YEAR = pattern(r"(19|20)\d\d")
_SHORTEST_PREFIX = 3


class Slot(Struct, frozen=True, array_like=True):
    """One place of a line: these words or classes, or a gap, or what must not stand there."""

    kind: Kind = "word"
    words: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()
    optional: bool = False
    or_end: bool = False  # the end of a clause will do as well


Line = tuple[Slot, ...]


class Grammar(Struct, array_like=True):
    """Classes by name: their single words, and their lines where an expression takes several words.

    A class may use those that were added before it, so none can be part of itself.
    """

    words: dict[str, frozenset[str]] = field(default_factory=dict)
    lines: dict[str, tuple[Line, ...]] = field(default_factory=dict)
    filler: frozenset[str] = frozenset()
    clause_starts: frozenset[str] = frozenset()
    prefixes: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    """Every word that stands in a class or a line: none of them is a slip of the keys."""
    first_words: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, name: str, lines: Iterable[str]) -> None:
        """Adds a class; ValueError for a line that starts with a gap or names a class not added before."""
        single: set[str] = set()
        longer: list[Line] = []
        for text in lines:
            line = self.line(text)
            if len(line) == 1 and not line[0].classes and not line[0].optional:
                single |= line[0].words
            else:
                longer.append(line)
        self.words[name] = frozenset(single)
        self.lines[name] = tuple(longer)
        firsts = set(single)
        for line in longer:
            firsts |= self.firsts(line)
        self.first_words[name] = frozenset(firsts)

    def line(self, text: str) -> Line:
        """Reads one line."""
        line = tuple(self._slot(part) for part in text.split())
        if not self.firsts(line):
            raise ValueError(f"line {text!r} has to start with a word")
        return line

    def firsts(self, line: Line) -> frozenset[str]:
        """The words that the line can start with."""
        found: set[str] = set()
        for slot in line:
            if slot.kind in WIDTHLESS:
                continue
            if slot.kind != "word":
                return frozenset()
            found |= slot.words
            for name in slot.classes:
                found |= self.first_words[name]
            if not slot.optional:
                return frozenset(found)
        return frozenset()

    def firsts_of(self, name: str) -> frozenset[str]:
        """The words that expressions of a class can start with."""
        return self.first_words[name]

    def keys(self, token: str) -> tuple[str, ...]:
        """What a token is known by: itself, the prefixes it has, and that it is a number or a year."""
        out = [token]
        if token.isdecimal():
            out.append(NUMBER)
            if _YEAR.fullmatch(token):
                out.append(YEAR)
            return tuple(out)
        starts = (token[:end] for end in range(_SHORTEST_PREFIX, len(token) + 1))
        return (*out, *(f"{start}*" for start in starts if start in self.prefixes))

    def _slot(self, part: str) -> Slot:
        if part in _SIGNS:
            return Slot(_SIGNS[part])
        kind: Kind = "word"
        if part.startswith("-!"):
            kind, part = "unless before", part[2:]
        elif part.startswith("!"):
            kind, part = "unless", part[1:]
        body = part.removesuffix("?")
        words, classes = [], []
        for one in body.split("|"):
            if one.startswith("<") and one.endswith(">"):
                if one[1:-1] not in self.first_words:
                    raise ValueError(f"no class of words is called {one[1:-1]!r}")
                classes.append(one[1:-1])
            else:
                words.append(one)
        self.known.update(words)
        self.prefixes.update(word[:-1] for word in words if word.endswith("*"))
        return Slot(kind, frozenset(words) - {END}, tuple(classes), body != part, END in words)
