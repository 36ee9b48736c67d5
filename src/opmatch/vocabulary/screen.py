"""A look through free text for obvious words of danger.

It knows the phrases of crisis.yaml and simple ways of denying or dating them, nothing more: it does not
catch everything, and its silence says nothing about anybody's safety.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from opmatch.vocabulary.phrases import Phrases, Span
from opmatch.vocabulary.terms import SafetyWords, Vocabulary

Alarm = Literal["stop", "notice"]
_SENTENCE_END = re.compile(r"[.!?;\n\r]+")
_WORD_OR_COMMA = re.compile(r"[^\W_]+|,")
_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_I_WILL = re.compile(r"\bi'll\b")  # before apostrophes go: "ill" is a word of its own
_BRIDGED_AT_MOST = 10  # words between a denial and what it denies; also keeps long texts cheap
_OTHERS_WITHIN = 5  # words before a phrase in which somebody else is looked for
_SET_ASIDE = ""  # stands for a word of an ordinary phrase: matches nothing, and nothing reaches over it
_SPELLED_OUT: dict[str, tuple[str, ...]] = {
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "werent": ("were", "not"),
    "wont": ("will", "not"),
    "wouldnt": ("would", "not"),
    "hasnt": ("has", "not"),
    "havent": ("have", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "hes": ("he", "is"),
    "shes": ("she", "is"),
    "theyre": ("they", "are"),
}


def screen(vocabulary: Vocabulary, text: str) -> Alarm | None:
    """ "stop" for words that read as danger now, "notice" for thoughts of dying, else None.

    Deterministic. Sentences are looked at one by one; a denial ("no suicidal thoughts") counts only right
    before a phrase, the past ("overdosed two years ago") softens a stop to a notice.
    """
    words = vocabulary.crisis.words
    phrases = vocabulary.safety_phrases
    worst: Alarm | None = None
    for sentence in _SENTENCE_END.split(text):
        alarm = _sentence(words, phrases, sentence)
        if alarm == "stop":
            return "stop"
        worst = worst or alarm
    return worst


def _sentence(words: SafetyWords, phrases: dict[str, Phrases], sentence: str) -> Alarm | None:
    tokens, commas = _tokens(sentence)
    for start, end in phrases["ordinary"].spans(tokens):
        tokens[start:end] = [_SET_ASIDE] * (end - start)
    present = phrases["present"].found(tokens)
    gone = not present and phrases["gone"].found(tokens)
    past = gone or (not present and phrases["past"].found(tokens))
    denials = frozenset(words.denials)
    stop_denials = denials | frozenset(words.stop_denials)
    bridges = frozenset(words.bridges)

    def counts(span: Span, deniers: frozenset[str]) -> bool:
        somebody_else = gone and _of_others(words, tokens, span)
        return not somebody_else and not _denied(tokens, commas, span, deniers, bridges)

    if not past and any(counts(span, stop_denials) for span in phrases["stop"].spans(tokens)):
        return "stop"
    softened = phrases["stop"].spans(tokens) if past else ()
    if any(counts(span, denials) for span in (*softened, *phrases["notice"].spans(tokens))):
        return "notice"
    return None


def _tokens(sentence: str) -> tuple[list[str], frozenset[int]]:
    """Words as the phrases are written, and the positions of words that a comma follows."""
    folded = unicodedata.normalize("NFKD", sentence).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _I_WILL.sub("i will", _APOSTROPHES.sub("'", folded))
    tokens: list[str] = []
    commas: set[int] = set()
    for word in _WORD_OR_COMMA.findall(folded.replace("'", "")):
        if word == ",":
            commas.add(len(tokens) - 1)
        else:
            tokens.extend(_SPELLED_OUT.get(word, (word,)))
    return tokens, frozenset(commas)


def _denied(
    tokens: list[str], commas: frozenset[int], span: Span, denials: frozenset[str], bridges: frozenset[str]
) -> bool:
    """Whether a denial stands right before the phrase; "No, I want to die" is none."""
    at = span[0] - 1
    furthest = at - _BRIDGED_AT_MOST
    while at >= max(furthest, 0) and tokens[at] in bridges:
        at -= 1
    if at < 0 or tokens[at] not in denials or at in commas:
        return False
    return not (tokens[at] == "not" and at > 0 and tokens[at - 1] == "can")


def _of_others(words: SafetyWords, tokens: list[str], span: Span) -> bool:
    near = tokens[max(0, span[0] - _OTHERS_WITHIN) : span[0]]
    return any(token in words.others or token.removesuffix("s") in words.others for token in near)
