"""Weekly time in words: what is read, against a minute-by-minute oracle, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from opmatch.errors import TextError
from opmatch.intake.week import parse_week
from opmatch.model.clock_text import write_week
from opmatch.model.week import FULL_WEEK, Week

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("mon-fri 17:30-21:00", ("mon-fri 17:30-21:00",)),
        ("weekdays after 5pm", ("mon-fri 17:00-24:00",)),
        ("sat 9-13", ("sat 09:00-13:00",)),
        ("evenings", ("mon-sun 17:00-21:00",)),
        ("mornings", ("mon-sun 06:00-12:00",)),
        ("sunday afternoon", ("sun 12:00-17:00",)),
        ("fri 22:00-02:00", ("fri 22:00-02:00",)),
        ("sun 23:00-01:00", ("sun 23:00-01:00",)),
        ("weekends", ("sat,sun 00:00-24:00",)),
        ("mon,wed,fri 9am-12:30pm", ("mon,wed,fri 09:00-12:30",)),
        ("tuesday and thursday before noon", ("tue,thu 00:00-12:00",)),
        ("any", ("mon-sun 00:00-24:00",)),
        ("anytime", ("mon-sun 00:00-24:00",)),
        ("any time", ("mon-sun 00:00-24:00",)),
        ("any weekday evening", ("mon-fri 17:00-21:00",)),
        ("weekday evenings", ("mon-fri 17:00-21:00",)),
        ("daily 8-10", ("mon-sun 08:00-10:00",)),
        ("every day 8-10", ("mon-sun 08:00-10:00",)),
        ("sat-mon all day", ("mon,sat,sun 00:00-24:00",)),
        ("until 3pm", ("mon-sun 00:00-15:00",)),
        ("from 9am", ("mon-sun 09:00-24:00",)),
        ("9 to 5 mon-fri", ("mon-fri 09:00-17:00",)),
        ("Mondays between 9 and 5", ("mon 09:00-17:00",)),
        ("MON–FRI 17:30–21:00", ("mon-fri 17:30-21:00",)),
        ("m-f 9-5", ("mon-fri 09:00-17:00",)),
        ("sat: 9-13", ("sat 09:00-13:00",)),
        ("mon 1730-2100", ("mon 17:30-21:00",)),
        ("mon 9:00 a.m. - 5:00 p.m.", ("mon 09:00-17:00",)),
        ("after 9am and before 3pm", ("mon-sun 09:00-15:00",)),
        ("after 5pm and before 9am", ("mon-sun 17:00-09:00",)),
        ("before midnight", ("mon-sun 00:00-24:00",)),
        ("after midnight", ("mon-sun 00:00-24:00",)),
        ("sun 22-midnight", ("sun 22:00-24:00",)),
        ("12am-12am", ("mon-sun 00:00-24:00",)),
        # which half of the day
        ("9-5", ("mon-sun 09:00-17:00",)),
        ("10-2", ("mon-sun 10:00-14:00",)),
        ("22-2", ("mon-sun 22:00-02:00",)),
        ("5-9pm", ("mon-sun 17:00-21:00",)),
        ("9-5pm", ("mon-sun 09:00-17:00",)),
        ("9am-5", ("mon-sun 09:00-17:00",)),
        ("10pm-2", ("mon-sun 22:00-02:00",)),
        ("10-2am", ("mon-sun 22:00-02:00",)),
        ("12-3pm", ("mon-sun 12:00-15:00",)),
        ("8-12am", ("mon-sun 20:00-24:00",)),
        ("9-noon", ("mon-sun 09:00-12:00",)),
        ("noon-5", ("mon-sun 12:00-17:00",)),
        ("12-1", ("mon-sun 12:00-13:00",)),
        ("6-22", ("mon-sun 06:00-22:00",)),
        ("08:00-5", ("mon-sun 08:00-17:00",)),
        ("09:00-05:00", ("mon-sun 09:00-05:00",)),
        ("11:30-10:15", ("mon-sun 11:30-10:15",)),
        ("11:30-1:15", ("mon-sun 11:30-13:15",)),
        # several clauses
        ("mon 9-12; wed 14-16", ("mon 09:00-12:00", "wed 14:00-16:00")),
        ("mon 9-12, wed 14-16", ("mon 09:00-12:00", "wed 14:00-16:00")),
        ("mon 9-12, 14-16", ("mon 09:00-12:00", "mon 14:00-16:00")),
        ("mon 9-12; wed", ("mon 09:00-12:00", "wed 00:00-24:00")),
        ("9 to 5 mon-fri, sat 9-13", ("mon-fri 09:00-17:00", "sat 09:00-13:00")),
        ("evenings, sat 9-13", ("mon-sun 17:00-21:00", "sat 09:00-13:00")),
        ("evenings and weekends", ("mon-fri 17:00-21:00", "sat,sun 00:00-24:00")),
        ("weekday evenings and weekends", ("mon-fri 17:00-21:00", "sat,sun 00:00-24:00")),
        ("mornings and evenings mon-fri", ("mon-fri 06:00-12:00", "mon-fri 17:00-21:00")),
        ("weekdays except wed", ("mon,tue,thu,fri 00:00-24:00",)),
        ("evenings except fridays", ("mon-thu 17:00-21:00", "sat,sun 17:00-21:00")),
    ],
)
def test_what_people_write_is_read(text: str, canonical: tuple[str, ...]) -> None:
    written = write_week(parse_week([text]))
    assert parse_week(written) == parse_week([text])
    assert parse_week(written) == parse_week(canonical)


def message(text: str) -> str:
    """The message, checked to point at the word it names."""
    with pytest.raises(TextError) as caught:
        parse_week([text])
    said = str(caught.value)
    pointed = text[caught.value.start : caught.value.end]
    assert said.endswith(f'(at "{pointed}")') or "ends too early" in said or "names no time" in said
    return said


def test_mistakes_are_told_with_the_word_they_are_about() -> None:
    texts = (
        *("sat 25-13", "mon 9:75-10", "mon 24:30-25", "13pm-4", "mon 17:00-17:00", "mon 24:00-02:00"),
        *(
            "mon-funday 9-5",
            "mon-wed-fri 9-5",
            "mon 9",
            "mon after",
            "mon-",
            "fri nights",
            "blursday",
            "mon 9-",
        ),
        *("after 5", "mon 5:30-8:30", "until 3", "before 0:00", "", ";", "evenings (not fri)"),
        *("sat 9-13, evenings", "mon 9-12, tue", "mon, 9-12", "weekdays, after 5pm", "mon 9-12 tue"),
        *("mon except tue except wed", "mon except", "999999999999-5", "mon \x1b[31m"),
    )
    assert "\n".join(map(message, texts)) == snapshot("""\
