"""Week against a naive set of minutes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from opmatch.model.week import FULL_WEEK, MINUTES_PER_WEEK, Span, Week

LINES = st.lists(
    st.tuples(st.integers(-3000, 13000), st.integers(0, 4000)).map(lambda pair: (pair[0], sum(pair))),
    max_size=6,
)
WEEKS = st.one_of(LINES.map(Week.of), st.just(FULL_WEEK))


def minutes(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {minute % MINUTES_PER_WEEK for start, end in spans for minute in range(start, end)}


@given(LINES)
def test_it_holds_exactly_the_minutes_it_was_built_from(spans: list[Span]) -> None:
    assert minutes(Week.of(spans).spans) == minutes(spans)


@given(LINES)
def test_its_spans_are_merged_in_order_and_only_the_last_crosses_the_weeks_end(spans: list[Span]) -> None:
    found = Week.of(spans).spans
    assert all(0 <= start < MINUTES_PER_WEEK and start < end for start, end in found)
    assert all(end < start for (_, end), (start, _) in pairwise(found))
    assert not found or found[-1][1] < found[0][0] + MINUTES_PER_WEEK or found == FULL_WEEK.spans


@given(LINES)
def test_the_same_minutes_make_the_same_week(spans: list[Span]) -> None:
    pieces = [(minute, minute + 1) for minute in minutes(spans)]
    assert Week.of(pieces) == Week.of(spans)


@given(WEEKS, WEEKS)
def test_union_meet_and_minus_are_those_of_sets(one: Week, other: Week) -> None:
    left, right = minutes(one.spans), minutes(other.spans)
    assert minutes(one.union(other.spans).spans) == left | right
    assert minutes(one.meet(other).spans) == left & right
    assert minutes(one.minus(other).spans) == left - right
    assert one.minus(other) == Week.of(one.minus(other).spans)
    assert one.minutes == len(left)


@given(WEEKS, st.integers(-2000, 2000))
def test_shifting_moves_every_minute(week: Week, by: int) -> None:
    moved = {(minute + by) % MINUTES_PER_WEEK for minute in minutes(week.spans)}
    assert minutes(week.shift(by).spans) == moved


@given(WEEKS, st.integers(0, 300))
def test_shrinking_keeps_the_minutes_that_are_far_enough_from_any_edge(week: Week, by: int) -> None:
    held = minutes(week.spans)
    ends = {minute for minute in held if (minute + 1) % MINUTES_PER_WEEK not in held}
    starts = {minute for minute in held if (minute - 1) % MINUTES_PER_WEEK not in held}
    lost = {(end - step) % MINUTES_PER_WEEK for end in ends for step in range(by)}
    lost |= {(start + step) % MINUTES_PER_WEEK for start in starts for step in range(by)}
    assert minutes(week.shrink(by).spans) == held - lost


@given(WEEKS, st.integers(-11000, 21000), st.integers(1, 3000))
def test_a_block_is_contained_when_all_its_minutes_are(week: Week, start: int, length: int) -> None:
    block = minutes([(start, start + length)])
    assert week.contains(start, start + length) == (block <= minutes(week.spans))


@given(WEEKS, st.integers(-11000, 21000), st.integers(1, 600))
def test_room_is_the_whole_stretch_around_a_contained_block(week: Week, start: int, length: int) -> None:
    room = week.room(start, start + length)
    if room is None or week.is_full:
        return
    held = minutes(week.spans)
    assert room[0] <= start
    assert start + length <= room[1]
    assert minutes([room]) <= held
    assert {(room[0] - 1) % MINUTES_PER_WEEK, room[1] % MINUTES_PER_WEEK}.isdisjoint(held)
