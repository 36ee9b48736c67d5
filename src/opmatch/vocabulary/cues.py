"""Weighted phrases that tell what a text is about, found in its tokens whatever the inflection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from opmatch.pattern import pattern
from opmatch.vocabulary.tokens import BREAK, Token, Tongue, fold, stem, tokens

MAX_GAP = 3  # words that a * may stand for
NAME, SIGN, HINT = 3.0, 2.0, 1.0
_WEIGHT_OF = {"names": NAME, "signs": SIGN, "hints": HINT, "caps": NAME}
_GROUP = pattern(r"<(\w+)>")


class _Slot(Struct, frozen=True, array_like=True):
    stems: frozenset[str] = frozenset()
    number: bool = False
    gap: bool = False
    optional: bool = False


class Cue(Struct, frozen=True, array_like=True):
    """A phrase that leads to the term `id` with a weight; `capitals`: only as an abbreviation."""

    id: str
    weight: float
    slots: tuple[_Slot, ...]
    capitals: bool = False


class Hit(Struct, frozen=True):
    """A cue found at these positions of the text; words in its gaps aren't among them."""

    cue: Cue
    at: tuple[int, ...]
    spelled: bool = True  # False where a misspelt word was read as one of the cue's


@dataclass(slots=True)
class Cues:
    """Many cues of one language, kept by the stem of their first word."""

    tongue: Tongue
    by_stem: dict[str, list[Cue]] = field(default_factory=dict)
    by_number: list[Cue] = field(default_factory=list)
    stems: dict[str, dict[str, float]] = field(default_factory=dict)
    """Every stem, with the weight it has in the cues of each term."""

    def add(
        self, id_: str, weight: float, line: str, groups: Mapping[str, str], capitals: bool = False
    ) -> None:
        """Reads one phrase; ValueError for one that starts with a gap or names an unknown group."""
        parts = _GROUP.sub(lambda found: _words_of(groups, found[1]), line).split()
        slots = tuple(self._slot(part) for part in parts)
        if not slots or slots[0].gap or slots[0].optional:
            raise ValueError(f"phrase {line!r} has to start with a word")
        cue = Cue(id_, weight, slots, capitals)
        if slots[0].number:
            self.by_number.append(cue)
        for first in slots[0].stems:
            self.by_stem.setdefault(first, []).append(cue)
        for slot in slots:
            for one in slot.stems:
                weights = self.stems.setdefault(one, {})
                weights[id_] = max(weights.get(id_, 0.0), weight / len(slots))

    def hits(self, stems: Sequence[str], typed: Sequence[Token]) -> Iterator[Hit]:
        """Every cue in the text, at each place where it starts, found the shortest way."""
        for start, first in enumerate(stems):
            found = self.by_stem.get(first, ())
            if first.isdecimal():
                found = (*found, *self.by_number)
            for cue in found:
                if cue.capitals and not typed[start].capitals:
                    continue
                at = _match(cue.slots, stems, start)
                if at is not None:
                    yield Hit(cue, at)

    def _slot(self, part: str) -> _Slot:
        if part == "*":
            return _Slot(gap=True)
        body = part.removesuffix("?")
        stems = (
            frozenset() if body == "#" else frozenset(stem(fold(one), self.tongue) for one in body.split("|"))
        )
        return _Slot(stems=stems, number=body == "#", optional=body != part)


def read_cues(document: Mapping[str, Mapping[str, Mapping[str, str]]], section: str, cues: Cues) -> None:
    """Adds the phrases of one section of a words file: id, then grade, then a phrase a line."""
    groups: Mapping[str, str] = document.get("groups", {})  # type: ignore[assignment]
    for id_, grades in document.get(section, {}).items():
        for grade, lines in grades.items():
            for line in lines.splitlines():
                if line.strip():
                    cues.add(id_, _WEIGHT_OF[grade], line, groups, capitals=grade == "caps")


def add_plain(cues: Cues, id_: str, weight: float, texts: Iterable[str]) -> None:
    """Adds texts as they are: no signs have a meaning in them."""
    for text in texts:
        words = [token.word for token in tokens(text) if token.word != BREAK]
        if words:
            cues.add(id_, weight, " ".join(words), {})


def _words_of(groups: Mapping[str, str], name: str) -> str:
    if name not in groups:
        raise ValueError(f"no group of words is called {name!r}")
    return groups[name]


def _match(slots: tuple[_Slot, ...], stems: Sequence[str], at: int) -> tuple[int, ...] | None:
    if not slots:
        return ()
    slot, rest = slots[0], slots[1:]
    if slot.gap:
        for skip in range(MAX_GAP + 1):
            if BREAK in stems[at : at + skip]:
                return None
            found = _match(rest, stems, at + skip)
            if found is not None:
                return found
        return None
    here = stems[at] if at < len(stems) else BREAK
    if here != BREAK and (here.isdecimal() if slot.number else here in slot.stems):
        found = _match(rest, stems, at + 1)
        if found is not None:
            return (at, *found)
    return _match(rest, stems, at) if slot.optional else None
