"""A look through free text for words of danger, in English and Spanish.

It knows the phrases of crisis.yaml and words/crisis_*.yaml and simple ways of denying, dating and
misspelling them, nothing more: it does not catch everything, and its silence says nothing about anybody's
safety.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from opmatch.vocabulary.danger import Danger, danger
from opmatch.vocabulary.phrases import Span
from opmatch.vocabulary.terms import Vocabulary

Alarm = Literal["stop", "notice"]
_SENTENCE_END = re.compile(r"[.!?;\n\r]+")
_WORD_OR_COMMA = re.compile(r"[^\W_]+|,")
_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_WILL = re.compile(r"\b(i|he|she|they|we|you|it)'ll\b")  # before apostrophes go: "ill" is a word of its own
_BRIDGED_AT_MOST = 10  # words between a denial and what it denies; also keeps long texts cheap
_OTHERS_WITHIN = 5  # words before a phrase in which somebody else is looked for
_EVENT_WITHIN = 2  # words around a phrase in which an attempt or an overdose is looked for
_RECENTLY = "recently"  # stands for a year that isn't long gone
_YEAR = re.compile(r"(19|20)\d\d")
_TOGETHER_WITHIN = 12  # words over which a group of words makes sense together
_LACKING = frozenset({"no", "without", "denies", "sin"})  # "suicidal with no plan" is not a plan
_PLANS = frozenset({"plan", "plans", "intent", "means", "intencion"})
_SELVES = frozenset({"himself", "herself", "themselves"})
_EXPLAINS = 3  # words of an ordinary phrase that goes on where the words of danger end
_SLIPS = 2  # letters of a misspelt word
_SHOUTED = 3  # words in capitals from which on capitals say nothing
_MISSPELT = re.compile(r"su[ioe]?[cs1i]+[ioeu]*[sdc][a-z]*|su1c[a-z0-9]*")
_RIGHT_SPELLINGS = ("suicide", "suicidal", "suicides", "suicidio", "suicida")
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
    "wouldve": ("would", "have"),
    "shouldnt": ("should", "not"),
    "couldnt": ("could", "not"),
    "aint": ("is", "not"),
    "isn": ("is", "not"),
    "gotta": ("have", "to"),
    "whats": ("what", "is"),
    "lifes": ("life", "is"),
    "theres": ("there", "is"),
    "youre": ("you", "are"),
    "ill": ("i", "will"),
    "id": ("i", "would"),
    "imma": ("i", "am", "going", "to"),
    "finna": ("going", "to"),
    "tryna": ("trying", "to"),
    "tonite": ("tonight",),
    "2nite": ("tonight",),
    "tmrw": ("tomorrow",),
    "kil": ("kill",),
    "kll": ("kill",),
    "killin": ("killing",),
    "killmyself": ("kill", "myself"),
    "myslef": ("myself",),
    "mysefl": ("myself",),
    "mysel": ("myself",),
    "jus": ("just",),
    "hole": ("whole",),
    "wana": ("want", "to"),
    "wanta": ("want", "to"),
    "dye": ("die",),
    "livin": ("living",),
    "nomore": ("no", "more"),
    "anymor": ("anymore",),
    "everyones": ("everyone", "is"),
    "its": ("it", "is"),
    "thats": ("that", "is"),
    "overdoes": ("overdose",),
    "overdosd": ("overdosed",),
    "unalived": ("unalive",),
    "k1ll": ("kill",),
    "sewerslide": ("suicide",),
    "sewercide": ("suicide",),
    "sewercidal": ("suicidal",),
    "ods": ("overdoses",),
    "oded": ("overdosed",),
    "q": ("que",),
    "xq": ("porque",),
}


def screen(vocabulary: Vocabulary, text: str) -> Alarm | None:
    """ "stop" for words that read as danger now, "notice" for thoughts of dying, else None.

    Deterministic. Sentences are looked at one by one; a denial ("no suicidal thoughts") counts only right
    before a phrase, the past ("overdosed last year") softens a stop to a notice, and what happened years ago
    ("attempt in 2015") raises nothing.
    """
    if _harmless(vocabulary, text):
        return None
    known = danger(vocabulary)
    worst: Alarm | None = None
    for sentence in _SENTENCE_END.split(text):
        if not sentence.strip():
            continue
        alarm = _sentence(known, sentence)
        if alarm == "stop":
            return "stop"
        worst = worst or alarm
    return worst


_ABOUT_DANGER = frozenset({"suicidal-thoughts", "imminent-risk", "suicide-loss", "self-harm"})
_DASHED_ID = re.compile(r"[a-z]+(-[a-z]+)*")


def _harmless(vocabulary: Vocabulary, text: str) -> bool:
    """Whether the text is nothing but the id or label of a term: these needn't load the phrases."""
    label = text.strip()
    for kind, terms in vocabulary.of_kind.items():
        if any(label in (term.id, term.label) and term.id not in _ABOUT_DANGER for term in terms):
            return bool(kind)
    return False


