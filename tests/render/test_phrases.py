"""Wording that outputs share: changes of a request as options to type."""

from __future__ import annotations

import pytest

from opmatch.model.ranking import Change
from opmatch.render.phrases import as_options


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
