"""Times, opening hours and weekly hours as listings write them, and what is too unclear to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.formats.clock_words import ALL_DAY, opening, stretch, time_of_day
from opmatch.formats.free_hours import week_days, weekly_hours
from opmatch.formats.opening_hours import office_hours
from opmatch.model.week import MINUTES_PER_DAY

NINE_TO_FIVE = (540, 1020)
WORKDAYS = {day: [NINE_TO_FIVE] for day in range(5)}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("8:30AM", 510),
        ("8:30 a.m.", 510),
        ("12:00AM", 0),
        ("12:00PM", 720),
        ("12 noon", 720),
        ("Noon", 720),
        ("midnight", 0),
        ("5pm", 1020),
        ("17:30", 1050),
        ("09:00:00", 540),
        ("24:00", 1440),
        ("8", None),
        ("5:00", None),
        ("13:00PM", None),
        ("25:00", None),
        ("24:30", None),
        ("8:75AM", None),
        ("", None),
    ],
)
def test_a_time_is_read_only_where_no_half_of_the_day_is_guessed(text: str, minutes: int | None) -> None:
    assert time_of_day(text) == minutes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8:00AM - 5:00PM", (480, 1020)),
        ("9 am to noon", (540, 720)),
        ("5:00PM - 12:00AM", (1020, 1440)),
        ("24 Hours", ALL_DAY),
        ("Open 24 hours", ALL_DAY),
        ("24/7", ALL_DAY),
        ("Closed", "closed"),
        ("12:00AM - 12:00AM", "opens and closes at the same time"),
        ("8:00AM - 5:00AM", "closes before it opens"),
        ("5:00AM - 12:00AM", "open for more than 16 hours"),
        ("8-5", "not a stretch of time that can be read"),
        ("by appointment", "not a stretch of time that can be read"),
        ("9am-12pm-5pm", "not a stretch of time that can be read"),
    ],
)
def test_opening_hours_or_why_they_are_none(text: str, found: object) -> None:
    assert stretch(text) == found


@given(st.integers(0, MINUTES_PER_DAY), st.integers(0, MINUTES_PER_DAY))
def test_opening_hours_are_forward_and_at_most_sixteen_hours(first: int, last: int) -> None:
    found = opening(first, last)
    if not isinstance(found, str):
        assert 0 < found[1] - found[0] <= 16 * 60
        assert found == (first % MINUTES_PER_DAY, last or MINUTES_PER_DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Monday - Friday: 9:00AM - 5:00PM",
        "Mon-Fri 9am-5pm",
        "M-F 9:00 a.m. to 5:00 p.m.",
        "9 AM - 5 PM Monday through Friday",
        "Weekdays from 09:00 to 17:00",
        "Office hours: weekdays 9am until 5pm",
        "Monday, Tuesday, Wednesday, Thursday & Friday 9am-5pm.",
        "Mon-Wed 9am-5pm; Thu and Fri 9am-5pm",
    ],
)
def test_the_same_week_in_many_words(text: str) -> None:
    assert weekly_hours(text) == WORKDAYS


def test_closed_days_and_breaks_are_kept() -> None:
    text = "Monday: 8:30AM - 12:00PM, 1pm-5pm; Saturday and Sunday: Closed"
    assert weekly_hours(text) == {0: [(510, 720), (780, 1020)], 5: [], 6: []}
    assert weekly_hours("Daily 24 Hours") == {day: [ALL_DAY] for day in range(7)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call us",
        "Mon-Fri 8-5",
        "Mon-Fri 8-5pm",
        "9am-5pm",
        "First Monday 9am-5pm",
        "Mon 9am-5pm, Mon 6pm-8pm",
        "Mon-Fri 9am-5pm except holidays",
        "Mon-Fri 9am-5pm, Sat by appointment",
        "Mon-Fri 5pm-9am",
        "x" * 10_000,
        "Mon" * 100,
        "mon-fri " * 60,
    ],
)
def test_half_a_schedule_is_no_schedule(text: str) -> None:
    assert weekly_hours(text) is None


def test_days_by_name_range_and_rule() -> None:
    assert week_days("Sat - Mon") == (5, 6, 0)
    assert week_days("MO,WE") == (0, 2)
    assert week_days("Thurs and Sundays") == (3, 6)
    assert week_days("someday") is None


def test_days_with_equal_hours_are_written_together() -> None:
    days = {
        0: [NINE_TO_FIVE],
        1: [NINE_TO_FIVE],
        3: [NINE_TO_FIVE],
        5: [(600, 660), (650, 720), (800, 860)],
        6: [],
    }
    assert office_hours(days) == {
        "mon,tue,thu": "09:00-17:00",
        "sat": ["10:00-12:00", "13:20-14:20"],
        "sun": "closed",
    }


@given(st.text(alphabet="mon-fri tuesday 8:30amp,;&/24hours closed to", max_size=80))
def test_any_words_are_read_or_not_and_never_beyond_the_day(text: str) -> None:
    for spans in (weekly_hours(text) or {}).values():
        assert all(0 <= start < end <= MINUTES_PER_DAY for start, end in spans)
