"""The classes and frames of words/crisis_*.yaml, ready to be looked for in sentences."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct

from opmatch import shipped
from opmatch.kept import kept
from opmatch.vocabulary.grammar import Grammar
from opmatch.vocabulary.phrases import Lines

FILES = ("crisis_en", "crisis_es")
FRAMES = ("stop", "scene", "notice", "topic")
_NAMED = (*FRAMES, "ordinary")
_CODE = tuple(f"vocabulary/{module}.py" for module in ("danger", "grammar", "phrases"))
_PLAIN = ("explained", "past", "gone", "present")


class Danger(Struct, frozen=True):
    """What one language knows of danger."""

    grammar: Grammar
    frames: dict[str, Lines]
    """stop, scene, notice and topic, ordinary, and what explains or dates a sentence."""
    together: tuple[tuple[str, ...], ...]
    """Classes that are as good as a scene when all of them stand somewhere in a text."""
    softens: frozenset[str]
    """Frames that a fear or a thought before them makes less than happening now."""
    softeners: frozenset[str]
    denials: frozenset[str]
    stop_denials: frozenset[str]
    bridges: frozenset[str]
    events: frozenset[str]
    others: frozenset[str]
    spelled: dict[str, tuple[str, ...]]
    mended: tuple[str, ...]
    mended_not: frozenset[str]


@cache
def dangers() -> tuple[Danger, ...]:
    """Each language's, read once."""
    return tuple(_kept(file) for file in FILES)


def _kept(file: str) -> Danger:
    path = f"vocabulary/words/{file}.yaml"
    return kept(file, Danger, (path, *_CODE), lambda: _read(shipped.yaml_document(path)))


def _read(document: dict[str, Any]) -> Danger:
    grammar = Grammar()
    for name, words in document["words"].items():
        grammar.add(name, words.split())
    for name, text in document["expressions"].items():
        grammar.add(name, _lines(text))
    grammar.filler = grammar.words["filler"]
    grammar.clause_starts = grammar.words["clause_starts"]
    frames = {
        name: Lines.of(grammar, {frame: _lines(text) for frame, text in document[name].items()})
        for name in _NAMED
    }
    frames.update((name, Lines.of(grammar, {name: _lines(document[name])})) for name in _PLAIN)

    def words_of(name: str) -> frozenset[str]:
        return frozenset(str(document[name]).split())

    return Danger(
        grammar=grammar,
        frames=frames,
        together=tuple(
            tuple(name.strip("<>") for name in line.split()) for line in _lines(document["together_scene"])
        ),
        softens=words_of("softens"),
        softeners=words_of("softeners"),
        denials=words_of("denials"),
        stop_denials=words_of("denials") | words_of("stop_denials"),
        bridges=words_of("bridges"),
        events=words_of("events"),
        others=words_of("others"),
        spelled={str(word): tuple(right.split()) for word, right in document["spelled"].items()},
        mended=tuple(document["mended"].split()),
        mended_not=words_of("mended_not"),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
