"""Every phrase the screen for danger knows, in English and Spanish, ready to be looked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from opmatch.kept import kept_yaml
from opmatch.vocabulary.phrases import Phrases
from opmatch.vocabulary.terms import SafetyWords, Vocabulary

FILES = ("crisis_en", "crisis_es")
_LISTS = ("stop", "notice", "ordinary", "past", "gone", "present")


@dataclass(frozen=True, slots=True)
class Danger:
    """Phrase lists by name, one of each source (crisis.yaml, English, Spanish), and single words."""

    lists: dict[str, tuple[Phrases, ...]]
    denials: frozenset[str]
    stop_denials: frozenset[str]
    bridges: frozenset[str]
    others: frozenset[str]
    events: frozenset[str]
    recent_year: int
    together: dict[str, tuple[tuple[frozenset[str], ...], ...]]
    """Groups of words by alarm: all of them somewhere in a sentence are as good as a phrase."""

    def found(self, name: str, tokens: list[str]) -> bool:
        """Whether a phrase of the list stands in the tokens."""
        return any(phrases.found(tokens) for phrases in self.lists[name])


_KNOWN: dict[int, tuple[Vocabulary, Danger]] = {}


def danger(vocabulary: Vocabulary) -> Danger:
    """The phrases of a vocabulary and of the words files, read once."""
    known = _KNOWN.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        known = _KNOWN[id(vocabulary)] = (vocabulary, _built(vocabulary))
    return known[1]


def _built(vocabulary: Vocabulary) -> Danger:
    words: SafetyWords = vocabulary.crisis.words
    more = _more()
    lists = {
        name: (
            vocabulary.safety_phrases[name],
            *(Phrases.of(document["lists"].get(name, ()), document["groups"]) for document in more),
        )
        for name in _LISTS
    }

    def singles(name: str) -> frozenset[str]:
        return frozenset(word for document in more for word in document["lists"].get(name, ()))

    return Danger(
        lists=lists,
        denials=frozenset(words.denials) | singles("denials"),
        stop_denials=frozenset(words.stop_denials),
        bridges=frozenset(words.bridges) | singles("bridges"),
        others=frozenset(words.others) | singles("others"),
        events=frozenset(word for line in singles("events") for word in line.split("|")),
        together={
            alarm: tuple(
                _groups(line, document["groups"])
                for document in more
                for line in document["lists"].get(f"together_{alarm}", ())
            )
            for alarm in ("stop", "notice")
        },
        recent_year=vocabulary.crisis.reviewed.year - 1,
    )


def _groups(line: str, groups: dict[str, str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(groups[name.strip("<>")].split("|")) for name in line.split())


@cache
def _more() -> tuple[dict[str, Any], ...]:
    out = []
    for file in FILES:
        document = kept_yaml(f"vocabulary/words/{file}.yaml", dict[str, str])
        lists = {
            name: tuple(filter(None, map(str.strip, text.splitlines()))) for name, text in document.items()
        }
        groups = dict(line.split(": ", 1) for line in lists.pop("groups"))
        out.append({"groups": groups, "lists": lists})
    return tuple(out)
