"""Whatever needs no look for danger has none that a look would find."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from opmatch.errors import TextError
from opmatch.intake import week_tokens
from opmatch.intake.understand import understand
from opmatch.intake.week import parse_week
from opmatch.intake.words import RequestWords
from opmatch.model.clock_text import DAY_NUMBERS
from opmatch.places.lookup import Places
from opmatch.vocabulary.load import load
from opmatch.vocabulary.quiet import quiet
from opmatch.vocabulary.screen import screen

NAMES = [text for terms in load().of_kind.values() for term in terms for text in (term.id, term.label)]
WEEK_WORDS = sorted(
    {
        *DAY_NUMBERS,
        *week_tokens._DAY_SETS,
        *week_tokens._ONE_LETTER_DAYS,
        *week_tokens._PARTS,
        *week_tokens._WHOLE,
        *week_tokens._NAMED_CLOCKS,
        *week_tokens._AFTER,
        *week_tokens._BEFORE,
        *week_tokens._TO,
        *week_tokens._AND,
        *week_tokens._EXCEPT,
        *week_tokens._FILLERS,
        *("weekdays", "evenings", "week-end", "all day", "any time", "but not"),
        *("5", "9am", "17:30", "5 p.m.", "10", "9-5", "20"),
    }
)


def test_the_name_of_a_term_is_quiet_only_if_the_screen_is_silent() -> None:
    assert [name for name in NAMES if quiet(load(), name) and screen(load(), name)] == []
    assert quiet(load(), " ptsd\n")
    assert not quiet(load(), "suicidal-thoughts")
    assert not quiet(load(), "ptsd and i want to die")


@given(st.text("0123456789-+,. "))
def test_digits_are_quiet_with_reason(text: str) -> None:
    assert quiet(load(), text)
    assert screen(load(), text) is None


@given(st.lists(st.sampled_from(WEEK_WORDS), min_size=1, max_size=8).map(" ".join))
def test_time_that_is_understood_is_never_looked_through(text: str) -> None:
    try:
        parse_week([text])
    except TextError:
        return
    _, notices = understand(RequestWords(when=(text,)), load(), Places(), dt.date(2026, 11, 23))
    assert not {"crisis", "safety"} & {notice.kind for notice in notices}