def _sentence(known: Danger, sentence: str) -> Alarm | None:
    tokens, commas = _tokens(sentence)
    tokens = [
        _RECENTLY if _YEAR.fullmatch(token) and int(token) >= known.recent_year else token for token in tokens
    ]
    ordinary = [span for phrases in known.lists["ordinary"] for span in phrases.spans(tokens)]
    present = known.found("present", tokens)
    gone = not present and known.found("gone", tokens)
    past = gone or (not present and known.found("past", tokens))

    def counts(span: Span, deniers: frozenset[str]) -> bool:
        if any(_sets_aside(one, span) for one in ordinary if not _just_now(tokens, one)):
            return False
        around = tokens[max(0, span[0] - _EVENT_WITHIN) : span[1] + _EVENT_WITHIN]
        if gone and (_of_others(known, tokens, span) or not known.events.isdisjoint(around)):
            return False
        return not _denied(tokens, commas, span, deniers, known.bridges)

    def spans(name: str) -> Iterator[Span]:
        return (span for phrases in known.lists[name] for span in phrases.spans(tokens))

    def together(alarm: str) -> bool:
        free = {i: t for i, t in enumerate(tokens) if not any(a <= i < b for a, b in ordinary)}
        for groups in known.together[alarm]:
            at = [next((i for i, t in free.items() if t in group), None) for group in groups]
            spread = [i for i in at if i is not None]
            if len(set(spread)) == len(groups) and max(spread) - min(spread) <= _TOGETHER_WITHIN:
                return counts((min(spread), max(spread) + 1), known.denials | known.stop_denials)
        return False

    def no_plan(span: Span) -> bool:
        inside = tokens[span[0] : span[1]]
        return any(pair[0] in _LACKING and pair[1] in _PLANS for pair in pairwise(inside))

    stop_denials = known.denials | known.stop_denials
    if not past and (
        any(counts(span, stop_denials) and not no_plan(span) for span in spans("stop")) or together("stop")
    ):
        return "stop"
    softened = spans("stop") if past else ()
    if any(counts(span, known.denials) for span in (*softened, *spans("notice"))):
        return "notice"
    return "notice" if together("notice") or _charted(sentence) else None


def _sets_aside(ordinary: Span, span: Span) -> bool:
    """Whether an ordinary phrase explains words of danger: it holds them, or goes on after them."""
    if ordinary[0] <= span[0] and span[1] <= ordinary[1]:
        return True
    goes_on = ordinary[0] < span[1] < ordinary[1]
    return goes_on and ordinary[1] - ordinary[0] >= _EXPLAINS


def _just_now(tokens: list[str], ordinary: Span) -> bool:
    """Whether somebody's death is told as of this moment: "he just hanged himself" is not history."""
    inside = tokens[ordinary[0] : ordinary[1]]
    return "just" in inside and not _SELVES.isdisjoint(inside)


_CHART = re.compile(r"(?<![\w/])(?P<sign>[+-]?)\s?(?P<what>SI|HI)\b(?!\s+(?:joint|no|se|necesito))")
_CHART_DENIALS = re.compile(
    r"\b(?:no|not|denies|denied|denying|without|negative|neg|never|niega|absent)\b[^.;]*$|\bw/o\b[^.;]*$",
    re.IGNORECASE,
)
_CHART_NONE = re.compile(
    r"\s*(?:/\s?HI)?\s*[:=-]*\s*(?:denie[sd]|neg|none|no\b|absent|0|\(-\))", re.IGNORECASE
)


def _charted(sentence: str) -> bool:
    """A chart's SI or HI in capitals, not denied: "+SI, -HI" is a notice, "denies SI/HI" isn't."""
    if sentence.isupper() and len(sentence.split()) > _SHOUTED:
        return False
    return any(
        found["sign"] != "-"
        and not _CHART_DENIALS.search(sentence[: found.start()])
        and not _CHART_NONE.match(sentence[found.end() :])
        for found in _CHART.finditer(sentence)
    )


def _tokens(sentence: str) -> tuple[list[str], frozenset[int]]:
    """Words as the phrases are written, and the positions of words that a comma follows."""
    folded = unicodedata.normalize("NFKD", sentence).casefold()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = _WILL.sub(r"\1 will", _APOSTROPHES.sub("'", folded))
    tokens: list[str] = []
    commas: set[int] = set()
    for word in _WORD_OR_COMMA.findall(folded.replace("'", "")):
        if word == ",":
            commas.add(len(tokens) - 1)
        else:
            tokens.extend(_SPELLED_OUT.get(word) or (_mended(word),))
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


def _of_others(known: Danger, tokens: list[str], span: Span) -> bool:
    near = tokens[max(0, span[0] - _OTHERS_WITHIN) : span[0]]
    return any(token in known.others or token.removesuffix("s") in known.others for token in near)


def _mended(word: str) -> str:
    """ "sucidal", "suisidal" and "su1cidal" as they are spelled; other words as they are."""
    if not word.startswith("su") or word in _RIGHT_SPELLINGS or not _MISSPELT.fullmatch(word):
        return word
    from rapidfuzz.distance import OSA

    near = min(_RIGHT_SPELLINGS, key=lambda right: (OSA.distance(word, right), right))
    return near if OSA.distance(word, near) <= _SLIPS else word