"sat 25-13": there is no hour 25 (at "25")
"mon 9:75-10": there is no minute 75 (at "9:75")
"mon 24:30-25": the day ends at 24:00 (at "24:30")
"13pm-4": hours with am or pm run from 1 to 12 (at "13pm")
"mon 17:00-17:00": starts and ends at the same time; write "all day" for the whole day (at "17:00")
"mon 24:00-02:00": 24:00 can only be an end; write 00:00 and the next day (at "24:00")
"mon-funday 9-5": a day should follow "mon-" (at "funday")
"mon-wed-fri 9-5": a range has two ends; write single days as mon,wed,fri (at "-")
"mon 9": a time alone; say until when, or write after or before it (at "9")
"mon after": ends too early; a time should follow "after"
"mon-": ends too early; a day should follow "mon-"
"fri nights": no day or time; evenings are 17:00-21:00, for later write hours (at "nights")
"blursday": no day or time; write mon-fri 17:30-21:00 or weekday evenings (at "blursday")
"mon 9-": a time alone; say until when, or write after or before it (at "9")
"after 5": morning or afternoon? write 5am or 5pm (05:00 or 17:00) (at "5")
"mon 5:30-8:30": morning or afternoon? write 5:30am or 5:30pm (05:30 or 17:30) (at "5:30")
"until 3": morning or afternoon? write 3am or 3pm (03:00 or 15:00) (at "3")
"before 0:00": nothing of the day comes before it (at "0:00")
"": names no time; write it like mon-fri 17:30-21:00
";": names no time; write it like mon-fri 17:30-21:00
"evenings (not fri)": no day or time; write mon-fri 17:30-21:00 or weekday evenings (at "(")
"sat 9-13, evenings": could be meant in two ways; put ; between what belongs apart (at "evenings")
"mon 9-12, tue": could be meant in two ways; put ; between what belongs apart (at "tue")
"mon, 9-12": could be meant in two ways; put ; between what belongs apart (at "9-12")
"weekdays, after 5pm": could be meant in two ways; put ; between what belongs apart (at "after 5pm")
"mon 9-12 tue": could be meant in two ways; put ; between what belongs apart (at "tue")
"mon except tue except wed": say once, after all the rest, what is left out (at "except")
"mon except": say once, after all the rest, what is left out (at "except")
"999999999999-5": there is no hour that high (at "999999999999")
"mon �[31m": there is no hour 31 (at "31")\
""")


@pytest.mark.parametrize("text", ["x" * 600, "mon " * 400])
def test_a_text_too_long_to_be_a_week_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_week([text])
    assert len(str(caught.value)) < 200


def read(text: str) -> Week | TextError:
    try:
        return parse_week([text])
    except TextError as error:
        return error


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    found = read(text)
    if isinstance(found, TextError):
        assert "\n" not in str(found)
        assert 0 <= found.start <= found.end <= len(text)
    else:
        assert found.spans


WORDS = (
    "mon",
    "-",
    "fri",
    ",",
    "and",
    "9",
    "5pm",
    "17:30",
    "evenings",
    "weekends",
    "after",
    "before",
    "to",
    ";",
)


@given(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_shuffle_of_its_words_is_read_or_refused(text: str) -> None:
    found = read(text)
    assert isinstance(found, TextError) or parse_week(write_week(found)) == found


@dataclass(frozen=True)
class Clause:
    """A clause with, for each of the seven days and 1,440 minutes, whether it was meant."""

    text: str
    days: frozenset[int]
    start: int
    end: int  # past 1440 on the next day

    def holds(self, day: int, minute: int) -> bool:
        today = day in self.days and self.start <= minute < self.end
        return today or ((day - 1) % 7 in self.days and minute + 1440 < self.end)


def clock_of(minute: int, style: str) -> str:
    """A time of day in a style that leaves no doubt."""
    hour, rest = minute // 60, minute % 60
    if style == "24":
        return f"{hour:02d}:{rest:02d}"
    if minute in (720, 1440):
        return "noon" if minute == 720 else "midnight"
    half = "am" if hour < 12 else "pm"
    return f"{(hour - 1) % 12 + 1}:{rest:02d}{style}".replace("half", half)


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    first, length = draw(st.integers(0, 6)), draw(st.integers(1, 7))
    days = [(first + step) % 7 for step in range(length)]
    shape = draw(st.sampled_from(("range", "list", "names", "every")))
    if shape == "every":
        days, said = list(range(7)), draw(st.sampled_from(("", "daily", "every day")))
    elif shape == "range" and length > 1:
        said = f"{NAMES[days[0]][:3].lower()}-{NAMES[days[-1]].lower()}"
    elif shape == "names":
        said = " and ".join(NAMES[day] + "s" for day in days)
    else:
        said = ", ".join(NAMES[day][:3] for day in days)
    start, end = draw(st.integers(0, 1439)), draw(st.integers(1, 1440))
    if start == end:
        end = start + 1
    style = draw(st.sampled_from(("24", "half", " half")))
    a, b = clock_of(start, style), clock_of(end, style)
    form = draw(st.sampled_from(("span", "after", "before", "part")))
    if form == "span":
        dash = draw(st.sampled_from(("-", " - ", "–", " to ", " until ")))
        time, last = f"{a}{dash}{b}", end if end > start else end + 1440
    elif form == "after":
        time, last = f"after {a}", 1440
    elif form == "before":
        time, start, last = f"before {b}", 0, end
    else:
        time, start, last = draw(
            st.sampled_from(
                (
                    ("mornings", 360, 720),
                    ("afternoon", 720, 1020),
                    ("evenings", 1020, 1260),
                    ("all day", 0, 1440),
                )
            )
        )
    text = f"{said} {time}" if draw(st.booleans()) or shape in ("list", "names") else f"{time} {said}"
    return Clause(text.strip(), frozenset(days), start, last)


@given(st.lists(clauses(), min_size=1, max_size=3), st.booleans())
def test_it_agrees_with_a_minute_by_minute_reading(meant: list[Clause], together: bool) -> None:
    texts = ["; ".join(clause.text for clause in meant)] if together else [clause.text for clause in meant]
    week = parse_week(texts)
    found = {(minute % 10080) for start, end in week.spans for minute in range(start, end)}
    wanted = {
        day * 1440 + minute
        for day in range(7)
        for minute in range(1440)
        if any(clause.holds(day, minute) for clause in meant)
    }
    assert found == wanted


BLOCKS = st.lists(
    st.tuples(st.integers(0, 10079), st.integers(1, 3000)).map(lambda pair: (pair[0], sum(pair))),
    min_size=1,
    max_size=6,
)


@given(st.one_of(BLOCKS.map(Week.of), st.just(FULL_WEEK)))
def test_a_written_week_reads_back_as_the_same_week(week: Week) -> None:
    assert parse_week(write_week(week)) == week
