"""Wording that outputs share: changes of a request as options to type, how many programs fit."""

from __future__ import annotations

import pytest

from factories import a_confirm_match, a_match
from opmatch.model.ranking import Change, Question
from opmatch.render.phrases import as_options, ask_first, counts


@pytest.mark.parametrize(
    ("change", "options"),
    [
        ({"within": 18}, "--within 18"),
        ({"levels": ["op", "iop"]}, "--level op --level iop"),
        ({"when": ["mon-wed 17:00-22:00"]}, '--when "mon-wed 17:00-22:00"'),
        ({"waitlist": True}, "--waitlist"),
        ({"start_by": "2027-01-02"}, "--start-by 2027-01-02"),
        ({"delivery": "any", "within": 9}, "--delivery any --within 9"),
    ],
)
def test_a_change_is_written_as_the_options_to_type(change: Change, options: str) -> None:
    assert as_options(change) == options


def test_a_list_emptied_by_a_change_is_told_as_an_option_to_leave_out() -> None:
    assert as_options({"must": []}) == "no --must"


def test_how_many_fit_is_told_without_a_count_of_none() -> None:
    assert counts(136, 0, 0) == "None of 136 programs fits."
    assert counts(136, 1, 0) == "Of 136 programs, 1 fits."
    assert counts(136, 2, 1) == "Of 136 programs, 2 fit and 1 more fits if something is confirmed."
    assert counts(136, 0, 2) == "Of 136 programs, none fits for sure; 2 fit if something is confirmed."


def test_all_that_has_to_be_confirmed_is_asked_and_no_more() -> None:
    need, hours, wait = "Do you treat PTSD?", "When are sessions?", "How soon could a new client start?"
    questions = tuple(Question(ask=ask, swing=9) for ask in (need, hours, wait))
    assert ask_first(a_confirm_match(questions=questions)) == f"{need} {hours}"  # two gates are open
    assert ask_first(a_match(questions=questions)) == need  # none is: what matters most
    assert ask_first(a_match(questions=())) == ""
