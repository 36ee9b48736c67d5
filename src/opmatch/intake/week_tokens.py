"""A text about weekly time cut into days, stretches of the day, and the words that join them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from opmatch.errors import TextError
from opmatch.intake.clock import Clock, after, before, between, clock_of
from opmatch.intake.quote import quoted
from opmatch.model.clock_text import DAY_NUMBERS, day_range
from opmatch.model.week import MINUTES_PER_DAY, Span
from opmatch.pattern import pattern

ALL_DAYS: Final = tuple(range(7))
WHOLE_DAY: Final[Span] = (0, MINUTES_PER_DAY)

_DAY_SETS: Final = {
    "weekday": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "daily": ALL_DAYS,
    "everyday": ALL_DAYS,
    "anyday": ALL_DAYS,
    "allweek": ALL_DAYS,
}
_ONE_LETTER_DAYS: Final = {"m": 0, "tu": 1, "w": 2, "th": 3, "f": 4, "sa": 5, "su": 6}
_PARTS: Final[dict[str, Span]] = {
    "morning": (6 * 60, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, 21 * 60),
}
_WHOLE: Final = ("anytime", "allday", "wholeday", "any", "always")
_NAMED_CLOCKS: Final[dict[str, tuple[int, Literal["noon", "midnight"]]]] = {
    "noon": (12, "noon"),
    "midday": (12, "noon"),
    "midnight": (0, "midnight"),
}
_AFTER: Final = ("after", "from", "since", "past")
_BEFORE: Final = ("before", "until", "till", "til", "by")
_TO: Final = ("to", "through", "thru", "-", "until", "till", "til")
_AND: Final = ("and", "or", "plus", ",", "/", "&", "+")
_EXCEPT: Final = ("except", "excluding", "not", "butnot")
_FILLERS: Final = ("on", "every", "each", "at", "the", "in", "during", "free", "available", ":", ".")
_NO_FIXED_HOURS: Final = {
    "night": "evenings are 17:00-21:00, for later write hours",
    "nights": "evenings are 17:00-21:00, for later write hours",
    "lunch": "write hours such as 12:00-13:00",
    "lunchtime": "write hours such as 12:00-13:00",
}

_LEXEME: Final = pattern(
    r"""(?P<clock>[0-9]+(?::[0-9]+)?(?:\s*(?:[ap]\.m\.|[ap]m\b|[ap]\b))?)
    |(?P<phrase>\b(?:week[ -](?:day|end)s?|(?:any|every|all|whole)[ -](?:time|day|week)|but\s+not)\b)
    |(?P<word>[^\W\d_]+)
    |(?P<mark>\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK: Final = pattern(r"([0-9]+)(?::([0-9]+))?\s*([ap])?", re.IGNORECASE)


class Item(Struct, frozen=True):
    """A part of the text: days, a stretch of the day, or a joining word.

    `sort` tells named parts of the day ("part") and whole days ("whole") from clock times ("clock"), and
    days by name ("name") from weekdays and weekends ("set").
    """

    kind: Literal["days", "times", "join", "end", "except"]
    sort: str
    start: int
    end: int
    days: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()


class _Lexeme(Struct, frozen=True):
    word: str  # lower case, joined, without a plural s where it has a meaning here
    start: int
    end: int
    clock: Clock | None = None


def items(text: str) -> Iterator[Item]:
    """The parts of `text` in order. Raises TextError that points at the word that stopped the reading."""
    lexemes = [*_lexemes(text), _Lexeme("", len(text), len(text))]  # the empty word ends it
    at = 0
    while (word := lexemes[at]).word:
        next_word = lexemes[at + 1]
        if word.clock is not None:
            if not (next_word.word in _TO and lexemes[at + 2].clock):
                raise _at(text, word, "a time alone; say until when, or write after or before it")
            at, spans = _between(text, lexemes, at, at + 2)
            yield _times("clock", spans, word, lexemes[at - 1])
        elif word.word == "between" and next_word.clock and lexemes[at + 2].word in (*_AND, *_TO):
            at, spans = _between(text, lexemes, at + 1, at + 3)
            yield _times("clock", spans, word, lexemes[at - 1])
        elif word.word in (*_AFTER, *_BEFORE):
            at, spans = _sided(text, lexemes, at)
            yield _times("clock", spans, word, lexemes[at - 1])
        elif (days := _days(word.word)) is not None:
            at += 1
            last = word
            if len(days) == 1 and next_word.word in _TO:
                last = lexemes[at + 1]
                until = _days(last.word)
                if until is None or len(until) != 1:
                    raise _at(text, last, f"a day should follow {_quoted(text, word, next_word)}")
                days = day_range(days[0], until[0])
                at += 2
                if lexemes[at].word == "-":
                    raise _at(text, lexemes[at], "a range has two ends; write single days as mon,wed,fri")
            sort = "name" if word.word in DAY_NUMBERS or word.word in _ONE_LETTER_DAYS else "set"
            yield Item("days", sort, word.start, last.end, days=days)
        elif word.word in _PARTS:
            at += 1
            yield _times("part", (_PARTS[word.word],), word, word)
        elif word.word in _WHOLE:
            at += 1
            if word.word != "any" or _days(next_word.word) is None:  # "any weekday" is just a weekday
                yield _times("whole", (WHOLE_DAY,), word, word)
        elif word.word in (*_AND, ";", *_EXCEPT):
            at += 1
            kind: Literal["join", "end", "except"] = (
                "join" if word.word in _AND else "end" if word.word == ";" else "except"
            )
            yield Item(kind, word.word, word.start, word.end)
        elif word.word in _FILLERS:
            at += 1
        else:
            hint = _NO_FIXED_HOURS.get(word.word, "write mon-fri 17:30-21:00 or weekday evenings")
            raise _at(text, word, f"no day or time; {hint}")


def _lexemes(text: str) -> Iterator[_Lexeme]:
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        raw = match[0].lower()
        if match["clock"]:
            yield _Lexeme(raw, start, end, clock_of(text, _clock(match[0], start, end)))
            continue
        word = "-" if raw in "–—−" else re.sub(r"[\s-]", "", raw) if match["phrase"] else raw
        if word.endswith("s") and (word[:-1] in _PARTS or word[:-1] in _DAY_SETS):
            word = word[:-1]
        named = _NAMED_CLOCKS.get(word)
        clock = Clock(match[0], start, end, named[0], half=named[1]) if named else None
        yield _Lexeme(word, start, end, clock)


def _clock(word: str, start: int, end: int) -> Clock:
    match = _CLOCK.match(word)
    assert match is not None, "the lexeme has this form"
    digits, minute, half = match[1], match[2] or "0", match[3]
    if match[2] is None and len(digits) in (3, 4):  # 1730
        digits, minute = digits[:-2], digits[-2:]
    padded = len(digits) > 1 and digits.startswith("0")
    full = len(digits) == 2 and len(word) > 2
    # Endless digits are no hour either, and too long for int() to take.
    hour, minutes = (int(part) if len(part) < 10 else 10**9 for part in (digits, minute))
    return Clock(word, start, end, hour, minutes, _half(half), padded, full)


def _half(letter: str | None) -> Literal["am", "pm"] | None:
    if letter is None:
        return None
    return "am" if letter.lower() == "a" else "pm"


def _between(text: str, lexemes: list[_Lexeme], first: int, last: int) -> tuple[int, tuple[Span, ...]]:
    start, end = lexemes[first].clock, lexemes[last].clock
    if start is None or end is None:
        raise _at(text, lexemes[last], "a time should stand here")
    return last + 1, (between(text, start, end),)


def _sided(text: str, lexemes: list[_Lexeme], at: int) -> tuple[int, tuple[Span, ...]]:
    """after X, before X, from X to Y, "after X and before Y" as the time that is both."""
    side, clock = lexemes[at], lexemes[at + 1].clock
    if clock is None:
        raise _at(text, lexemes[at + 1], f'a time should follow "{side.word}"')
    if side.word in _BEFORE:
        return at + 2, (before(text, clock),)
    if lexemes[at + 2].word in _TO and lexemes[at + 3].clock:
        return _between(text, lexemes, at + 1, at + 3)
    joined = at + 3 if lexemes[at + 2].word in _AND else at + 2
    if lexemes[joined].word in _BEFORE and (end := lexemes[joined + 1].clock):
        both = between(text, clock, end)
        if both[1] <= MINUTES_PER_DAY:
            return joined + 2, (both,)
    return at + 2, (after(text, clock),)


def _days(word: str) -> tuple[int, ...] | None:
    number = DAY_NUMBERS.get(word, _ONE_LETTER_DAYS.get(word))
    return _DAY_SETS.get(word) if number is None else (number,)


def _times(sort: str, spans: tuple[Span, ...], first: _Lexeme, last: _Lexeme) -> Item:
    return Item("times", sort, first.start, last.end, spans=spans)


def _at(text: str, lexeme: _Lexeme, message: str) -> TextError:
    if not lexeme.word:
        return TextError(f"{quoted(text)}: ends too early; {message}", text, lexeme.start, lexeme.end)
    word = text[lexeme.start : lexeme.end]
    return TextError(f"{quoted(text)}: {message} (at {quoted(word)})", text, lexeme.start, lexeme.end)


def _quoted(text: str, first: _Lexeme, last: _Lexeme) -> str:
    return quoted(text[first.start : last.end])
