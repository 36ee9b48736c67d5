"""Free text as tokens: words without case, accents or apostrophes, and where clauses end."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

Tongue = Literal["en", "es"]
BREAK = ""
"""Stands for a sentence end or a comma: matches no word."""

_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")  # "P.T.S.D." is "PTSD"
_PIECE = re.compile(r"[^\W_]+|[.!?;:\n\r…]+|,")
_MAX_TOKENS = 4000  # of a text; what comes after is not read, so that any text costs little

SPELLED_OUT: dict[str, tuple[str, ...]] = {
    **{
        f"{verb}nt": (whole, "not")
        for verb, whole in {
            "do": "do",
            "does": "does",
            "did": "did",
            "is": "is",
            "are": "are",
            "was": "was",
            "were": "were",
            "wo": "will",
            "would": "would",
            "has": "has",
            "have": "have",
            "had": "had",
            "ca": "can",
            "could": "could",
            "should": "should",
        }.items()
    },
    "cannot": ("can", "not"),
    "aint": ("is", "not"),
    "dunno": ("do", "not", "know"),
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "gotta": ("have", "to"),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "hes": ("he", "is"),
    "shes": ("she", "is"),
    "theyre": ("they", "are"),
    "youre": ("you", "are"),
    "theres": ("there", "is"),
    "whats": ("what", "is"),
    "nothings": ("nothing", "is"),
    "isn": ("is", "not"),
    "sx": ("symptoms",),
    "dx": ("diagnosis",),
    "tx": ("treatment",),
    "hx": ("history",),
    "neg": ("negative",),
    "w": ("with",),
    "wo": ("without",),
    "b4": ("before",),
    "cuz": ("because",),
    "n't": ("not",),
}
_SLASHED: dict[str, str] = {  # a chart's shorthand
    "b/c": "because",
    "c/o": "complains of",
    "d/c": "discharged",
    "d/o": "disorder",
    "d/t": "due to",
    "f/u": "follow up",
    "h/o": "history of",
    "h/x": "history",
    "r/o": "rule out",
    "r/t": "related to",
    "s/p": "after",
    "w/d": "withdrawal",
    "w/in": "within",
    "w/o": "without",
    "w/out": "without",
}
_SHORTHAND = re.compile(rf"(?<![^\W\d])(?<!/)(?:{'|'.join(_SLASHED)})(?![\w/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: folded, as it was typed, and whether it was typed in capitals (two letters or more)."""

    word: str
    typed: str
    capitals: bool


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, with BREAK tokens where clauses end."""
    shouted = text.isupper() and len(text.split()) > 2
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _SHORTHAND.sub(lambda found: f" {_SLASHED[found[0].lower()]} ", text)
    out: list[Token] = []
    for piece in _PIECE.findall(_APOSTROPHES.sub("", text)):
        if len(out) >= _MAX_TOKENS:
            break
        if piece[0] in ".!?;:,…\n\r":
            out.append(Token(BREAK, piece, False))
            continue
        folded = fold(piece)
        capitals = len(piece) > 1 and piece.upper() == piece and not piece.isdecimal() and not shouted
        out.extend(Token(word, piece, capitals) for word in SPELLED_OUT.get(folded, (folded,)) if word)
    return tuple(out)


def fold(word: str) -> str:
    """Lower case without accents."""
    folded = unicodedata.normalize("NFKD", word).casefold()
    return "".join(
        c for c in unicodedata.normalize("NFKD", folded) if c.isalnum() and not unicodedata.combining(c)
    )


_IRREGULAR = {
    "dying": "die", "died": "die", "dies": "die", "dead": "dead", "lying": "lie", "lies": "lie",
    "lied": "lie", "drank": "drink", "drunk": "drunk", "ate": "eat", "eaten": "eat", "slept": "sleep",
    "wives": "wife", "felt": "feel", "feels": "feel", "lost": "lost", "went": "go", "gone": "gone",
    "goes": "go", "took": "take", "taken": "take", "kids": "kid", "children": "child", "men": "man",
    "women": "woman", "saw": "see", "seen": "see", "heard": "hear", "thought": "think",
    "thoughts": "thought", "threw": "throw", "thrown": "throw", "got": "get", "gotten": "get",
    "gave": "give", "given": "give", "woke": "wake", "woken": "wake", "quitting": "quit",
    "panicked": "panic", "panicking": "panic", "panicky": "panic", "worries": "worri",
    "worried": "worri", "worrying": "worri", "ptsd": "ptsd", "his": "his", "this": "this", "is": "is",
    "was": "was", "has": "has", "does": "does", "us": "us", "always": "always", "less": "less",
    "hopeless": "hopeless", "during": "during", "morning": "morning", "evening": "evening",
    "being": "be", "been": "be", "bleed": "bleed", "need": "need", "feed": "feed", "used": "use",
    "uses": "use", "using": "use", "paid": "pay", "bought": "buy", "kept": "keep", "told": "tell",
    "said": "say", "ran": "run", "hung": "hang", "shot": "shot", "shooting": "shoot", "shoots": "shoot",
    "sleeping": "sleep", "anxieties": "anxiety",
}  # fmt: skip
_LONG_ENOUGH = 4
_VOWELS = re.compile("[aeiouy]")


@cache
def stem(word: str, tongue: Tongue = "en") -> str:
    """What the inflections of a word share; rough, and the same on both sides of a comparison."""
    return _english(word) if tongue == "en" else _spanish(word)


def _english(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _LONG_ENOUGH or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > _LONG_ENOUGH:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        core = word.removesuffix(ending)
        if core != word and len(core) > 2 and _VOWELS.search(core) and not word.endswith("eed"):
            word = core
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if word.endswith("e") and len(word) >= _LONG_ENOUGH:
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > _LONG_ENOUGH else word


def _spanish(word: str) -> str:
    if len(word) < _LONG_ENOUGH or not word.isalpha():
        return word
    word = word.removesuffix("s")
    if word.endswith("e") and len(word) > _LONG_ENOUGH:
        word = word[:-1]
    return word[:-1] if word[-1] in "ao" and len(word) > _LONG_ENOUGH else word
