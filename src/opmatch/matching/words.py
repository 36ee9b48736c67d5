"""Small pieces of sentences that gates and criteria share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from opmatch.matching.case import Case
from opmatch.model.program import AgeRange
from opmatch.model.week import DAYS, Span, Week, clock, day_of, end_clock
from opmatch.vocabulary.terms import Kind


def listing(items: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def names(case: Case, kind: Kind, ids: Iterable[str]) -> str:
    """The labels of `ids` in one phrase."""
    return listing([case.vocabulary.label(kind, one) for one in ids])


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def age_words(ages: tuple[AgeRange, ...]) -> str:
    """ "13–17 and 26 and over"."""
    return "ages " + listing([f"{a.min} and over" if a.max >= 120 else f"{a.min}–{a.max}" for a in ages])


def span_words(span: Span) -> str:
    """ "Mon 17:30–20:30"."""
    return f"{day_of(span[0]).title()} {clock(span[0])}–{end_clock(span[1])}"


def blocks(sessions: Sequence[Span]) -> str:
    """Sessions with the same hours together: "Mon, Wed, Thu 17:30–20:30"."""
    by_hours: dict[str, list[str]] = {}
    for start, end in sorted(sessions, key=lambda s: s[0] % (7 * 1440)):
        by_hours.setdefault(f"{clock(start)}–{end_clock(end)}", []).append(day_of(start).title())
    return "; ".join(f"{', '.join(days)} {hours}" for hours, days in by_hours.items())


def free_on(free: Week, day: str) -> str:
    """The free time that touches a day: "Mon 17:30–21:00", or "not free on Mon"."""
    at = DAYS.index(day) * 1440
    touching = free.meet(Week(((at, at + 1440),)))
    if not touching.spans:
        return f"you are not free on {day.title()}"
    return "you are free " + listing([span_words(span) for span in touching.spans])


def about_minutes(minutes: int) -> str:
    return f"about {minutes} min"


def miles_words(miles: float) -> str:
    """One decimal below ten miles, whole miles above."""
    return f"{miles:.1f} mi" if miles < 10 else f"{miles:.0f} mi"


def beyond_words(miles: float, within: float) -> str:
    """Like `miles_words`, but never a number that looks as if it were within."""
    for shown in (miles_words(miles).removesuffix(" mi"), f"{miles:.1f}"):
        if float(shown) > within:
            return f"{shown} mi"
    return f"{math.ceil(miles * 100) / 100:g} mi"


def duration(minutes: int) -> str:
    """ "45 min", "2 h", "9 h 5 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0 or hours == 0))


def short_name(label: str) -> str:
    """What the field calls it in brief, where the label ends in it: "Prolonged exposure (PE)" is PE."""
    head, _, brief = label.rstrip(")").rpartition(" (")
    return brief if head and brief.isupper() and label.endswith(")") else label
