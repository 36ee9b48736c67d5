"""Days and clock times as canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.errors import TextError
from opmatch.model.clock_text import parse_clock, parse_days, parse_hours, write_week
from opmatch.model.week import FULL_WEEK, MINUTES_PER_DAY, Week, clock

BLOCKS = st.lists(
    st.tuples(st.integers(0, 10079), st.integers(1, 3000)).map(lambda pair: (pair[0], sum(pair))), max_size=5
)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("Mon-Thu", (0, 1, 2, 3)),
        ("sat-mon", (5, 6, 0)),
        ("mon,wed, fri", (0, 2, 4)),
        ("tuesday–thursday", (1, 2, 3)),
        ("mon,mon-tue", (0, 1)),
        ("sun-sat", (6, 0, 1, 2, 3, 4, 5)),
    ],
)
def test_days_are_read_as_written(text: str, days: tuple[int, ...]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize(("text", "word"), [("mon,fun", "fun"), ("", ""), ("mon-", ""), ("fry-mon", "fry")])
def test_a_word_that_is_no_day_is_pointed_at(text: str, word: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_days(text)
    assert text[caught.value.start : caught.value.end] == word


@given(st.integers(0, MINUTES_PER_DAY - 1))
def test_every_minute_of_the_day_is_read_back(minute: int) -> None:
    assert parse_clock(clock(minute)) == minute


@pytest.mark.parametrize("text", ["24:01", "25:00", "9:60", "9", "", "09:5", "9am", "0９:00", "17:30\n1"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(TextError):
        parse_clock(text)


def test_hours_may_cross_midnight_but_must_have_a_length() -> None:
    assert parse_hours("08:00-20:00") == (480, 1200)
    assert parse_hours("22:00 – 2:00") == (1320, 1560)
    assert parse_hours("00:00-24:00") == (0, 1440)
    for text in ("08:00-08:00", "24:00-02:00", "08:00", "8-9-10"):
        with pytest.raises(TextError):
            parse_hours(text)


@pytest.mark.parametrize(
    ("spans", "texts"),
    [
        ([], ()),
        ([(d * 1440 + 1050, d * 1440 + 1260) for d in range(5)], ("mon-fri 17:30-21:00",)),
        ([(d * 1440 + 540, d * 1440 + 780) for d in (0, 1, 3)], ("mon,tue,thu 09:00-13:00",)),
        ([(4 * 1440 + 1320, 5 * 1440 + 120)], ("fri 22:00-02:00",)),
        ([(6 * 1440 + 1380, 7 * 1440 + 60)], ("sun 23:00-01:00",)),
        ([(0, 10080)], ("mon-sun 00:00-24:00",)),
        ([(720, 2 * 1440 + 720)], ("mon 12:00-24:00", "tue 00:00-24:00", "wed 00:00-12:00")),
        ([(5 * 1440, 8 * 1440)], ("mon,sat,sun 00:00-24:00",)),
    ],
)
def test_weeks_are_written_by_days_that_share_a_block(
    spans: list[tuple[int, int]], texts: tuple[str, ...]
) -> None:
    assert write_week(Week.of(spans)) == texts


@given(st.one_of(BLOCKS.map(Week.of), st.just(FULL_WEEK)))
def test_written_weeks_are_the_same_week_in_the_strict_grammar(week: Week) -> None:
    spans = []
    for text in write_week(week):
        days, hours = text.split()
        start, end = parse_hours(hours)
        spans += [(day * MINUTES_PER_DAY + start, day * MINUTES_PER_DAY + end) for day in parse_days(days)]
    assert Week.of(spans) == week
