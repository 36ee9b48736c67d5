"""A look through free text for words of danger, in English and Spanish.

It knows the frames of words/crisis_*.yaml and simple ways of denying, dating and explaining them, nothing
more: it does not catch everything, and its silence says nothing about anybody's safety.
"""

from __future__ import annotations

import re
from typing import Literal

from opmatch.vocabulary.charted import charted
from opmatch.vocabulary.danger import FRAMES, Danger, dangers
from opmatch.vocabulary.phrases import Sentence, Span
from opmatch.vocabulary.quiet import quiet
from opmatch.vocabulary.spelling import words_of
from opmatch.vocabulary.terms import Vocabulary

Alarm = Literal["stop", "notice"]
_SENTENCE_END = re.compile(r"[.!?;\n\r]+")
_BRIDGED_AT_MOST = 10  # words between a denial and what it denies; also keeps long texts cheap
_OTHERS_WITHIN = 5  # words before a frame in which somebody else is looked for
_EVENT_WITHIN = 2  # words around a frame in which an attempt or an overdose is looked for
_SOFTENED_WITHIN = 3  # words before a frame in which a fear or a thought is looked for
_MOSTLY = 0.5  # of a frame of danger now: less of it may be everyday without setting it aside
_TOGETHER_WITHIN = 30  # words over which signs make sense together
_RECENTLY = "recently"  # stands for a year that isn't long gone
_SELVES = frozenset({"himself", "herself", "themselves"})
_MAX_WORDS = 4000  # of a text; what comes after is not read, so that any text costs little


def screen(vocabulary: Vocabulary, text: str) -> Alarm | None:
    """ "stop" for words that read as danger now, "notice" for thoughts of dying, else None.

    Deterministic. Sentences are looked at one by one; a denial ("no suicidal thoughts") counts only right
    before a frame, the past ("overdosed last year") softens a stop to a notice, and what happened years ago
    ("attempt in 2015") raises nothing.
    """
    if quiet(vocabulary, text):
        return None
    recent_year = vocabulary.crisis.reviewed.year - 1
    worst: Alarm | None = None
    looked = [_Looked(danger, text, recent_year) for danger in dangers()]
    if any(one.together() for one in looked):
        return "stop"
    sentences = [one for one in _SENTENCE_END.split(text) if one.strip()]
    if len(sentences) > 1 and any(one.alarm() == "stop" for one in looked):
        return "stop"  # what is said over two sentences: "This is it. Goodbye."
    for sentence in sentences:
        alarm: Alarm | None = "notice" if charted(sentence) else None
        for danger in dangers():
            alarm = _worse(alarm, _Looked(danger, sentence, recent_year).alarm())
        if alarm == "stop":
            return "stop"
        worst = worst or alarm
    return worst


def _worse(one: Alarm | None, other: Alarm | None) -> Alarm | None:
    return "stop" if "stop" in (one, other) else one or other


