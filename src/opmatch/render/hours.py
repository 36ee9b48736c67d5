"""Weekly hours in words."""

from __future__ import annotations

from opmatch.model.week import DAYS, MINUTES_PER_DAY, Span, Week, clock, end_clock

_NIGHT_ENDS = 12 * 60  # a block that runs past midnight until here is still the evening's


def week_text(week: Week) -> str:
    """Days with the same hours together: "Mon-Thu 08:00–20:00, Sat 09:00–13:00"."""
    if week.is_full:
        return "all week"
    by_day: dict[int, list[str]] = {}
    for start, end in sorted(piece for span in week.spans for piece in _days(span)):
        by_day.setdefault(start // MINUTES_PER_DAY % 7, []).append(f"{clock(start)}–{end_clock(end)}")
    same: list[tuple[list[int], str]] = []
    for day, times in sorted(by_day.items()):
        text = ", ".join(times)
        if same and same[-1][1] == text and same[-1][0][-1] == day - 1:
            same[-1][0].append(day)
        else:
            same.append(([day], text))
    return ", ".join(f"{_day_names(days)} {text}" for days, text in same)


def session_text(spans: list[Span]) -> str:
    """The blocks of a track: "Mon, Wed, Thu 17:30–20:30"."""
    groups: dict[str, list[str]] = {}
    for start, end in sorted(spans):
        day = DAYS[start // MINUTES_PER_DAY % 7].capitalize()
        groups.setdefault(f"{clock(start)}–{end_clock(end)}", []).append(day)
    return "; ".join(f"{', '.join(days)} {times}" for times, days in groups.items())


def _days(span: Span) -> list[Span]:
    """`span` cut at each midnight, except the one it only reaches over."""
    start, end = span
    out: list[Span] = []
    while end - start > 0:
        midnight = (start // MINUTES_PER_DAY + 1) * MINUTES_PER_DAY
        if end <= midnight or (end - midnight <= _NIGHT_ENDS and end - start < MINUTES_PER_DAY):
            out.append((start, end))
            break
        out.append((start, midnight))
        start = midnight
    return out


def _day_names(days: list[int]) -> str:
    first, last = DAYS[days[0]].capitalize(), DAYS[days[-1]].capitalize()
    return first if len(days) == 1 else f"{first}-{last}" if len(days) > 2 else f"{first}, {last}"
