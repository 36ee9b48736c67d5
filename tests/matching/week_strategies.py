"""Weekly times at the edges: midnight, the week's end, an hour of little use, and everything in between."""

from __future__ import annotations

from hypothesis import strategies as st

from opmatch.model.program import Appointments, OfficeHours, Session
from opmatch.model.week import FULL_WEEK, MINUTES_PER_DAY, MINUTES_PER_WEEK, Span, Week

STARTS = (0, 1, 8 * 60, 9 * 60 + 30, 12 * 60, 16 * 60, 17 * 60 + 30, 22 * 60 + 30, 23 * 60, 23 * 60 + 59)
LENGTHS = (1, 50, 60, 119, 120, 180, 240, 480, 1440)

day_sets = st.lists(st.integers(0, 6), min_size=1, max_size=5, unique=True)


def _on_days(days: list[int], start: int, length: int) -> list[Span]:
    return [(day * MINUTES_PER_DAY + start, day * MINUTES_PER_DAY + start + length) for day in days]


blocks = st.builds(_on_days, day_sets, st.sampled_from(STARTS), st.sampled_from(LENGTHS))
loose_spans = st.builds(
    lambda start, length: [(start, start + length)],
    st.integers(0, MINUTES_PER_WEEK - 1),
    st.integers(1, 4 * MINUTES_PER_DAY),
)
some_weeks = st.lists(blocks | loose_spans, min_size=1, max_size=3).map(
    lambda lists: Week.of(span for spans in lists for span in spans)
)
free_weeks = some_weeks | st.sampled_from(
    [
        FULL_WEEK,
        Week.of([(0, MINUTES_PER_WEEK - 1)]),
        Week.of(_on_days([0, 1, 2, 3, 4], 17 * 60, 4 * 60)),
        Week.of([(6 * MINUTES_PER_DAY + 22 * 60, 7 * MINUTES_PER_DAY + 2 * 60)]),
    ]
)
sessions = st.builds(
    lambda spans, required: tuple(
        Session(span, required or at == 0) for at, span in enumerate(sorted(spans))
    ),
    st.builds(_on_days, day_sets, st.sampled_from(STARTS), st.sampled_from((50, 60, 120, 180, 360))),
    st.sampled_from([True, True, False]),
)
appointments = st.builds(
    Appointments,
    hours=some_weeks | st.just(FULL_WEEK),
    per_week=st.sampled_from([1, 1, 2, 3, 5, 7]),
    session_minutes=st.sampled_from([50, 50, 90, 240]),
)


def _office(hours: Week, extra: list[int]) -> OfficeHours:
    """Hours with the days they start on known, and some more known to be closed."""
    days = {span[0] // MINUTES_PER_DAY for span in hours.spans} | set(extra)
    for start, end in hours.spans:
        days |= {at // MINUTES_PER_DAY % 7 for at in range(start, end, 60)}
    return OfficeHours(hours=hours, days=tuple(sorted(days)))


office_hours = st.builds(_office, some_weeks, st.lists(st.integers(0, 6), max_size=3))