class _Looked:
    """One sentence in one language: what stands in it, and what that says together."""

    def __init__(self, danger: Danger, text: str, recent_year: int) -> None:
        tokens, commas = words_of(danger, text)
        tokens = [
            _RECENTLY if len(one) == 4 and one.isdecimal() and 2099 >= int(one) >= recent_year else one
            for one in tokens[:_MAX_WORDS]
        ]
        self.danger, self.tokens, self.commas = danger, tokens, commas
        self.sentence = Sentence(danger.grammar, tokens, commas)

    def alarm(self) -> Alarm | None:
        """The frames that count, the gravest first; the past softens, long ago and an explanation lift."""
        found = {name: self._spans(name) for name in FRAMES}
        if not any(found.values()):
            return None
        self.ordinary = self._everyday_spans()
        present = self._has("present")
        self.gone = not present and self._has("gone")
        past = self.gone or (not present and self._has("past"))
        explained = self._has("explained")
        scenes = () if explained or past else found["scene"]
        if not past and any(
            self._counts(span, self.danger.stop_denials, _MOSTLY) and not self._softened(name, span)
            for name, span in (*found["stop"], *scenes)
        ):
            return "stop"
        thought = [*found["stop"], *scenes, *found["notice"], *(() if explained else found["topic"])]
        return "notice" if any(self._counts(span, self.danger.denials) for _, span in thought) else None

    def together(self) -> bool:
        """Whether signs that say little alone stand beside one another, none of them everyday or long ago."""
        for names in self.danger.together:
            places = [list(self.sentence.places_of(name)) for name in names]
            if not all(places) or not _apart(places):
                continue
            self.ordinary = self._everyday_spans()
            free = [[one for one in own if not self._everyday(one)] for own in places]
            dated = self._has("gone") or (not self._has("present") and self._has("past"))
            if all(free) and _apart(free) and not dated and not self._has("explained"):
                return True
        return False

    def _everyday_spans(self) -> list[Span]:
        """Everyday meanings, each up to the turn of the sentence: "not suicidal but I want to die"."""
        turns = self.danger.grammar.words["turns"]
        out = []
        for _, (start, end) in self._spans("ordinary"):
            turn = next((at for at in range(start + 1, end) if self.tokens[at] in turns), end)
            if not self._just_now((start, turn)):
                out.append((start, turn))
        return out

    def _everyday(self, span: Span) -> bool:
        return any(_explains(one, span) for one in self.ordinary) or self._denied(span, self.danger.denials)

    def _spans(self, name: str) -> list[tuple[str, Span]]:
        return list(self.danger.frames[name].spans(self.sentence))

    def _softened(self, name: str, span: Span) -> bool:
        """Whether a fear or a thought stands before what is told: "scared I'll kill myself"."""
        if name not in self.danger.softens:
            return False
        before = range(max(0, span[0] - _SOFTENED_WITHIN), span[0])
        return any(not self.danger.softeners.isdisjoint(self.sentence.keys[at]) for at in before)

    def _has(self, name: str) -> bool:
        return self.danger.frames[name].found(self.sentence)

    def _counts(self, span: Span, deniers: frozenset[str], share: float = 0.0) -> bool:
        """Whether nothing sets the frame aside: an everyday meaning, a denial, somebody's distant past."""
        if any(_explains(one, span, share) for one in self.ordinary):
            return False
        around = self.tokens[max(0, span[0] - _EVENT_WITHIN) : span[1] + _EVENT_WITHIN]
        if self.gone and (self._of_others(span) or not self.danger.events.isdisjoint(around)):
            return False
        return not self._denied(span, deniers)

    def _just_now(self, ordinary: Span) -> bool:
        """Whether somebody's death is told as of this moment: "he just hanged himself" is not history."""
        inside = self.tokens[ordinary[0] : ordinary[1]]
        return "just" in inside and not _SELVES.isdisjoint(inside)

    def _denied(self, span: Span, deniers: frozenset[str]) -> bool:
        """Whether a denial stands right before the frame; "No, I want to die" is none."""
        at = span[0] - 1
        furthest = at - _BRIDGED_AT_MOST
        while at >= max(furthest, 0) and self.tokens[at] in self.danger.bridges:
            at -= 1
        if at < 0 or self.tokens[at] not in deniers or at in self.commas:
            return False
        return not (self.tokens[at] == "not" and at > 0 and self.tokens[at - 1] == "can")

    def _of_others(self, span: Span) -> bool:
        near = self.tokens[max(0, span[0] - _OTHERS_WITHIN) : span[0]]
        return any(one in self.danger.others or one.removesuffix("s") in self.danger.others for one in near)


def _apart(places: list[list[Span]]) -> bool:
    """Whether every class can stand at words of its own, all of them near one another."""

    def placed(left: int, taken: tuple[Span, ...]) -> bool:
        if left == len(places):
            return max(end for _, end in taken) - min(start for start, _ in taken) <= _TOGETHER_WITHIN
        return any(
            placed(left + 1, (*taken, one))
            for one in places[left]
            if all(one[1] <= other[0] or other[1] <= one[0] for other in taken)
        )

    return placed(0, ())


def _explains(ordinary: Span, span: Span, share: float = 0.0) -> bool:
    """Whether an everyday meaning holds all of a frame, or takes its last words (that share) and goes on."""
    if ordinary[0] <= span[0] and span[1] <= ordinary[1]:
        return True
    taken = span[1] - ordinary[0]
    return ordinary[1] > span[1] and 0 < taken >= share * (span[1] - span[0])
