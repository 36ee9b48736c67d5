"""Lines of a grammar found in the words of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as own

from msgspec import Struct, field

from opmatch.vocabulary.grammar import WIDTHLESS, Grammar, Kind, Line, Slot

Span = tuple[int, int]
"""Positions of words, end exclusive."""

_REACH: dict[Kind, int] = {"gap": 3, "far": 7, "filler": 6}


@dataclass(slots=True)
class Sentence:
    """The words of a sentence with the positions that a comma follows, matched against one grammar."""

    grammar: Grammar
    tokens: Sequence[str]
    commas: frozenset[int] = frozenset()
    keys: list[tuple[str, ...]] = own(init=False)
    _known: dict[tuple[str, int], tuple[int, ...]] = own(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = [self.grammar.keys(token) for token in self.tokens]

    def is_a(self, at: int, name: str) -> bool:
        """Whether the single word at this position belongs to a class."""
        words = self.grammar.words.get(name, frozenset())
        return any(key in words for key in self.keys[at])

    def places_of(self, name: str) -> Iterator[Span]:
        """Where expressions of a class stand."""
        firsts = self.grammar.firsts_of(name)
        for start, keys in enumerate(self.keys):
            if not firsts.isdisjoint(keys):
                for end in self.ends_of(name, start)[-1:]:
                    yield start, end

    def end_of(self, line: Line, start: int) -> int | None:
        """Where the line ends when it starts here, the shortest way; None when it doesn't."""
        return next(self._ends(line, 0, start), None)

    def ends_of(self, name: str, start: int) -> tuple[int, ...]:
        """Where expressions of a class end that start here."""
        known = self._known.get((name, start))
        if known is None:
            found: list[int] = [start + 1] if self.is_a(start, name) else []
            for line in self.grammar.lines[name]:
                end = self.end_of(line, start)
                if end is not None and end not in found:
                    found.append(end)
            known = self._known[name, start] = tuple(sorted(found, reverse=True))
        return known

    def _ends(self, line: Line, place: int, at: int) -> Iterator[int]:
        if place == len(line):
            yield at
            return
        slot = line[place]
        if slot.kind == "word":
            if at < len(self.tokens):
                for end in self._taken(slot, at):
                    yield from self._ends(line, place + 1, end)
            if slot.optional or (slot.or_end and self._at_end(at)):
                yield from self._ends(line, place + 1, at)
        elif slot.kind in WIDTHLESS:
            if self._holds(slot, at):
                yield from self._ends(line, place + 1, at)
        else:
            for skip in range(_REACH[slot.kind] + 1):
                if skip and not self._skips(slot.kind, at + skip - 1):
                    return
                yield from self._ends(line, place + 1, at + skip)

    def _taken(self, slot: Slot, at: int) -> Iterator[int]:
        if any(key in slot.words for key in self.keys[at]):
            yield at + 1
        for name in slot.classes:
            yield from self.ends_of(name, at)

    def _holds(self, slot: Slot, at: int) -> bool:
        if slot.kind == "end":
            return self._at_end(at)
        if slot.kind == "unless before":
            return at == 0 or next(self._taken(slot, at - 1), None) is None
        return at >= len(self.tokens) or next(self._taken(slot, at), None) is None

    def _at_end(self, at: int) -> bool:
        """Whether a clause ends before the word here."""
        return (
            at >= len(self.tokens) or at - 1 in self.commas or self.tokens[at] in self.grammar.clause_starts
        )

    def _skips(self, kind: Kind, at: int) -> bool:
        """Whether a gap may stand for the word here: near gaps end at commas, fillers are of their class."""
        if at >= len(self.tokens):
            return False
        if kind == "filler":
            return self.tokens[at] in self.grammar.filler
        return kind == "far" or at not in self.commas


class Lines(Struct, array_like=True):
    """Named lines of a grammar, found by the words they can start with so that a text costs little."""

    lines: list[tuple[str, Line]] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=dict)

    @staticmethod
    def of(grammar: Grammar, named: Mapping[str, Iterable[str]]) -> Lines:
        found = Lines()
        for name, texts in named.items():
            for text in texts:
                line = grammar.line(text)
                for word in sorted(grammar.firsts(line)):
                    found.by_word.setdefault(word, []).append(len(found.lines))
                found.lines.append((name, line))
        return found

    def spans(self, sentence: Sentence) -> Iterator[tuple[str, Span]]:
        """Where lines stand, by their first word, each with its name."""
        for start, keys in enumerate(sentence.keys):
            for key in keys:
                for place in self.by_word.get(key, ()):
                    name, line = self.lines[place]
                    end = sentence.end_of(line, start)
                    if end is not None:
                        yield name, (start, end)

    def found(self, sentence: Sentence) -> bool:
        return next(self.spans(sentence), None) is not None
